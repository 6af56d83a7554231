"""TeX formulas as plain text: what is simple and certain, and what stays TeX."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crosspost.compose.render.formulas import plain


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"E = mc^2", "E = mc²"),
        (r"x_1, \ldots, x_n", "x₁, …, x_n"),
        (r"a\leq b\to\infty", "a ≤ b → ∞"),
        (r"\Omega \cap \lambda\Lambda", "Ω ∩ λΛ"),
        (r"x^{n+1} + x^{-1} + y_{ij} + y_{i,j}", "x^(n+1) + x⁻¹ + y_ij + y_(i,j)"),
        (r"W_{\text{max}} = \mathbf{w}^T", "W_max = w^T"),
        (r"90^\circ, f', f^\prime, a^*", "90°, f′, f′, a*"),
        (r"\frac12 + \frac{a}{b+c} + \frac{2a}{3b}", "1/2 + a/(b+c) + 2a/(3b)"),
        (r"2\frac{1}{3}", "2(1/3)"),
        (r"\frac{1}{2}mv^2", "(1/2)mv²"),
        (r"\frac{1}{2}\times 3", "1/2 × 3"),
        (r"\frac{\partial L}{\partial v}", "∂L/∂v"),
        (r"\sqrt{2}\pi \neq \sqrt{2\pi}", "(√2)π ≠ √(2π)"),
        (r"O(n\log n) - \log p(x) + \sin^2\theta", "O(n log n) - log p(x) + sin²θ"),
        (r"\left( x \right.", "( x"),
        (r"\{x \mid x \in \mathbb{Q}\}", "{x | x ∈ ℚ}"),
        (r"50\% \& \$5 \# 1\_0", "50% & $5 # 1_0"),
        (r"\begin{align} a &= b \\ &= c \end{align}", "a = b\n= c"),
        (r"a \mathrel{+}= b", "a += b"),
        (r"\|x\|", "‖x‖"),
    ],
)
def test_a_formula_reads_as_people_type_it(tex, text):
    assert plain(tex) == text


@pytest.mark.parametrize(
    "tex",
    [
        r"\hat{x}",
        r"\begin{matrix} a & b \end{matrix}",
        r"\sqrt[3]{x}",
        r"\left\{ x \middle| y \right.",
        r"\mathbb{xy}",
        "{a",
        "a}",
        "a % a comment",
        "x^",
        r"\frac{a}",
        "\\",
        "",
        r"\end{align}",
        "{" * 500 + "}" * 500,
        "^" * 1000,
        r"\frac" * 300,
        "x" * 3000,
    ],
)
def test_what_is_not_certain_stays_tex(tex):
    assert plain(tex) is None


@given(
    st.lists(st.sampled_from([*r"\{}^_&%$#~'[]()+x1 ", "\\frac", "\\alpha ", "\\left", "\\\\", "\n", "\\begin{align}"]))
)
def test_no_formula_breaks_it_and_no_markup_is_left(pieces):
    text = plain("".join(pieces))
    assert text is None or (text and text == text.strip() and not set("\\{}&") & set(text.translate(_MEANT)))


_MEANT = str.maketrans("", "", "{}&")  # `\{`, `\}` and `\&` are what they say


def test_a_long_formula_takes_no_long_time():
    started = time.process_time()
    plain(r"\frac{x_1}{y}" * 150)
    assert time.process_time() - started < 0.5
