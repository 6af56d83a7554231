"""Names for claims."""

from __future__ import annotations

import secrets


def new_token() -> str:
    """Return a name that no other claim has: 128 random bits, hex. It proves nothing to anybody else."""
    return secrets.token_hex(16)
