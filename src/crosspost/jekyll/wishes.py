"""The values of `crosspost:` and of the mapping `linkedin:`, read one by one; what is not understood becomes a finding XP007."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

from crosspost.findings import Finding
from crosspost.jekyll import attachments, dates
from crosspost.jekyll.attachments import WrongValue

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from crosspost.jekyll.dates import Zones

_TEXTS = ("text", "excerpt", "image", "alt", "first_comment")
_VISIBILITIES = ("PUBLIC", "CONNECTIONS", "LOGGED_IN")
_COMMENT_LIMIT = 1250  # observed; UTF-16 units are right under every reading
_BETWEEN_HASHTAGS = re.compile(r"[\s,]+")
# A post carries one of these, or a card.
_CARRIED = ("images", "document", "video", "poll")
_ALLOWED = (*_TEXTS, *_CARRIED, "hashtags", "mentions", "at", "visibility", "link")


class Reader:
    """Reads values and collects what is wrong with them."""

    def __init__(self, key: str, lines: Mapping[tuple[str, ...], int], zones: Zones) -> None:
        self.findings: list[Finding] = []
        self._key = key
        self._lines = lines
        self._zones = zones

    def truth(self, path: tuple[str, ...], value: object) -> bool | None:
        """Return true, false, or None where nothing is said."""
        if value is None or isinstance(value, bool):
            return value
        allowed = "true or false" if path == ("crosspost",) else "true, false or a mapping"
        self._wrong(path, value, allowed)
        return False

    def mapping(self, linkedin: Mapping[str, object]) -> dict[str, object]:
        """Return the fields of `Directives` that the mapping `linkedin:` sets."""
        values: dict[str, object] = {}
        for name, value in linkedin.items():
            path = ("linkedin", name)
            if name not in _ALLOWED:
                self._wrong(path, value, f"a known key; those are {', '.join(_ALLOWED)}")
            elif value is not None:
                try:
                    values[name] = self._value(name, value)
                except WrongValue as wrong:
                    self._wrong(path, value, str(wrong))
        carried = [name for name in _CARRIED if values.get(name)]
        self._at_most_one(linkedin, [*carried, "image"] if carried and values.get("image") else carried)
        return values

    def _at_most_one(self, linkedin: Mapping[str, object], carried: list[str]) -> None:
        for name in carried[1:]:
            self._wrong(
                ("linkedin", name), linkedin[name], f"possible beside `{carried[0]}`: a post carries one of them"
            )

    def _value(self, name: str, value: object) -> object:
        if name == "at":
            return self._moment(value)
        if name in attachments.READERS:
            return attachments.READERS[name](value, self._lines.get(("linkedin", name)))
        return _READERS.get(name, _text)(value)

    def _moment(self, value: object) -> object:
        try:
            return dates.read(value, self._zones.all_local)
        except dates.DateProblem as problem:
            raise WrongValue("a date and time such as 2024-09-18 09:40 +0200") from problem

    def _wrong(self, path: tuple[str, ...], value: object, allowed: str) -> None:
        name = ".".join(path)
        shown = " ".join(str(value).split())[:40]
        if isinstance(value, dict | list):
            shown = "{…}" if isinstance(value, dict) else "[…]"
        self.findings.append(
            Finding(
                post=self._key,
                code="XP007",
                message=f"`{name}: {shown}` is not {allowed}",
                fix=f"change or remove `{name}`",
                line=self._lines.get(path),
            )
        )


def _text(value: object) -> str | None:
    if not isinstance(value, str):
        raise WrongValue("a text; put it in quotes")
    return value if value.strip() else None


def _hashtags(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        # "machine learning, AI" has two; "#machine, AI learning" is written as LinkedIn shows it.
        by_comma = "," in value and "#" not in value
        words = [
            word
            for part in (value.split(",") if by_comma else _BETWEEN_HASHTAGS.split(value))
            if (word := part.strip())
        ]
    elif isinstance(value, list) and all(isinstance(one, (str, int)) and not isinstance(one, bool) for one in value):
        words = [str(one).strip() for one in cast("list[str | int]", value)]
    else:
        raise WrongValue("a list of words")
    return tuple(dict.fromkeys(tag for word in words if (tag := word.lstrip("#"))))


def _visibility(value: object) -> str:
    if isinstance(value, str) and value.strip().upper() in _VISIBILITIES:
        return value.strip().upper()
    raise WrongValue(f"one of {', '.join(_VISIBILITIES)}")


def _link(value: object) -> bool:
    if isinstance(value, bool):
        return value
    raise WrongValue("true or false")


def _alt(value: object) -> str | None:
    return attachments.checked_alt(_text(value))


def _comment(value: object) -> str | None:
    text = _text(value)
    if text and len(text.encode("utf-16-le", "surrogatepass")) // 2 > _COMMENT_LIMIT:
        raise WrongValue(f"at most {_COMMENT_LIMIT:,} characters long")
    return text


_READERS: Mapping[str, Callable[[object], object]] = {
    "hashtags": _hashtags,
    "visibility": _visibility,
    "link": _link,
    "alt": _alt,
    "first_comment": _comment,
}
