"""A link as plain text: its label, where it leads, and what stands beside it.

LinkedIn finds addresses by itself, and takes what stands directly behind one into it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

from crosspost.compose.render import links
from crosspost.compose.render.rendered import SET_URL
from crosspost.compose.render.tree import Element, has
from crosspost.compose.urls import find_urls

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from crosspost.compose.render.context import Context

_Shown = TypeVar("_Shown")

_CLOSING = (".", ",", ";", ":", "!", "?", ")", "]")
# `[Docker](https://docker.com)'s`, and cases as Turkish and Hungarian write them.
_ENDING = re.compile(r"(?:e?s|['’][^\W\d_]{1,6}|-[^\W\d_]{1,12})(?![\w'’-])")
_MARK = re.compile(r"(?<=\w) (?:\(https?://[^\s]*\)|\[\d+\])$")
_BACK = "↩↵⏎↑⤴^\ufe0e\ufe0f\xa0 "
_CORRECT = "correct the address: no browser can open it"
_FOLLOWING = "?!.,:;*_~'"  # may stand between an address and the mark behind it
_ENOUGH = 9  # pieces, to see an address that emphasis or an underscore has split


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
        context.left_out(f"the mention of {_named(label, href)}", fix, link)
        return ""
    named = links.file_address(href, context.folder, context.site) if link.markdown else None
    url = named or links.absolute(href, context.base)
    if url is None:
        context.left_out(f"the address of the relative link {_named(label, href)}", SET_URL, link)
        return ""
    if links.is_mistyped(href):
        context.left_out(f"the address of the link {_named(label, href)}", _CORRECT, link)
        return ""
    return url if links.is_web(url) and not (links.is_image(url) and has(link, "img")) else ""


def _named(label: str, href: str) -> str:
    """Return how a note names a link."""
    return f"“{' '.join(label.split())[:100]}” ({href[:100]})"


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


def within(label: str) -> str:
    """Return the label of a link to a place of the post itself; to a note it is the note's number, back from it nothing."""
    words = label.strip()
    return f"[{words}]" if words.isdecimal() else "" if words and not words.strip(_BACK) else label


def without_host(label: str, last: Element | str, url: str) -> str:
    """Return the label of a card of Medium's without the name of the site at its end, which style alone sets apart."""
    host = last.strip() if isinstance(last, str) else ""
    if "." not in host or f"//{host}/" not in f"{url}/".replace("//www.", "//"):
        return label
    return label.rstrip().removesuffix(host).rstrip()


def behind_link(parts: list[str], text: str) -> str:
    """Return what stands directly behind a link; the end of its last word goes before the address."""
    if text.startswith(_CLOSING):  # `[label ](https://example.org).`
        parts[-1] = parts[-1].rstrip()
    elif (ending := _ENDING.match(text)) and (mark := _MARK.search(parts[-1])):
        parts[-1] = f"{parts[-1][: mark.start()]}{ending[0]}{mark[0]}"
        return text[ending.end() :]
    return text


def beside(parts: list[str], part: str, name: str) -> str:
    """Return a footnote's mark as it stands behind an address, or a link as it stands directly behind another."""
    if name == "reference":
        return f" {part}" if _ends_with_address("".join(parts[-_ENOUGH:])) else part
    if parts[-1].endswith(f"({part})"):  # to the same page, around nothing
        return ""
    return f" {part}" if parts[-1][-1:].strip() and part[0].strip() else part


def _ends_with_address(text: str) -> bool:
    """Tell whether a mark directly behind would be taken into the address, as LinkedIn finds addresses."""
    word = text[-1:].strip() and text.rsplit(None, 1)[-1]
    return any(not word[end:].strip(_FOLLOWING) for _, end in find_urls(word))
