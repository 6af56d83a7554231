"""A token as a value that does not show itself, and how one is read from what a person pasted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

from crosspost.errors import CredentialsError, Problem

if TYPE_CHECKING:
    from datetime import datetime

CHOICES = "set LINKEDIN_ACCESS_TOKEN, or store a token in the system's keyring with 'crosspost auth login'"

_TOKEN = re.compile(r"[A-Za-z0-9._~+/-]+=*")  # RFC 6750, section 2.1


class Secret:
    """A value that no `repr`, `str`, format, log record or pickle shows.

    >>> f"{Secret('abc')} {Secret('abc')!r} %s" % Secret("abc")
    '[hidden] Secret([hidden]) [hidden]'
    >>> Secret("abc").reveal()
    'abc'
    """

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """Return the value itself."""
        return self._value

    def __str__(self) -> str:
        return "[hidden]"

    def __repr__(self) -> str:
        return "Secret([hidden])"

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        """Refuse to be pickled or copied."""
        raise TypeError("a secret is neither pickled nor copied")


@dataclass(frozen=True, slots=True)
class Token:
    """An access token, and what is known of it without asking LinkedIn.

    Attributes:
        value: The token.
        source: Where it came from: "environment LINKEDIN_ACCESS_TOKEN", "keyring (SecretService)", "prompt".
        expires_at: When it ends, UTC; None where nobody said: a token pasted by hand or from the environment.
        scopes: What it may do, as LinkedIn granted it; empty where nobody said.
        refresh: Gets the next access token; only approved partners have one.
        refresh_expires_at: When `refresh` ends, UTC; None where there is none, or nobody said.
        author: URN of the member who signed in; None where LinkedIn did not say.
    """

    value: Secret
    source: str
    expires_at: datetime | None = None
    scopes: tuple[str, ...] = ()
    refresh: Secret | None = None
    refresh_expires_at: datetime | None = None
    author: str | None = None


@dataclass(frozen=True, slots=True)
class App:
    """The LinkedIn app that asks for tokens.

    Attributes:
        client_id: Public; part of the address of LinkedIn's sign-in page.
        secret: None for a native app that signs in with PKCE.
        source: Where it came from, as in `Token`.
    """

    client_id: str
    secret: Secret | None
    source: str


def clean(pasted: str, source: str) -> Secret:
    r"""Return the token in what was pasted: without line breaks, quotes and `Bearer`.

    >>> clean(' "Bearer AQX\n  abc" ', "the prompt").reveal()
    'AQXabc'

    Raises:
        CredentialsError: A character that no token has is left. The message does not repeat the token.
    """
    text = re.sub(r"\s*[\r\n]+\s*", "", pasted.strip()).strip("\"'").strip()
    text = re.sub(r"(?i)^(authorization:\s*)?bearer\s+", "", text)
    if not text:
        raise _unusable(f"the access token from {source} is empty")
    if not _TOKEN.fullmatch(text):
        start = _TOKEN.match(text)
        place = start.end() + 1 if start else 1
        raise _unusable(f"the access token from {source} has a character that no token has, at position {place}")
    return Secret(text)


def _unusable(what: str) -> CredentialsError:
    return CredentialsError(Problem(what=what, linkedin_has="nothing was sent", fix=CHOICES))
