"""Reading the body of an answer, whatever it holds. Pure; never raises.

Of errors four JSON shapes are known (gateway, access, content, Rest.li), any field may be missing, and a proxy or a broken
server may send HTML, half a document or nothing. Sources: Error handling, Posts API; recorded bodies in the tests.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from crosspost.references import unescape

_MOST_READ = 64 * 1024
_MOST_WORDS = 300

_CODE = re.compile(r'"(?:serviceErrorCode|code)"\s*:\s*"?(\w{1,60})')
_MESSAGE = re.compile(r'"message"\s*:\s*"((?:[^"\\]|\\.){1,2000})')  # may be cut off
_INVISIBLE_HTML = re.compile(r"<(script|style)\b.*?(</\1\s*>|\Z)|<[^>]*>?", re.DOTALL | re.IGNORECASE)
_PAGE_TITLE = re.compile(r"<title\b[^<>]*>[^<]*</title\s*>", re.IGNORECASE)  # says what the heading says
_JAVA_CLASS = re.compile(r"(?:[a-z]\w*\.){2,}[A-Z]\w*(?:Exception|Error): ")
_SECRET = re.compile(r"(?i)\bbearer\s+\S+|[A-Za-z0-9_+/=-]{60,}")


@dataclass(frozen=True, slots=True)
class Said:
    """What the server said in its own words.

    Attributes:
        codes: Every code found, numbers as text.
        message: One line, at most 300 characters, without control characters or anything that looks like a token.
    """

    codes: frozenset[str] = frozenset()
    message: str = ""


def read(data: bytes) -> Said:
    """Return codes and message of an error body.

    >>> read(b'{"status":401,"serviceErrorCode":65602,"code":"EXPIRED_ACCESS_TOKEN","message":"expired"}').message
    'expired'
    >>> read(b"<html><body><h1>503</h1>Service Unavailable").message
    '503 Service Unavailable'
    """
    text = data[:_MOST_READ].decode("utf-8-sig", "replace")
    try:
        parsed = json.loads(text)
    except (ValueError, RecursionError):
        return _from_text(text)
    return _from_json(parsed) if isinstance(parsed, dict) else Said()


def fields(data: bytes) -> dict[str, object]:
    """Return the JSON object that a body is; empty for anything else."""
    try:
        parsed = json.loads(data)
    except (ValueError, RecursionError):
        return {}
    return parsed if isinstance(parsed, dict) else {}


def words(text: str, most: int = _MOST_WORDS) -> str:
    r"""Return somebody else's text as one line that is safe to show: bounded, no control characters, nothing like a token.

    >>> words("Bearer AQX-1 is\x1b[2J\nwrong")
    '[hidden] is [2J wrong'
    """
    hidden = _SECRET.sub("[hidden]", text[:_MOST_READ])
    shown = hidden if hidden.isprintable() else "".join(char if char.isprintable() else " " for char in hidden)
    line = " ".join(shown.split())
    return line if len(line) <= most else line[: most - 1] + "…"


def _from_json(parsed: dict[str, object]) -> Said:
    found = [parsed.get("serviceErrorCode"), parsed.get("code"), *(item.get("code") for item in _input_errors(parsed))]
    return Said(_codes(found), _message(parsed.get("message")))


def _input_errors(parsed: dict[str, object]) -> list[dict[str, object]]:
    details = parsed.get("errorDetails")
    items = details.get("inputErrors") if isinstance(details, dict) else None
    return [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []


def _from_text(text: str) -> Said:
    """Read what is no JSON: a document that was cut off, HTML, plain text."""
    if text.lstrip().startswith("{"):
        message = _MESSAGE.search(text)
        return Said(_codes(_CODE.findall(text)), _message(message[1]) if message else "")
    return Said(message=_shown(_PAGE_TITLE.sub(" ", text)) or _shown(text))


def _shown(page: str) -> str:
    return words(unescape(_INVISIBLE_HTML.sub(" ", page)))


def _codes(values: list[object]) -> frozenset[str]:
    return frozenset(
        str(value) for value in values if isinstance(value, (str, int)) and not isinstance(value, bool) and value
    )


def _message(value: object) -> str:
    """Return the message without the name of the Java class that threw it."""
    return words(_JAVA_CLASS.sub("", value)) if isinstance(value, str) else ""
