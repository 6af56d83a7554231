"""What the mapping `linkedin:` says about pictures, documents, videos, polls and mentions. Pure.

Limits: MultiImage API, Polls API, Documents API, Post schema ("alt text"), little Text Format (mentions).
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, cast

from crosspost.model import Document, Picture, Poll, Video

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ALT_LIMIT = 4086
_TITLE_LIMIT = 400  # reported by other clients' authors
_PICTURES = range(2, 21)
_QUESTION_LIMIT = 140
_OPTION_LIMIT = 30
_OPTIONS = range(2, 5)

Duration = Literal["ONE_DAY", "THREE_DAYS", "SEVEN_DAYS", "FOURTEEN_DAYS"]
_DURATIONS: Mapping[str, Duration] = MappingProxyType(
    {"1": "ONE_DAY", "3": "THREE_DAYS", "7": "SEVEN_DAYS", "14": "FOURTEEN_DAYS"}
)
_DAYS = re.compile(r"(\d+)(?: ?(?:d|days?))?", re.ASCII | re.IGNORECASE)
_NAMED = re.compile(r"urn:li:(?:person:[A-Za-z0-9_-]{1,200}|organization:[0-9]{1,30})")


class WrongValue(ValueError):
    """A value is not what its key takes; the message says what it takes."""


def pictures(value: object, line: int | None) -> tuple[Picture, ...]:
    """Read `images`.

    Raises:
        WrongValue: It is no list of 2 to 20 pictures.
    """
    allowed = "a list of 2 to 20 pictures, each a path or `{image: path, alt: text}`; one picture goes under `image`"
    if not isinstance(value, list) or len(value) not in _PICTURES:
        raise WrongValue(allowed)
    return tuple(_picture(one, line, allowed) for one in value)


def _picture(value: object, line: int | None, allowed: str) -> Picture:
    named = _fields(value, {"image"}, {"alt"}, allowed)
    return Picture(source=named["image"], alt=checked_alt(named.get("alt")), line=line)


def checked_alt(alt: str | None) -> str | None:
    """Return an alternative text that LinkedIn takes.

    Raises:
        WrongValue: It is too long.
    """
    return _at_most(alt, ALT_LIMIT) if alt else None


def document(value: object, line: int | None) -> Document:
    """Read `document`.

    Raises:
        WrongValue: It is neither a path nor a path with a title.
    """
    named = _fields(value, {"path"}, {"title"}, "a path, or `{path: …, title: …}`")
    return Document(source=named["path"], title=_at_most(named.get("title"), _TITLE_LIMIT), line=line)


def video(value: object, line: int | None) -> Video:
    """Read `video`.

    Raises:
        WrongValue: It is neither a path nor a path with a title.
    """
    named = _fields(value, {"path"}, {"title"}, "a path, or `{path: …, title: …}`")
    return Video(source=named["path"], title=_at_most(named.get("title"), _TITLE_LIMIT), line=line)


def poll(value: object, line: int | None) -> Poll:  # noqa: ARG001  # nothing in it is looked for later
    """Read `poll`.

    Raises:
        WrongValue: LinkedIn would not take it.
    """
    allowed = "`{question: …, options: [two, to four], duration: 3 days}`"
    if not isinstance(value, dict) or not {"question", "options"} <= set(value) <= {"question", "options", "duration"}:
        raise WrongValue(allowed)
    question, options = value["question"], value["options"]
    if not isinstance(question, str) or not isinstance(options, list):
        raise WrongValue(allowed)
    answers = tuple(" ".join(str(one).split()) for one in options if isinstance(one, (str, int, float)))
    if len(answers) != len(options) or len(set(answers)) not in _OPTIONS or len(set(answers)) != len(answers):
        raise WrongValue(f"{allowed}, with 2 to 4 different answers")
    return Poll(
        question=_poll_text(question, _QUESTION_LIMIT, "question"),
        options=tuple(_poll_text(answer, _OPTION_LIMIT, "answer") for answer in answers),
        duration=_duration(value.get("duration", "3 days")),
    )


def _poll_text(text: str, limit: int, name: str) -> str:
    text = " ".join(text.split())
    if not text or _units(text) > limit:
        raise WrongValue(f"a poll whose {name} has 1 to {limit} characters")
    return text


def _duration(value: object) -> Duration:
    said = str(value).strip()
    if said.upper() in _DURATIONS.values():
        return cast("Duration", said.upper())
    days = _DAYS.fullmatch(said)
    if days and days[1] in _DURATIONS:
        return _DURATIONS[days[1]]
    raise WrongValue("a poll with a duration of 1, 3, 7 or 14 days")


def mentions(value: object, line: int | None) -> Mapping[str, str]:  # noqa: ARG001  # see `poll`
    """Read `mentions`: names to URNs.

    Raises:
        WrongValue: It is something else.
    """
    if not isinstance(value, dict) or not all(_is_mention(name, urn) for name, urn in value.items()):
        raise WrongValue("a mapping of names to `urn:li:person:…` or `urn:li:organization:…`")
    return MappingProxyType({" ".join(str(name).split()): str(urn).strip() for name, urn in value.items()})


def _is_mention(name: object, urn: object) -> bool:
    return isinstance(name, str) and bool(name.strip()) and isinstance(urn, str) and bool(_NAMED.fullmatch(urn.strip()))


def _fields(value: object, needed: set[str], optional: set[str], allowed: str) -> dict[str, str]:
    """Return a mapping of texts; a text alone stands for the one that is needed."""
    if isinstance(value, str):
        value = dict.fromkeys(needed, value)
    if not isinstance(value, dict) or not needed <= set(value) <= needed | optional:
        raise WrongValue(allowed)
    texts = {name: text for name, text in value.items() if text is not None}
    if not all(isinstance(text, str) for text in texts.values()) or not all(
        texts.get(name, "").strip() for name in needed
    ):
        raise WrongValue(allowed)
    return {name: text.strip() for name, text in texts.items() if text.strip()}


def _at_most(text: str | None, limit: int) -> str | None:
    if text is not None and _units(text) > limit:
        raise WrongValue(f"at most {limit:,} characters long")
    return text


def _units(text: str) -> int:
    """Count UTF-16 code units: right under every reading of LinkedIn's limits."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


READERS: Mapping[str, Callable[[object, int | None], object]] = MappingProxyType(
    {"images": pictures, "document": document, "video": video, "poll": poll, "mentions": mentions}
)
