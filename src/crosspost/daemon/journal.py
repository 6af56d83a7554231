"""The daemon's log on standard error: text, or one JSON object a line.

Nothing is written to files: journald, the container or the shell keeps the log, and bounds it.
"""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from crosspost.linkedin.redact import RedactingFilter
from crosspost.report.terminal import safe

if TYPE_CHECKING:
    from crosspost.linkedin.redact import Redactor

_OURS = "crosspost"
_FIELDS = ("account", "post", "outcome", "url")


class _Text(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return safe(super().format(record))


class _Json(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        fields: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        fields |= {name: getattr(record, name) for name in _FIELDS if hasattr(record, name)}
        if record.exc_text or record.exc_info:
            fields["traceback"] = record.exc_text or self.formatException(record.exc_info)  # type: ignore[arg-type]
        return json.dumps(fields, ensure_ascii=True)


def start(redactor: Redactor, *, as_json: bool, verbose: bool, quiet: bool) -> None:
    """Send the log to standard error.

    Args:
        redactor: Knows the secrets to hide.
        as_json: One JSON object a line.
        verbose: Everything, also of the libraries.
        quiet: Only what needs attention.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Json() if as_json else _Text("%(asctime)s %(levelname)-7s %(message)s", "%Y-%m-%d %H:%M:%S"))
    handler.addFilter(RedactingFilter(redactor))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.DEBUG if verbose else logging.WARNING)
    logging.getLogger(_OURS).setLevel(logging.DEBUG if verbose else logging.WARNING if quiet else logging.INFO)
