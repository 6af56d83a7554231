"""What a post may carry besides its text: pictures, a document, a video, a poll.

Composing names a file and what is said about it; looking at the file adds `file`, which is what LinkedIn would get.
All strings are plain: little text does not apply to them (linkedin-api, "Little text").
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """What LinkedIn would get of a file of the author's.

    Attributes:
        kind: Which of LinkedIn's uploads takes it.
        media_type: Of the bytes that are sent, by their content.
        size: In bytes, as sent.
        digest: SHA-256 (hex) of the bytes that are sent.
        width: In pixels, of a picture.
        height: In pixels, of a picture.
        change: What was done to the author's picture, in words; None where a reader sees the same.
    """

    kind: Literal["image", "document", "video"]
    media_type: str
    size: int
    digest: str
    width: int | None = None
    height: int | None = None
    change: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture.

    Attributes:
        source: Path or address as the author wrote it.
        alt: What it shows, for those who cannot see it.
        line: 1-based line of the post's file on which it is named, None where unknown.
        asked: The author asked for it on LinkedIn: without it the post waits. One that the site's own front matter
            names for the site's pages is taken where it can be.
        file: None before anybody looked, and for one that is fetched from the site when it is sent.
    """

    source: str
    alt: str | None = None
    line: int | None = field(default=None, repr=False)  # no part of what is sent
    asked: bool = True
    file: File | None = None


@dataclass(frozen=True, slots=True)
class Gallery:
    """One to twenty pictures under the text."""

    pictures: tuple[Picture, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document to leaf through; the attributes are those of `Picture`. LinkedIn wants a title; None for the post's."""

    source: str
    title: str | None = None
    line: int | None = field(default=None, repr=False)  # no part of what is sent
    asked: bool = True
    file: File | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Video:
    """A video; the attributes are those of `Picture`."""

    source: str
    title: str | None = None
    line: int | None = field(default=None, repr=False)  # no part of what is sent
    asked: bool = True
    file: File | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """A question with two to four answers to choose from. It can never be edited (Polls API)."""

    question: str
    options: tuple[str, ...]
    duration: Literal["ONE_DAY", "THREE_DAYS", "SEVEN_DAYS", "FOURTEEN_DAYS"] = "THREE_DAYS"


Attachment = Picture | Document | Video
Media = Gallery | Document | Video | Poll
