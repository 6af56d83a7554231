"""pydantic-settings, without what only its own command line needs.

Its `main` imports asyncio at the top for commands that are coroutines, which crosspost has none of: 25 ms of each start, with
ssl, sockets and selectors.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType


class _Later(ModuleType):
    """Stands in for a module until something is asked of it."""

    def __getattr__(self, name: str) -> object:
        return getattr(import_module(self.__name__), name)


def _without(name: str) -> None:
    """Import pydantic-settings with a stand-in for one module; who imports that module afterwards gets the real one."""
    if name in sys.modules:
        return
    sys.modules[name] = _Later(name)
    try:
        import_module("pydantic_settings.main")
    finally:
        del sys.modules[name]


_without("asyncio")

from pydantic_settings import (  # noqa: E402 - see above
    BaseSettings,
    EnvSettingsSource,
    InitSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)
from pydantic_settings.exceptions import SettingsError as SourceError  # noqa: E402 - see above

__all__ = [
    "BaseSettings",
    "EnvSettingsSource",
    "InitSettingsSource",
    "SettingsConfigDict",
    "SourceError",
    "TomlConfigSettingsSource",
]
