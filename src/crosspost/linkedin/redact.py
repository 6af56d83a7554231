"""Keeps secrets out of logs and messages, whoever wrote them: crosspost, httpx, a server that repeats what it was sent."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Callable

HIDDEN = "[hidden]"
_SHORTEST = 4  # hiding a shorter "secret" would eat ordinary words


class Redactor:
    """Replaces known secrets by `[hidden]`, also where they are percent-encoded.

    >>> Redactor("s3cr3t/token")("Bearer s3cr3t/token, s3cr3t%2Ftoken")
    'Bearer [hidden], [hidden]'
    """

    def __init__(self, *secrets: str) -> None:
        self._secrets: tuple[str, ...] = ()
        for secret in secrets:
            self.add(secret)

    def add(self, secret: str) -> None:
        """Hide this secret too, from now on."""
        forms = {secret, quote(secret, safe="")}
        known = {*self._secrets, *(form for form in forms if len(form) >= _SHORTEST)}
        self._secrets = tuple(sorted(known, key=len, reverse=True))  # longest first: one may hold another

    def __call__(self, text: str) -> str:
        """Return `text` without any secret."""
        for secret in self._secrets:
            text = text.replace(secret, HIDDEN)
        return text

    def in_bytes(self, data: bytes) -> bytes:
        """Return `data` without any secret."""
        for secret in self._secrets:
            data = data.replace(secret.encode("utf-8", "replace"), HIDDEN.encode())
        return data

    def __repr__(self) -> str:
        return f"Redactor({len(self._secrets)} secrets)"


class RedactingFilter(logging.Filter):
    """Removes secrets from every record that passes: message, arguments, extra fields and traceback.

    Add it to handlers: a filter on a logger does not see what its children log (logging, "Filter Objects").
    """

    def __init__(self, redact: Callable[[str], str]) -> None:
        super().__init__()
        self._redact = redact

    def filter(self, record: logging.LogRecord) -> bool:
        """Change the record in place; keep every record."""
        record.msg, record.args = self._redact(_message(record)), None
        self._clean_traceback(record)
        for name, value in vars(record).items():
            if isinstance(value, str):
                setattr(record, name, self._redact(value))
        return True

    def _clean_traceback(self, record: logging.LogRecord) -> None:
        if not record.exc_info:
            return
        plain = record.exc_text or logging.Formatter().formatException(record.exc_info)
        record.exc_text = self._redact(plain)
        if record.exc_text != plain:  # a handler that formats the exception itself would show it again
            record.exc_info = None


def _message(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except Exception:  # noqa: BLE001 a filter must not stop the program over somebody's wrong format string
        return f"{record.msg} {record.args}"
