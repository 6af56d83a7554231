"""What a file would become, as a unified diff for people."""

from __future__ import annotations

from difflib import unified_diff

from crosspost.report.terminal import safe


def diff(name: str, before: bytes, after: bytes) -> str:
    """Return the changed lines with one line around them; bytes that are no UTF-8 and control characters as escapes."""
    old, new = (data.decode(errors="backslashreplace").splitlines() for data in (before, after))
    return safe("\n".join(unified_diff(old, new, name, name, n=1, lineterm="")))
