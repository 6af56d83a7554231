"""The author's words of one post, repaired together so that all share the evidence of what went wrong."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import partial
from itertools import accumulate, pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING

from crosspost.compose.carried import words_beside
from crosspost.text import Repaired, repair, repair_among, unstyle

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from crosspost.model import Post, Repair, Site
    from crosspost.policy import TextPolicy


_BODY = 1  # among the parts that are repaired together
_BEFORE_TAGS = 4
_TAG_KEYS = {"tags": (("tag",), ("tags",)), "categories": (("category",), ("categories",))}


@dataclass(frozen=True, slots=True)
class Source:
    """What a text is composed from; empty strings where nothing is said.

    Attributes:
        title: On one line.
        body: Markdown or HTML, as the post's `markup` says.
        excerpt: To stand for the body, in the same markup.
        description: For the link card.
        tags: To be hashtags, as the author wrote them.
        beside: What stands beside the text (alternative texts, titles of files, a poll, a comment), as written and as it
            will be sent.
        repairs: Every alteration, with lines of the file.
        offers: Alterations that were not made, since they are not sure enough; with lines of the file.
    """

    title: str
    body: str
    excerpt: str
    description: str
    tags: tuple[str, ...]
    beside: Mapping[str, str]
    repairs: tuple[Repair, ...] = ()
    offers: tuple[Repair, ...] = ()


def mend(post: Post, policy: TextPolicy, site: Site) -> Source:
    """Return the words of `post` that may be sent, repaired and unstyled as `policy` says.

    Args:
        post: As read.
        policy: How texts are made.
        site: Says how the author writes and what the file had before; asked only if the post itself leaves something open.
    """
    beside = words_beside(post, policy)
    parts = _sendable(_parts(post, policy, beside))
    count = len(parts) - len(beside) - _BEFORE_TAGS
    repairs: list[Repair] = []
    offers: list[Repair] = []
    mended = partial(repair_among, known=site.familiar, former=partial(site.former, post.key))
    steps = [mended] * policy.repair + [unstyle] * policy.unstyle + [_look_again] * (policy.repair and policy.unstyle)
    for step in steps:
        if step is _look_again and (offers or not repairs):
            break
        joined = "\n".join(parts)
        result = step(joined)
        if result.repairs or result.offers:
            lines = _lines(post, policy, count)
            in_body = _BODY if post.directives.text is None else None
            repairs += _in_file(result.repairs, parts, lines, in_body)
            offers += _in_file(result.offers, parts, lines, in_body)
        if result.text != joined:
            parts = _split(result.text, parts) or [step(part).text for part in parts]
    title, body, excerpt, description, *more = parts
    tags = tuple(more[: len(more) - len(beside)])
    said = MappingProxyType(dict(zip(beside, more[len(tags) :], strict=True)))
    return Source(title, body, excerpt, description, tags, said, tuple(repairs), tuple(offers))


def _look_again(text: str) -> Repaired:
    """Offer what looks damaged only now that an invisible character has gone from it: `â\u200b€™` was none."""
    made = repair(text)
    return Repaired(text=text, offers=(*made.repairs, *made.offers))


def _parts(post: Post, policy: TextPolicy, beside: Sequence[str]) -> list[str]:
    said = post.directives
    excerpt = said.excerpt if said.excerpt is not None else _text(post, "excerpt")
    return [
        _one_line(post.title or ""),
        post.body if said.text is None else said.text,
        excerpt,
        _text(post, "description"),
        *map(_one_line, _tags(post, policy)),
        *beside,
    ]


def _sendable(parts: list[str]) -> list[str]:
    """Return parts that UTF-8 can write: what stands for half a character is a character lost."""
    try:
        for part in parts:
            part.encode()
    except UnicodeEncodeError:
        return [part.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace") for part in parts]
    return parts


def _one_line(text: str) -> str:
    """White space other than line feeds stays for now: a no-break space can be half of a damaged letter."""
    return text.strip("\n").replace("\n", " ")


def _text(post: Post, key: str) -> str:
    value = post.front_matter.get(key)
    return value.strip("\n") if isinstance(value, str) else ""


def _tags(post: Post, policy: TextPolicy) -> Sequence[str]:
    if post.directives.hashtags is not None:
        return post.directives.hashtags
    return {"tags": post.tags, "categories": post.categories, "none": ()}[policy.hashtags]


def line_of_tags(post: Post, source: str) -> int | None:
    """Return the line of the key that hashtags come from, as the setting `source` has it; None where it is not in the file."""
    keys = (("linkedin", "hashtags"), *_TAG_KEYS.get(source, ()))
    return next(filter(None, map(post.lines.get, keys)), None)


def _lines(post: Post, policy: TextPolicy, tags: int) -> list[int]:
    """Return the line of each part that has one, 1 where that is not known; those beside the text have none."""
    of = post.lines.get
    said = post.directives
    body = post.body_line if said.text is None else of(("linkedin", "text"), 1)
    excerpt = of(("linkedin", "excerpt") if said.excerpt is not None else ("excerpt",), 1)
    return [post.title_line, body, excerpt, of(("description",), 1), *[line_of_tags(post, policy.hashtags) or 1] * tags]


def _starts(parts: Sequence[str]) -> list[int]:
    """Return the 1-based line on which each part starts where they are joined by line feeds, and the one after."""
    return list(accumulate((part.count("\n") + 1 for part in parts), initial=1))


def _split(text: str, parts: Sequence[str]) -> list[str] | None:
    """Cut `text` into as many lines for each part as it had; None where the number of lines is another."""
    lines = text.split("\n")
    starts = _starts(parts)
    if len(lines) != starts[-1] - 1:
        return None
    return ["\n".join(lines[start - 1 : end - 1]) for start, end in pairwise(starts)]


def _in_file(
    repairs: Iterable[Repair], parts: Sequence[str], lines: Sequence[int], exact: int | None
) -> Iterator[Repair]:
    """Give repairs of the joined parts their lines in the file: those that the parts begin on, `exact` ones in one part."""
    starts = _starts(parts)
    for one in repairs:
        part = bisect_right(starts, one.line) - 1
        line = lines[part] if part < len(lines) else 1
        yield replace(one, line=line + one.line - starts[part] if part == exact else line)
