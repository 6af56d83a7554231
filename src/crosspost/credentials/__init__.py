"""Where secrets come from: environment, keyring, a file for who asked for it, prompt; in this order, and nowhere else.

Values travel as a `Secret`, which shows itself only to who asks for it by `reveal`.
"""

from __future__ import annotations

from crosspost.credentials.file_store import FileStore
from crosspost.credentials.prompt import NoPrompt, Prompt, TerminalPrompt
from crosspost.credentials.secret import App, Secret, Token, clean
from crosspost.credentials.sources import ENVIRONMENT, find_token, forget_token, store_token
from crosspost.credentials.vault import Keyring
from crosspost.credentials.wallet import Place, Wallet

__all__ = [
    "ENVIRONMENT",
    "App",
    "FileStore",
    "Keyring",
    "NoPrompt",
    "Place",
    "Prompt",
    "Secret",
    "TerminalPrompt",
    "Token",
    "Wallet",
    "clean",
    "find_token",
    "forget_token",
    "store_token",
]
