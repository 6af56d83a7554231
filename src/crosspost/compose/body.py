"""The body of a post, rendered: its title, its blocks, and what may stand for them where they are too long."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

import regex

from crosspost.compose.headline import plain_line
from crosspost.compose.little_text import find_hashtags
from crosspost.compose.mentions import without_at_signs
from crosspost.compose.render import render
from crosspost.compose.render.emoji_codes import emoji_speller
from crosspost.compose.render.title import repeats
from crosspost.compose.slug_title import is_untitled, slug_title
from crosspost.compose.urls import encode_urls
from crosspost.footer import find_footer

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from crosspost.compose.mend import Source
    from crosspost.compose.render.context import Links
    from crosspost.compose.render.rendered import Block, Note, Rendered
    from crosspost.model import Post, Site
    from crosspost.policy import TextPolicy

# Hashtags that the readers of the site shall not see: `<!-- #AI #Training -->`.
_HIDDEN_HASHTAGS = regex.compile(r"<!--\s*+(?P<tags>(?:#[^\s,<>]++[\s,]*+)++)-->")
_HIDDEN_HASHTAG = regex.compile(r"#(\w[^\s,<>#]*+(?:#(?!\w))?)")  # `#C#` and `#A#B`
_HASHTAG_LINE = regex.compile(r"(?:#\w[^\s,·|]*+[\s,·|]*+)++")
_IN_LINE = regex.compile(r"#\w[^\s,·|]*+")
_SHORT = 2  # letters; words as short as "to" say nothing


@dataclass(frozen=True, slots=True)
class Body:
    """A rendered body.

    Attributes:
        title: The post's; empty where it has none.
        blocks: The whole body, without the title.
        shorter: What may stand for it, the best first: the author's excerpt, which has no place in the order of the body,
            then openings of the body.
        own_hashtags: Those of the author's closing line or hidden in a comment, without `#`.
        dead_hashtags: What stands in lines of hashtags and is none for LinkedIn.
        in_code: Words that stand behind `#` in code and nowhere else.
        notes: What was noteworthy in the body; lines count from 1 in its source.
        excerpt_notes: The same of an excerpt from the front matter; their lines mean nothing.
    """

    title: str
    blocks: tuple[Block, ...]
    shorter: tuple[tuple[Block, ...], ...]
    own_hashtags: tuple[str, ...]
    dead_hashtags: tuple[str, ...]
    in_code: frozenset[str]
    notes: tuple[Note, ...]
    excerpt_notes: tuple[Note, ...]


def render_body(source: Source, post: Post, site: Site, policy: TextPolicy) -> Body:
    """Render the body and what may stand for it.

    Without a title in the front matter, a heading that opens the body is the title, and is not repeated; else Jekyll's.
    """
    spell = emoji_speller(site)
    title = plain_line(source.title)
    title = spell(title) if spell else title
    named = slug_title(post.key) if is_untitled(post) else ""
    page = _page(post, site, source.title or named)

    def rendered(text: str, links: Links = policy.links, *, marks: bool = True) -> Rendered:
        result = render(text, markup=post.markup, title=title or None, site=site, page=page, links=links, marks=marks)
        blocks = _with_plain_names(_with_plain_urls(result.blocks), post.directives.mentions)
        return result if blocks is result.blocks else replace(result, blocks=blocks)

    text = _without_footer(source.body)
    whole = rendered(text)
    title, start = (title, 0) if title else _title_of(whole.blocks, named)
    excerpt = rendered(source.excerpt) if source.excerpt.strip() else None
    # An opening would keep the marks and lose the notes, which stand at the end.
    opening = rendered(text, _without_notes(policy.links), marks=False) if _has_notes(whole) else whole
    marked = opening.blocks[start : opening.more] if opening.more is not None else ()
    blocks = opening.blocks if opening is whole else _without_last_heading(opening.blocks)
    return Body(
        title=title,
        blocks=whole.blocks[start:],
        shorter=(tuple(block._replace(order=0) for block in excerpt.blocks) if excerpt else (), marked, blocks[start:]),
        own_hashtags=(*_closing_hashtags(whole.blocks), *_hidden_hashtags(source.body)),
        dead_hashtags=tuple(_dead_hashtags(whole.blocks)),
        in_code=_only_in_code(title, whole),
        notes=whole.notes,
        excerpt_notes=excerpt.notes if excerpt else (),
    )


def _has_notes(whole: Rendered) -> bool:
    return bool(whole.blocks) and whole.blocks[-1].kind == "notes"


def _without_last_heading(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Leave out what stood over the notes: "References"."""
    return blocks[:-1] if blocks and blocks[-1].level else blocks


def _without_notes(links: Links) -> Links:
    return "inline" if links == "footnotes" else links


def _without_footer(body: str) -> str:
    """The way from the post to its copy on LinkedIn leads readers on LinkedIn nowhere."""
    footer = find_footer(body)
    return body[: footer.start] if footer else body


def _title_of(blocks: Sequence[Block], named: str) -> tuple[str, int]:
    """Return the title that the body opens with, else the one given, and how many blocks it takes."""
    if not blocks:
        return "", 0
    opening = blocks[0]
    if repeats(opening.text, named) or (opening.level == 1 and not _is_a_section(opening.text, blocks[1:], named)):
        return plain_line(opening.text), 1
    return named, 0


def _is_a_section(heading: str, rest: Sequence[Block], named: str) -> bool:
    """Tell whether a heading is one of several of the first level, and has no word of the file's name: "Overview"."""
    return bool(named) and any(block.level == 1 for block in rest) and _words(heading).isdisjoint(_words(named))


def _words(text: str) -> set[str]:
    return {word for word in text.casefold().split() if len(word) > _SHORT}


def _with_plain_urls(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    if not any("://" in block.text for block in blocks):
        return blocks
    return tuple(
        block._replace(text=encode_urls(block.text)) if "://" in block.text and block.kind != "code" else block
        for block in blocks
    )


def _with_plain_names(blocks: tuple[Block, ...], names: Mapping[str, str]) -> tuple[Block, ...]:
    if not names:
        return blocks
    return tuple(
        block if block.kind == "code" else block._replace(text=without_at_signs(block.text, names)) for block in blocks
    )


def _only_in_code(title: str, whole: Rendered) -> frozenset[str]:
    """Return the words that only code has behind `#`: directives of C, selectors and colours of CSS."""
    in_code = _tagged(whole.code)
    everywhere = _tagged((title, *(block.text for block in whole.blocks))) if in_code else in_code
    return frozenset(word for word, times in in_code.items() if times >= everywhere[word])


def _tagged(texts: Iterable[str]) -> Counter[str]:
    return Counter(tag.word for text in texts for tag in find_hashtags(text))


def _closing_hashtags(blocks: Sequence[Block]) -> list[str]:
    last_line = blocks[-1].text.rpartition("\n")[2].strip() if blocks else ""
    is_closing = "#" in last_line and _HASHTAG_LINE.fullmatch(last_line)
    return [tag.word for tag in find_hashtags(last_line)] if is_closing else []


def _dead_hashtags(blocks: Iterable[Block]) -> list[str]:
    dead: list[str] = []
    for text in [block.text for block in blocks if "#" in block.text and block.kind != "code"]:
        for line in text.split("\n"):
            if line[:1] == "#" and _HASHTAG_LINE.fullmatch(line):
                dead += [word for word in _IN_LINE.findall(line) if not find_hashtags(word)]
    return dead


def _hidden_hashtags(source: str) -> list[str]:
    if "<!--" not in source:
        return []
    return [tag[1] for match in _HIDDEN_HASHTAGS.finditer(source) for tag in _HIDDEN_HASHTAG.finditer(match["tags"])]


def _page(post: Post, site: Site, title: str) -> Mapping[str, object]:
    """Return what Liquid sees as `page`; the names are those of Jekyll's documentation, "Variables"."""
    url = (post.canonical_url or "").removeprefix(site.url).removeprefix(site.baseurl)
    return MappingProxyType(
        {
            **post.front_matter,
            "title": title,
            "url": url,
            "date": post.date,
            "categories": list(post.categories),
            "tags": list(post.tags),
            "path": post.key,
        }
    )
