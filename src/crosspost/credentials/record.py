"""How a token and an app are written down in a store: one JSON value each. Pure.

A bare token, as a person or `keyring set crosspost default` stores it, is read as well.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime

from crosspost.credentials.secret import App, Secret, Token, clean
from crosspost.errors import CredentialsError, Problem


def token_text(token: Token) -> str:
    """Return the text to store; a token of which nothing more is known stays bare, so that other programs can read it."""
    known = {
        "expires_at": _stamp(token.expires_at),
        "scopes": list(token.scopes),
        "refresh_token": token.refresh.reveal() if token.refresh else None,
        "refresh_expires_at": _stamp(token.refresh_expires_at),
        "author": token.author,
    }
    known = {name: value for name, value in known.items() if value}
    value = token.value.reveal()
    return json.dumps({"access_token": value, **known}) if known else value


def token_from(stored: str, place: str, source: str) -> Token:
    """Return the token in a stored text.

    Args:
        stored: What `token_text` made, or a bare token.
        place: Where it was, for an error: "the keyring".
        source: See `Token`.

    Raises:
        CredentialsError: It is neither. The message does not repeat it.
    """
    if not stored.lstrip().startswith("{"):
        return Token(clean(stored, place), source)
    fields = _object(stored, place)
    refresh, author, scopes = fields.get("refresh_token"), fields.get("author"), fields.get("scopes")
    return Token(
        clean(str(fields.get("access_token") or ""), place),
        source,
        expires_at=_moment(fields.get("expires_at")),
        scopes=tuple(scope for scope in scopes if isinstance(scope, str)) if isinstance(scopes, list) else (),
        refresh=clean(refresh, place) if isinstance(refresh, str) and refresh else None,
        refresh_expires_at=_moment(fields.get("refresh_expires_at")),
        author=author if isinstance(author, str) else None,
    )


def app_text(app: App) -> str:
    """Return the text to store."""
    return json.dumps({"client_id": app.client_id, "client_secret": app.secret.reveal() if app.secret else None})


def app_from(stored: str, place: str, source: str) -> App:
    """Return the app in a stored text.

    Raises:
        CredentialsError: It is none. The message does not repeat it.
    """
    fields = _object(stored, place)
    client_id, secret = fields.get("client_id"), fields.get("client_secret")
    if not isinstance(client_id, str) or not client_id:
        raise _damaged(place)
    return App(client_id, Secret(secret) if isinstance(secret, str) and secret else None, source)


def _object(stored: str, place: str) -> dict[str, object]:
    try:
        fields = json.loads(stored)
    except (ValueError, RecursionError):
        raise _damaged(place) from None
    if not isinstance(fields, dict):
        raise _damaged(place)
    return fields


def _stamp(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat() if moment else None


def _moment(value: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment and moment.tzinfo else None


def _damaged(place: str) -> CredentialsError:
    return CredentialsError(
        Problem(
            what=f"what {place} holds for crosspost is damaged",
            linkedin_has="nothing was sent",
            fix="store it again with 'crosspost auth login', or set LINKEDIN_ACCESS_TOKEN",
        )
    )
