"""Where secrets come from: environment, keyring, a file for who asked for it, prompt; in this order, and nowhere else.

Values travel as a `Secret`, which shows itself only to who asks for it by `reveal`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crosspost.credentials.file_store import FileStore
    from crosspost.credentials.prompt import NoPrompt, Prompt, TerminalPrompt
    from crosspost.credentials.secret import App, Secret, Token, clean
    from crosspost.credentials.vault import Keyring
    from crosspost.credentials.wallet import Place, Wallet

__all__ = [
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
]

# Where each is: `publish` asks for a prompt each time, and for the rest where there is something to send.
_HOMES = {
    "App": "secret",
    "FileStore": "file_store",
    "Keyring": "vault",
    "NoPrompt": "prompt",
    "Place": "wallet",
    "Prompt": "prompt",
    "Secret": "secret",
    "TerminalPrompt": "prompt",
    "Token": "secret",
    "Wallet": "wallet",
    "clean": "secret",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
