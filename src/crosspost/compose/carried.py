"""What a post carries under its text: which of LinkedIn's kinds, and the files that it needs. Reads no file.

What the author says under `linkedin:` comes first, then `[card] kind`; a card needs a link to lead to.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from crosspost.compose.article import TITLE_LIMIT, one_line
from crosspost.model import Document, Gallery, Picture, Poll, Video

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from crosspost.model import Media, Post
    from crosspost.policy import TextPolicy

# How themes write a picture with what belongs to it: `image: {path: …, alt: …}` (jekyll-seo-tag), `url`, `src`.
_PLACES = ("path", "url", "src", "image")


def media(post: Post, policy: TextPolicy, *, title: str, has_link: bool) -> Media | None:
    """Return what stands under the text, None where a link card does, or nothing.

    Args:
        post: As read.
        policy: Says which kind posts have where the author says nothing.
        title: Of the post; a document needs one.
        has_link: A card is possible.
    """
    said = post.directives
    if said.images:
        return Gallery(said.images)
    if wished := said.video or said.poll:
        return wished
    if document := said.document or _document(post, policy):
        return _titled(document, title)
    if picture := picture_of(post, policy):
        if policy.card == "image":
            return Gallery((replace(picture, asked=True),))
        if said.image and not (policy.card == "article" and has_link):
            return Gallery((picture,))
    return None


def words_beside(post: Post, policy: TextPolicy) -> tuple[str, ...]:
    """Return the author's words that stand beside the text, as written, each once."""
    said, picture = post.directives, picture_of(post, policy)
    poll = (said.poll.question, *said.poll.options) if said.poll else ()
    titles = (one.title for one in (said.document, said.video) if one)
    alts = (one.alt for one in (*said.images, picture) if one)
    return tuple(dict.fromkeys(word for word in (*alts, *titles, *poll, said.first_comment) if word))


def reworded(media: Media | None, words: Mapping[str, str]) -> Media | None:
    """Return what a post carries with the words as they will be sent."""
    match media:
        case Gallery(pictures):
            return Gallery(tuple(replace(one, alt=_in(words, one.alt)) for one in pictures))
        case Document() | Video():
            return replace(media, title=_in(words, media.title))
        case Poll():
            options = tuple(words.get(option, option) for option in media.options)
            return replace(media, question=words.get(media.question, media.question), options=options)
        case _:
            return None


def described(picture: Picture | None, words: Mapping[str, str]) -> Picture | None:
    """Return a picture with its alternative text as it will be sent."""
    return replace(picture, alt=_in(words, picture.alt)) if picture else None


def _in(words: Mapping[str, str], said: str | None) -> str | None:
    return words.get(said, said) if said else said


def picture_of(post: Post, policy: TextPolicy) -> Picture | None:
    """Return the picture of a post: the author's for LinkedIn, else the first of the site's own front matter."""
    said = post.directives
    if said.image:
        return Picture(source=said.image, alt=said.alt, line=post.lines.get(("linkedin", "image")))
    for path in policy.picture_keys:
        if found := _named(post, path):
            source, alt, line = found
            return Picture(source=source, alt=said.alt or alt, line=line, asked=False)
    return None


def _document(post: Post, policy: TextPolicy) -> Document | None:
    """Return the document that the site's own front matter names, where posts are to carry it."""
    if policy.card != "document":
        return None
    found = next(filter(None, (_named(post, path) for path in policy.document_keys)), None)
    return Document(source=found[0], line=found[2]) if found else None


def _titled(document: Document, title: str) -> Document:
    """LinkedIn refuses a document without a title (Documents API)."""
    own = document.title or one_line(title, TITLE_LIMIT) or _stem(document.source)
    return replace(document, title=own)


def _stem(source: str) -> str:
    """Return the name of a file without folders and ending."""
    name = source.rstrip("/").rpartition("/")[2]
    return name.rpartition(".")[0] or name


def _named(post: Post, path: str) -> tuple[str, str | None, int | None] | None:
    """Return the file that a front matter key names, what it shows, and its line; `path` is dotted where it is nested."""
    if path.partition(".")[0] not in post.front_matter:  # of ten keys most posts have none
        return None
    *outer, last = path.split(".")
    values: object = dict(post.front_matter)
    for name in outer:
        values = values.get(name) if isinstance(values, dict) else None
    if not isinstance(values, dict):
        return None
    value = values.get(last)
    value = value[0] if isinstance(value, list) and value else value
    parts = {"path": value} if isinstance(value, str) else value
    if not isinstance(parts, dict) or not (source := _first_text(parts, _PLACES)):
        return None
    alt = _first_text(parts, ("alt",)) or _first_text(values, (f"{last}_alt", f"{last}-alt"))
    return source, alt, post.lines.get((*outer, last))


def _first_text(values: Mapping[str, object], names: Iterable[str]) -> str | None:
    texts = (value.strip() for name in names if isinstance(value := values.get(name), str))
    return next(filter(None, texts), None)
