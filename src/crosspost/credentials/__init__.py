"""Where the access token comes from: environment, keyring, prompt; in this order, and nowhere else.

The value travels as a `Secret`, which shows itself only to who asks for it by `reveal`.
"""

from __future__ import annotations

from crosspost.credentials.prompt import NoPrompt, Prompt, TerminalPrompt
from crosspost.credentials.secret import Secret, Token, clean
from crosspost.credentials.sources import ENVIRONMENT, find_token, forget_token, store_token
from crosspost.credentials.vault import Keyring

__all__ = [
    "ENVIRONMENT",
    "Keyring",
    "NoPrompt",
    "Prompt",
    "Secret",
    "TerminalPrompt",
    "Token",
    "clean",
    "find_token",
    "forget_token",
    "store_token",
]
