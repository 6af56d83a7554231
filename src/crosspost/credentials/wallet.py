"""Everything secret that crosspost keeps for an account: its token, and the app that asks for tokens."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from crosspost.credentials.record import app_from, app_text, token_from, token_text
from crosspost.credentials.secret import App, Secret, Token, clean
from crosspost.credentials.sources import find_stored, keep, must_be_usable
from crosspost.errors import CredentialsError, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crosspost.credentials.prompt import Prompt
    from crosspost.credentials.sources import Store
    from crosspost.credentials.vault import Keyring

Place = Literal["keyring", "file"]

_ENVIRONMENT = ("CROSSPOST_LINKEDIN__ACCESS_TOKEN", "LINKEDIN_ACCESS_TOKEN")
CLIENT_ID = "LINKEDIN_CLIENT_ID"
CLIENT_SECRET = "LINKEDIN_CLIENT_SECRET"  # noqa: S105 the name of a variable

_VALUE = re.compile(r"[\x21-\x7e]+")  # RFC 6749, appendix A.1 and A.2, without the space that only a mistake brings


@dataclass(frozen=True, slots=True, kw_only=True)
class Wallet:
    """The sources in their order, and the places to keep things.

    Attributes:
        environ: Looked at first.
        keyring: The default place.
        file: The place for who asks for it.
        prompt: The last resort.
    """

    environ: Mapping[str, str]
    keyring: Keyring
    file: Store
    prompt: Prompt

    def token(self, account: str) -> Token:
        """Return the account's token: from the environment, else the keyring, else the file, else what a person types.

        Raises:
            CredentialsError: There is none, it cannot be one, or the keyring failed and no file has one.
        """
        return self.known_token(account) or Token(clean(self.prompt.ask(account), "the prompt"), "prompt")

    def known_token(self, account: str) -> Token | None:
        """Return the account's token without asking a person; None for none.

        Raises:
            CredentialsError: What was found cannot be used, or the keyring failed.
        """
        if name := self.in_environment():
            return Token(clean(self.environ[name], name), f"environment {name}")
        return self.kept_token(account)

    def in_environment(self) -> str | None:
        """Return the name of the variable that holds a token, stronger than everything that is kept."""
        # CI systems set a missing secret to nothing
        return next((name for name in _ENVIRONMENT if self.environ.get(name, "").strip()), None)

    def kept_token(self, account: str) -> Token | None:
        """Return the token that keyring or file keep, None for none. Neither environment nor person are asked.

        Raises:
            CredentialsError: What was found cannot be used, or the keyring failed.
        """
        stored = find_stored(account, self.keyring, self.file)
        return token_from(*stored) if stored else None

    def place_of(self, account: str) -> Place | None:
        """Return where the account's token is kept; None where it is not."""
        token = self.kept_token(account)
        if token is None:
            return None
        return "keyring" if token.source.startswith("keyring") else "file"

    def must_keep(self, place: Place) -> None:
        """Raise `CredentialsError`, naming the choices, where this machine has no such place."""
        must_be_usable(self._store(place))

    def keep_token(self, account: str, token: Token, place: Place) -> str:
        """Keep a token in one place and remove it from the other. Return the name of the place.

        Raises:
            CredentialsError: It could not be stored.
        """
        keep(account, token_text(token), self._store(place))
        self._remove(account, "file" if place == "keyring" else "keyring")
        return f"{place} ({self._store(place).name})"

    def app(self, account: str, *, with_secret: bool) -> App:
        """Return the account's app, asking a person for what is not known.

        Args:
            account: Whose app.
            with_secret: False for a native app, which has none.

        Raises:
            CredentialsError: Nobody can be asked, or what was found cannot be used.
        """
        known = self.known_app(account)
        client_id = known.client_id if known else self.prompt.answer("Client ID of your LinkedIn app", hidden=False)
        secret = known.secret.reveal() if known and known.secret else None
        if with_secret and not secret:
            secret = self.prompt.answer("Client secret of your LinkedIn app", hidden=True)
        source = known.source if known and (known.secret or not with_secret) else "prompt"
        return _checked(client_id, secret if with_secret else None, source)

    def known_app(self, account: str) -> App | None:
        """Return the account's app as far as environment, keyring or file know it, without asking anybody.

        Raises:
            CredentialsError: What was found cannot be used, or the keyring failed.
        """
        client_id = self.environ.get(CLIENT_ID, "").strip()
        secret = self.environ.get(CLIENT_SECRET, "").strip() or None
        if client_id and secret:
            return _checked(client_id, secret, f"environment {CLIENT_ID}")
        stored = find_stored(_app_key(account), self.keyring, self.file)
        app = app_from(*stored) if stored else None
        if client_id and not (app and app.client_id == client_id):
            return _checked(client_id, None, f"environment {CLIENT_ID}")
        return App(app.client_id, Secret(secret), app.source) if app and secret else app

    def keep_app(self, account: str, app: App, place: Place) -> None:
        """Keep an app that a person typed.

        Raises:
            CredentialsError: It could not be stored.
        """
        keep(_app_key(account), app_text(app), self._store(place))
        self._remove(_app_key(account), "file" if place == "keyring" else "keyring")

    def forget(self, account: str) -> bool:
        """Forget token and app of an account in every place. Return whether there was a token.

        Raises:
            CredentialsError: A place does not work, and may still have them.
        """
        token, app = account, _app_key(account)
        found = False
        stores: tuple[Store, ...] = (self.file, self.keyring)
        for store in stores:
            if store.name is not None:
                found |= store.delete(token)
                store.delete(app)
        return found

    def _store(self, place: Place) -> Store:
        return self.keyring if place == "keyring" else self.file

    def _remove(self, key: str, place: Place) -> None:
        """Remove what a newer value in the other place replaces; a place that does not work has nothing that could be used."""
        with suppress(CredentialsError):
            if self._store(place).name is not None:
                self._store(place).delete(key)


def _app_key(account: str) -> str:
    return f"{account} (app)"


def _checked(client_id: str, secret: str | None, source: str) -> App:
    for name, value in (("client ID", client_id), ("client secret", secret)):
        if value is not None and not _VALUE.fullmatch(value.strip()):
            raise CredentialsError(
                Problem(
                    what=f"the {name} from {source} is empty or has a character that none has",
                    linkedin_has="nothing was sent",
                    fix=f"copy it from the page Auth of your app in LinkedIn's developer portal; {CLIENT_ID} and {CLIENT_SECRET} hold it in CI",
                )
            )
    return App(client_id.strip(), Secret(secret.strip()) if secret else None, source)
