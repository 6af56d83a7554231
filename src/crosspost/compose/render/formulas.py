r"""TeX formulas as plain text, where that is simple and certain: `x^2 \to \alpha` is x² → α.

What a line of plain text cannot say (matrices, accents, roots of a higher degree) goes out as TeX, and the author is told: a
formula that is almost right is wrong.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from crosspost.compose.render.scripts import marked, moved
from crosspost.compose.render.tex_symbols import environments, functions, styles, symbols
from crosspost.compose.render.tree import Element, words

if TYPE_CHECKING:
    from crosspost.compose.render.context import Context
    from crosspost.compose.render.scripts import Mark

_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|\s+|.", re.DOTALL)
_FRACTIONS = frozenset(("frac", "dfrac", "tfrac"))
_PREFIXES = "∂∇¬√"  # belong to what follows
# What needs no parentheses: before a stroke; behind one and under a root, where `2π` would be read apart.
_PRODUCT = re.compile(rf"[{_PREFIXES}]?[^\W_]+|∂")
_SINGLE = re.compile(r"∂?(?:[0-9]+|[^\W\d_](?<![⁰-ₜ¹²³]))")
_FOR_XML = re.compile(r"% <!\[CDATA\[|%\s*\]\]>")
_MANY = 2000  # characters; no formula for readers is that long
_MOST_DEEP = 20


class _UncertainError(Exception):
    """There is more to it than a line of text can say."""


def plain(tex: str) -> str | None:
    r"""Return a formula as plain text; None where that is not certain.

    Args:
        tex: Without the signs around it.

    >>> plain(r"E = mc^2"), plain(r"\frac{a+b}{2} \leq \sqrt{x_i}"), plain(r"\hat{x}")
    ('E = mc²', '(a+b)/2 ≤ √(x_i)', None)
    """
    if len(tex) > _MANY:
        return None
    try:
        text = _Reader(tex).group("")
    except _UncertainError:
        return None
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(filter(None, lines)) or None


def formula(element: Element, context: Context) -> str:
    """A formula: as plain text where that is certain, else its TeX with a note."""
    tex, written = element.attributes["tex"], element.attributes["written"]
    if written and not context.has_tex:
        return written
    text = plain(tex)
    if text is None:
        context.is_source(tex, element)
    return written or tex.strip() if text is None else text


def typeset(element: Element, context: Context) -> str:
    """A formula as kramdown writes it into pages (lib/kramdown/converter/math_engine/mathjax.rb), which exports have."""
    tex = _FOR_XML.sub("", words(element))
    shown = formula(Element("formula", {"tex": tex, "written": ""}, line=element.line), context)
    return f"\n{shown}\n" if "display" in element.attributes["type"] else shown


class _Reader:
    """Reads a formula from left to right; each method takes the tokens that are its own."""

    def __init__(self, tex: str) -> None:
        self.tokens: list[str] = _TOKEN.findall(tex)
        self.at = 0
        self.depth = 0

    def group(self, end: str) -> str:
        """Read up to a closing sign, or to the end of the formula."""
        parts = ""
        while self.at < len(self.tokens) or end:
            piece = self._next()
            if piece == end:
                break
            parts += self._read(piece, parts)
        return parts

    def _next(self) -> str:
        if self.at >= len(self.tokens):
            raise _UncertainError
        self.at += 1
        return self.tokens[self.at - 1]

    def _peek(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def _argument(self) -> str:
        """Read what a command or a script takes: a group, or one token."""
        while self._peek().isspace():
            self.at += 1
        return self._read(self._next(), "").strip()

    def _read(self, piece: str, before: str) -> str:
        self.depth += 1
        if self.depth > _MOST_DEEP:
            raise _UncertainError
        if piece == "{":
            text = self.group("}")
        elif piece in {"^", "_"}:
            text = self._script("^" if piece == "^" else "_")
        elif piece[0] == "\\" and len(piece) > 1:
            text = self._command(piece[1:], before)
        else:
            text = _sign(piece, before)
        self.depth -= 1
        return text

    def _script(self, mark: Mark) -> str:
        text = self._argument()
        if mark == "^" and text in {"∘", "′", "*", "°"}:
            return text.replace("∘", "°")
        if (form := moved(text, mark)) is not None:
            return form
        return f"_{text}" if mark == "_" and text.isalnum() else marked(text, mark)

    def _command(self, name: str, before: str) -> str:
        if name in functions():
            return " " * before[-1:].isalnum() + name + " " * self._peek().startswith("\\")
        if name in symbols():
            if name in {"left", "right"} and self._peek() == ".":  # no parenthesis on this side
                self.at += 1
            return symbols()[name]
        return self._with_arguments(name, before)

    def _with_arguments(self, name: str, before: str) -> str:
        if name in _FRACTIONS:
            return self._whole(f"{_atom(self._argument(), _PRODUCT)}/{_atom(self._argument(), _SINGLE)}", before[-1:])
        if name == "sqrt" and self._peek() != "[":
            return self._whole(f"√{_atom(self._argument(), _SINGLE)}", "")
        if name in styles():
            return self._argument()
        if name == "mathbb":
            return _double_struck(self._argument())
        if name in {"begin", "end"} and self._argument() in environments():
            return ""
        raise _UncertainError

    def _whole(self, text: str, before: str) -> str:
        """Return it in parentheses where what stands beside it would be read as part of it."""
        after = self._peek()
        after = symbols().get(after[1:], "") if after[:1] == "\\" else after
        glued = before.isalnum() or before == ")" or after[:1].isalnum() or after in {"(", "^", "{"}
        return f"({text})" if glued else text


def _sign(character: str, before: str) -> str:
    if character in {"}", "\\", "%", "#"}:
        raise _UncertainError
    if character.isspace():
        return "" if before and before[-1] in _PREFIXES else " "
    return {"&": "", "~": " ", "'": "′"}.get(character, character)


def _atom(text: str, form: re.Pattern[str]) -> str:
    return text if form.fullmatch(text) else f"({text})"


def _double_struck(letter: str) -> str:
    try:
        return unicodedata.lookup(f"Double-struck capital {letter}")
    except KeyError:
        raise _UncertainError from None
