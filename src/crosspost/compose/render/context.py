"""What the renderers share while one body is rendered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from crosspost.compose.render.rendered import Note, shortened
from crosspost.compose.render.tree import STRONG_MARK

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from crosspost.compose.render.rendered import Block
    from crosspost.compose.render.tree import Element
    from crosspost.model import Site

    Render = Callable[[Element, "Context"], list[Block]]

Links = Literal["inline", "footnotes", "drop"]


@dataclass(slots=True)
class Context:
    """The state of one rendering.

    Attributes:
        rules: How each block element is rendered, by its name.
        wraps: How an inline element is rendered that has blocks in it, where it is more than a group of them.
        site: Knows the addresses of its files.
        base: Absolute URL that relative links resolve against; empty where unknown.
        page: The front matter.
        footnotes: Footnote definitions by label.
        numbered: What the numbers in brackets stand for, `("link", URL)` or `("footnote", label)`, in order.
        marks: False where footnotes and their marks stay away.
        folder: That of the post's file, relative to the site's root.
        code: The text of every piece of code, for what means something else in words.
        spoken: True once a block of text was produced; a picture before it only decorates.
        has_tex: True where a formula has a command of TeX, so that others may be formulas too.
        in_heading: True within a heading: a picture there, before any text, only decorates it.
        pictures_speak: True within a link to a page, whose pictures are labels.
    """

    rules: Mapping[str, Render]
    wraps: Mapping[str, Render]
    site: Site
    base: str
    links: Links
    page: Mapping[str, object]
    footnotes: Mapping[str, Element] = field(default_factory=dict)
    numbered: dict[tuple[str, str], int] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    code: list[str] = field(default_factory=list)
    spoken: bool = False
    in_heading: bool = False
    pictures_speak: bool = False
    has_tex: bool = False
    marks: bool = True
    folder: str = ""

    def number(self, kind: Literal["link", "footnote"], value: str) -> int:
        """Return the number in brackets for a link or a footnote, the same each time."""
        return self.numbered.setdefault((kind, value), len(self.numbered) + 1)

    def is_on_card(self, src: str) -> bool:
        """Tell whether the front matter names the file of a picture."""
        return file_name(src) in mentioned_files(self.page)

    def left_out(self, what: str, fix: str, element: Element) -> None:
        """Note that something the author wrote cannot be shown."""
        message = f"{what} was left out".replace(STRONG_MARK, "**")
        self._note("XP202", message, fix, element)

    def is_source(self, tex: str, element: Element) -> None:
        """Note that a formula goes out as its source."""
        message = f"the formula `{shortened(tex)}` is sent as its TeX source"
        fix = "say in words what it means, or write what LinkedIn shall get under 'linkedin: text'"
        self._note("XP206", message, fix, element)

    def _note(self, code: str, message: str, fix: str, element: Element) -> None:
        note = Note(code=code, message=message, fix=fix, line=max(element.line, 1), order=element.order)
        self.notes.append(note)


def hides_the_rest(what: str, fix: str, line: int) -> Note:
    """Say that everything after a place would be lost without a word: such a post is not sent."""
    message = f"{what} is never closed and would hide the rest of the post"
    return Note(code="XP205", message=message, fix=fix, line=max(line, 1))


def file_name(address: str) -> str:
    """Return the last segment of a path or URL, in lower case.

    >>> file_name("/img/Cover.PNG?v=2")
    'cover.png'
    """
    return address.split("?", 1)[0].split("#", 1)[0].rstrip("/").rsplit("/", 1)[-1].lower()


def mentioned_files(page: object, depth: int = 3) -> Iterator[str]:
    """Yield the file names in a front matter, at any key: themes disagree on how the cover's key is called."""
    if isinstance(page, str):
        if "." in page and len(page) < 500:
            yield file_name(page)
    elif depth and isinstance(page, Mapping):
        for value in page.values():
            yield from mentioned_files(value, depth - 1)
