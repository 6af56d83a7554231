"""Inline elements as plain text: one small function an element, gathered in a table.

Plain text has no bold: what only looks different keeps its words; what means something different keeps a sign.
The rules and their reasons are in docs/markdown.md.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from crosspost.compose.render import links
from crosspost.compose.render.formulas import plain
from crosspost.compose.render.positions import glued
from crosspost.compose.render.rendered import SET_URL
from crosspost.compose.render.scripts import marked, moved
from crosspost.compose.render.tree import DROPPED, PLAYERS, STRONG_MARK, Element
from crosspost.compose.urls import find_urls

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from crosspost.compose.render.context import Context
    from crosspost.compose.render.scripts import Mark

    Inline = Callable[[Element, Context], str]

_Shown = TypeVar("_Shown")

_CLOSING = (".", ",", ";", ":", "!", "?", ")", "]")
# `[Docker](https://docker.com)'s`, and cases as Turkish and Hungarian write them.
_ENDING = re.compile(r"(?:e?s|['’][^\W\d_]{1,6}|-[^\W\d_]{1,12})(?![\w'’-])")
_MARK = re.compile(r"(?<=\w) (?:\(https?://[^\s]*\)|\[\d+\])$")
_BACK = "↩↵⏎↑⤴^\ufe0e\ufe0f\xa0 "
_CORRECT = "correct the address: no browser can open it"
_FOLLOWING = "?!.,:;*_~'"  # may stand between an address and the mark behind it
_ENOUGH = 9  # pieces, to see an address that emphasis or an underscore has split
_NO_SIZES = frozenset({"0", "1", "0px", "1px"})
_FOR_XML = re.compile(r"% <!\[CDATA\[|%\s*\]\]>")
# Programs whose own address, without its ending, is that of what they show; asciinema's in https://docs.asciinema.org/manual/server/embedding/
_EMBEDDING = ("https://gist.github.com/", "https://asciinema.org/a/")
_SIGN = re.compile(r"[^\w\s\x00-\x7f]+")  # an emoji that a site shows as a picture
# A variable, or several signs with one among them; `e`, `o` and `a` are the ends of French and Spanish ordinals.
_FORMULA = re.compile(r"[b-df-np-zA-ZΑ-ω]|(?=.*[A-Za-zΑ-ω])(?=.*[\d+−*/-])[\w+−*/().-]+")


def inline(children: Iterable[Element | str], context: Context) -> str:
    """Return inline content as text; line feeds in it are line breaks that were meant."""
    parts: list[str] = []
    name = ""  # of the element before
    for child in children:
        if isinstance(child, str):
            if name == "code":
                context.code[-1] += glued(child)
            parts.append(_behind_link(parts, child) if name == "a" else child)
            name = ""
        else:
            before, name = name, child.name
            if name == "img" and not context.spoken:
                context.spoken = not context.in_heading and any(part.strip() for part in parts)
            part = INLINES.get(name, content)(child, context)
            if part and (name == "reference" or name == before == "a"):
                part = _beside(parts, part, name)
            parts.append(part)
    return "".join(parts)


def _beside(parts: list[str], part: str, name: str) -> str:
    """Return a footnote's mark as it stands behind an address, or a link as it stands directly behind another."""
    if name == "reference":
        return f" {part}" if _ends_with_address("".join(parts[-_ENOUGH:])) else part
    if parts[-1].endswith(f"({part})"):  # to the same page, around nothing
        return ""
    return f" {part}" if parts[-1][-1:].strip() and part[0].strip() else part


def _behind_link(parts: list[str], text: str) -> str:
    """Return what stands directly behind a link; the end of its last word goes before the address."""
    if text.startswith(_CLOSING):  # `[label ](https://example.org).`
        parts[-1] = parts[-1].rstrip()
    elif (ending := _ENDING.match(text)) and (mark := _MARK.search(parts[-1])):
        parts[-1] = f"{parts[-1][: mark.start()]}{ending[0]}{mark[0]}"
        return text[ending.end() :]
    return text


def _ends_with_address(text: str) -> bool:
    """Tell whether a mark directly behind would be taken into the address, as LinkedIn finds addresses."""
    word = text[-1:].strip() and text.rsplit(None, 1)[-1]
    return any(not word[end:].strip(_FOLLOWING) for _, end in find_urls(word))


def content(element: Element, context: Context) -> str:
    """The words alone: emphasis, code, unknown tags."""
    return inline(element.children, context)


def code(element: Element, context: Context) -> str:
    """The words, which are none."""
    text = inline(element.children, context)
    context.code.append(text)
    return text


def nothing(element: Element, context: Context) -> str:  # noqa: ARG001 -- one signature for the whole table
    """Nothing of it is for readers."""
    return ""


def br(element: Element, context: Context) -> str:  # noqa: ARG001 -- one signature for the whole table
    """A line break."""
    return "\n"


def strike(element: Element, context: Context) -> str:
    """Struck-out words: without a sign they would say the opposite."""
    return struck(inline(element.children, context))


def struck(text: str) -> str:
    """Return words with the signs that say they no longer hold."""
    return f"~~{text}~~" if text.strip() else text


def q(element: Element, context: Context) -> str:
    """A quotation within a sentence."""
    return f"“{inline(element.children, context)}”"


def angles(element: Element, context: Context) -> str:
    """Text within angle brackets."""
    return f"<{inline(element.children, context)}>"


def sup(element: Element, context: Context) -> str:
    """Raised digits change what a number says: 10² is not 102, and 2^n is not 2n."""
    text = inline(element.children, context)
    return "™" if text == "TM" else _moved(text, "^")


def sub(element: Element, context: Context) -> str:
    """Lowered digits, as in H₂O, and the index of x_i."""
    return _moved(inline(element.children, context), "_")


def _moved(text: str, mark: Mark) -> str:
    if (form := moved(text, mark)) is not None:
        return form
    return marked(text, mark) if _FORMULA.fullmatch(text) else text  # the end of a word: 1st, Mlle


def reading(element: Element, context: Context) -> str:
    """How the characters before it are read: in parentheses, as browsers without ruby show it."""
    text = inline(element.children, context).strip()
    return f"({text})" if text else ""


def button(element: Element, context: Context) -> str:
    """It stands apart from what is beside it."""
    return f" {inline(element.children, context)} "


def formula(element: Element, context: Context) -> str:
    """A formula: as plain text where that is certain, else its TeX with a note."""
    tex, written = element.attributes["tex"], element.attributes["written"]
    if written and not context.has_tex:
        return written
    text = plain(tex)
    if text is None:
        context.is_source(" ".join(tex.split()), element)
    return written or tex.strip() if text is None else text


def checkbox(element: Element, context: Context) -> str:  # noqa: ARG001 -- one signature for the whole table
    """A task's box, empty or ticked."""
    return "☑ " if "checked" in element.attributes else "☐ "


def form_input(element: Element, context: Context) -> str:
    """A form cannot be filled in here; a check box is a task's."""
    return checkbox(element, context) if element.attributes.get("type") == "checkbox" else ""


def reference(element: Element, context: Context) -> str:
    """A footnote's mark."""
    label = element.attributes["label"]
    known = context.marks and label in context.footnotes and bool(context.footnotes[label].children)
    return f"[{context.number('footnote', label)}]" if known else ""


def img(element: Element, context: Context) -> str:
    """No picture can stand in the text: a note, unless it decorates, is on the card, or its alternative text is a label."""
    src = element.attributes.get("src", "")
    alt = alternative(element)
    if alt and (context.pictures_speak or _SIGN.fullmatch(alt)):
        return alt
    if context.spoken and src and not (context.is_on_card(src) or _is_pixel(element)):
        name = f"the image “{alt}”" if alt else f"the image {src[:100]}"
        fix = "say in words what it shows, name it under 'image' for the card, or let the link to the post show it"
        context.left_out(name, fix, element)
    return ""


def _is_pixel(image: Element) -> bool:
    """Tell whether it is there to count readers."""
    return not _NO_SIZES.isdisjoint((image.attributes.get("width"), image.attributes.get("height")))


def drawing(element: Element, context: Context) -> str:
    """A drawing is a picture, unless it is one without words such as an icon."""
    if context.spoken and (element.name == "canvas" or has(element, "text")):
        context.left_out("a drawing", "say in words what it shows, or let the link to the post show it", element)
    return ""


def noscript(element: Element, context: Context) -> str:
    """For browsers without scripts; its pictures are those that scripts load late or draw themselves."""
    for child in element.children:
        if isinstance(child, Element):
            (img if child.name == "img" else noscript)(child, context)
    return ""


def alternative(image: Element) -> str:
    """Return an image's alternative text: an attribute in HTML, content in Markdown."""
    return " ".join((image.attributes.get("alt") or _plain(image).replace(STRONG_MARK, "**")).split())


def _plain(element: Element) -> str:
    return "".join(child if isinstance(child, str) else _plain(child) for child in element.children)


def a(element: Element, context: Context) -> str:
    """A link: its label, and where it leads unless the label says so."""
    text = element.children[0] if len(element.children) == 1 else None
    label = text if isinstance(text, str) else speaking(inline, element, context)
    if element.attributes.get("href", "")[:1] == "#":
        return _within(label)
    url = destination(element, context, label)
    if url and len(element.children) > 1:
        label = _without_host(label, element.children[-1], url)
    return linked(label, url, context) if url else label


def _without_host(label: str, last: Element | str, url: str) -> str:
    """Return the label of a card of Medium's without the name of the site at its end, which style alone sets apart."""
    host = last.strip() if isinstance(last, str) else ""
    if "." not in host or f"//{host}/" not in f"{url}/".replace("//www.", "//"):
        return label
    return label.rstrip().removesuffix(host).rstrip()


def _within(label: str) -> str:
    """Return the label of a link to a place of the post itself; to a note it is the note's number, back from it nothing."""
    words = label.strip()
    return f"[{words}]" if words.isdecimal() else "" if words and not words.strip(_BACK) else label


def speaking(render: Callable[[Iterable[Element | str], Context], _Shown], link: Element, context: Context) -> _Shown:
    """Render what a link has; a picture in it speaks by its alternative text, as to a screen reader, if a page is behind it."""
    href = link.attributes.get("href", "").strip()
    outer, context.pictures_speak = context.pictures_speak, href[:1] not in {"", "#"} and not links.is_image(href)
    rendered = render(link.children, context)
    context.pictures_speak = outer
    return rendered


def destination(link: Element, context: Context, label: str) -> str:
    """Return the address that a link leads to; empty where readers on LinkedIn have nothing of it."""
    href = link.attributes.get("href", "").strip()
    if context.links == "drop" or not href or href.startswith("#"):
        return ""
    if links.is_web(href):
        url = links.absolute(href, context.base) or ""
        return "" if links.is_image(url) and has(link, "img") else url
    return _elsewhere(href, link, context, label)


def _elsewhere(href: str, link: Element, context: Context, label: str) -> str:
    """Return the address of what is not written as a web address: a person, a file, a path; empty as `destination`."""
    if (person := links.person(href)) is not None:
        return "" if links.names(label, person) else person
    if href.startswith("urn:li:"):
        fix = "write the name alone, and whom it names under 'linkedin: mentions'"
        context.left_out(f"the mention of “{' '.join(label.split())[:100]}” ({href[:100]})", fix, link)
        return ""
    named = links.file_address(href, context.folder, context.site) if link.markdown else None
    url = named or links.absolute(href, context.base)
    if url is None:
        context.left_out(
            f"the address of the relative link “{' '.join(label.split())[:100]}” ({href[:100]})",
            SET_URL,
            link,
        )
        return ""
    if links.is_mistyped(href):
        context.left_out(f"the address of the link “{' '.join(label.split())[:100]}” ({href[:100]})", _CORRECT, link)
        return ""
    return url if links.is_web(url) and not (links.is_image(url) and has(link, "img")) else ""


def has(element: Element, name: str) -> bool:
    """Tell whether an element with this name is somewhere in it."""
    return any(child.name == name or has(child, name) for child in element.children if isinstance(child, Element))


def linked(label: str, url: str, context: Context) -> str:
    """Return label and address as the setting wants them."""
    words = label.strip()
    if not words:
        return url
    if links.says_the_same(words, url):
        return label
    mark = f"[{context.number('link', url)}]" if context.links == "footnotes" else f"({url})"
    tail = label[len(label.rstrip()) :]
    return f"{label.rstrip()} {mark}{tail}"


def player(element: Element, context: Context) -> str:
    """An embedded player or page: its address, on a line of its own."""
    given = (element.attributes.get(key, "") for key in ("src", "data-src", "data"))
    src = next(filter(None, given), "") or _source(element) or _by_number(element)
    url = links.absolute(src, context.base) if src else None
    if url is None or not links.is_web(url) or links.is_tracker(url):
        return ""
    return f"\n{links.watch_address(url)}\n"


def _source(element: Element) -> str:
    sources = (child for child in element.children if isinstance(child, Element) and child.name == "source")
    return next((child.attributes.get("src", "") for child in sources), "")


def _by_number(element: Element) -> str:
    """Return where the video of `<lite-youtube videoid="…">` and its like is played."""
    number = element.attributes.get("videoid") or element.attributes.get("data-videoid")
    page = links.VIDEO_PAGES.get(element.name.partition("-")[2])
    return page.format(number) if page and number else ""


def script(element: Element, context: Context) -> str:
    """A program is not text; a formula for MathJax is one, and what is embedded by a program is an address."""
    if element.attributes.get("type", "").startswith("math/tex"):
        return _typeset(element, context)
    src = element.attributes.get("src", "")
    if src.startswith(_EMBEDDING):
        return f"\n{src.partition('?')[0].removesuffix('.js')}\n"
    if "speakerdeck.com/" in src and (number := element.attributes.get("data-id")):
        return f"\nhttps://speakerdeck.com/player/{number}\n"
    return nothing(element, context)


def _typeset(element: Element, context: Context) -> str:
    """A formula as kramdown writes it into pages (lib/kramdown/converter/math_engine/mathjax.rb), which exports have."""
    tex = _FOR_XML.sub("", _plain(element))
    shown = formula(Element("formula", {"tex": tex, "written": ""}, line=element.line), context)
    return f"\n{shown}\n" if "display" in element.attributes["type"] else shown


INLINES: Mapping[str, Inline] = MappingProxyType(
    dict.fromkeys(DROPPED, nothing)
    | dict.fromkeys(("del", "s", "strike"), strike)
    | dict.fromkeys(PLAYERS, player)
    | {
        "a": a,
        "angles": angles,
        "br": br,
        "button": button,
        "canvas": drawing,
        "checkbox": checkbox,
        "code": code,
        "formula": formula,
        "img": img,
        "input": form_input,
        "noscript": noscript,
        "q": q,
        "reference": reference,
        "rp": nothing,
        "rt": reading,
        "script": script,
        "source": nothing,
        "sub": sub,
        "sup": sup,
        "svg": drawing,
    }
)
