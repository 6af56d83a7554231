"""What commands of TeX stand for. Source: Downes and Beeton, "Short Math Guide for LaTeX"; MathJax has them too."""

from __future__ import annotations

import unicodedata
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_GREEK = """
alpha beta gamma delta epsilon zeta eta theta iota kappa mu nu xi omicron pi rho sigma tau upsilon phi chi psi omega
"""
# What stands between two terms, with a blank on both sides.
_BETWEEN = """
times × cdot · div ÷ pm ± mp ∓ star ⋆ oplus ⊕ otimes ⊗ setminus ∖ le ≤ leq ≤ ge ≥ geq ≥ ne ≠ neq ≠ lt < gt > ll ≪ gg ≫
approx ≈ equiv ≡ sim ∼ simeq ≃ cong ≅ propto ∝ perp ⊥ parallel ∥ mid | vdash ⊢ models ⊨ land ∧ wedge ∧ lor ∨ vee ∨
in ∈ notin ∉ ni ∋ subset ⊂ subseteq ⊆ supset ⊃ supseteq ⊇ cup ∪ cap ∩ to → rightarrow → leftarrow ← gets ← mapsto ↦
leftrightarrow ↔ Rightarrow ⇒ implies ⇒ Leftarrow ⇐ Leftrightarrow ⇔ iff ⇔ longrightarrow ⟶ longleftarrow ⟵
"""
_ALONE = """
lambda λ Lambda Λ varepsilon ε vartheta ϑ varphi φ varrho ϱ varsigma ς ast * circ ∘ bullet • emptyset ∅ varnothing ∅
forall ∀ exists ∃ nexists ∄ neg ¬ lnot ¬ top ⊤ bot ⊥ uparrow ↑ downarrow ↓ infty ∞ partial ∂ nabla ∇ sum ∑ prod ∏ int ∫ oint ∮
ldots … dots … cdots ⋯ prime ′ ell ℓ hbar ℏ Re ℜ Im ℑ aleph ℵ angle ∠ degree ° triangle △ square □
langle ⟨ rangle ⟩ lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ vert | lvert | rvert | Vert ‖ lVert ‖ rVert ‖ lbrace { rbrace }
"""
_FUNCTIONS = """
sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh log ln lg exp max min sup inf lim arg det dim gcd deg ker Pr
"""
# About the size and place of signs.
_SILENT = """
left right big Big bigg Bigg bigl bigr Bigl Bigr limits nolimits displaystyle textstyle nonumber
"""
# Letters in another style: which one, a reader sees by the words around the formula.
_STYLED = """
text textrm textbf texttt mbox mathrm mathbf mathit mathsf mathtt mathcal mathrel mathbin operatorname boldsymbol bm
"""
_LINES = """
align align* aligned equation equation* gather gather* gathered split
"""
_SIGNS = MappingProxyType(
    {",": " ", ";": " ", ":": " ", " ": " ", "!": "", "quad": " ", "qquad": " ", "\\": "\n", "|": "‖"}
    | {sign: sign for sign in "{}%$&#_"}
)


@cache
def symbols() -> Mapping[str, str]:
    """Return the text of each command without an argument, by its name without the backslash."""
    known = dict.fromkeys(_SILENT.split(), "") | _pairs(_ALONE)
    known |= {name: f" {sign} " for name, sign in _pairs(_BETWEEN).items()}
    for name in _GREEK.split():
        known[name] = unicodedata.lookup(f"Greek small letter {name}")
        known[name.capitalize()] = unicodedata.lookup(f"Greek capital letter {name}")
    return MappingProxyType(known | _SIGNS)


@cache
def functions() -> frozenset[str]:
    """Return the names of functions, which are words: `log`."""
    return frozenset(_FUNCTIONS.split())


@cache
def styles() -> frozenset[str]:
    """Return the commands whose argument reads as it stands."""
    return frozenset(_STYLED.split())


@cache
def environments() -> frozenset[str]:
    """Return the environments that are nothing but lines."""
    return frozenset(_LINES.split())


def _pairs(table: str) -> dict[str, str]:
    words = table.split()
    return dict(zip(words[::2], words[1::2], strict=True))
