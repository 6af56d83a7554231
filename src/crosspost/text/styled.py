"""Styled letters back to plain ones."""

from __future__ import annotations

from crosspost.text.repaired import Repaired


def unstyle(text: str) -> Repaired:
    """Turn styled letters into plain ones and remove invisible characters without function."""
    return Repaired(text=text)
