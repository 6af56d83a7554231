"""What is kept for an account: where, in which order, and that it comes back as it was."""

import json
import os
import stat
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crosspost.credentials import App, FileStore, Keyring, NoPrompt, Secret, Token, Wallet
from crosspost.credentials.record import app_from, app_text, token_from, token_text
from crosspost.errors import CredentialsError

MOMENT = datetime(2027, 1, 21, 9, 0, tzinfo=UTC)
TOKEN = "AQXmarked-token_" + "x" * 1400  # longer than a part of the keyring
FULL = Token(
    Secret(TOKEN), "LinkedIn", MOMENT, ("openid", "w_member_social"), Secret("AQYmarked"), MOMENT, "urn:li:person:a"
)


class Vault:
    name = "SecretService Keyring"

    def __init__(self):
        self.kept = {}
        self.broken = False

    def _check(self):
        if self.broken:
            raise RuntimeError("locked")

    def get_password(self, _service, user):
        self._check()
        return self.kept.get(user)

    def set_password(self, _service, user, password):
        self._check()
        assert len(password) <= 1000
        self.kept[user] = password

    def delete_password(self, _service, user):
        self._check()
        del self.kept[user]


class Person:
    def __init__(self, **answers):
        self.answers = answers
        self.asked = []

    def answer(self, question, *, hidden):
        self.asked.append(question)
        return self.answers["secret" if hidden else "id"]


@pytest.fixture
def vault():
    return Vault()


@pytest.fixture
def file(tmp_path):
    return FileStore(lambda: tmp_path / "state" / "credentials")


@pytest.fixture
def wallet(vault, file):
    def make(environ=None, prompt=None):
        return Wallet(environ=environ or {}, keyring=Keyring(lambda: vault), file=file, prompt=prompt or NoPrompt())

    return make


def plain(token):
    """Return what a token holds, so that two can be compared."""
    refresh = token.refresh and token.refresh.reveal()
    return (token.value.reveal(), token.expires_at, token.scopes, refresh, token.refresh_expires_at, token.author)


# --- how it is written down --------------------------------------------------------------------------------------


def test_everything_known_of_a_token_comes_back():
    assert plain(token_from(token_text(FULL), "x", "x")) == plain(FULL)


def test_a_token_of_which_nothing_is_known_stays_bare():
    assert token_text(Token(Secret("AQX"), "x")) == "AQX"


@pytest.mark.parametrize(
    "stored",
    ["{", "{}", "[1]", '{"access_token": 5.5e', '{"access_token": "with space"}', '{"access_token": null}', "{" * 9999],
)
def test_a_damaged_value_is_refused_without_being_repeated(stored):
    with pytest.raises(CredentialsError) as caught:
        token_from(stored + "AQXmarked", "the keyring", "x")
    assert "the keyring" in str(caught.value)
    assert "marked" not in str(caught.value)


@pytest.mark.parametrize("odd", [5, None, "soon", "2027-01-21", [], {}])
def test_an_odd_field_costs_no_token(odd):
    fields = {"access_token": "AQX", "expires_at": odd, "scopes": odd, "refresh_expires_at": odd, "author": odd}
    token = token_from(json.dumps(fields), "x", "x")
    assert (token.value.reveal(), token.expires_at) == ("AQX", None)


@given(st.text())
def test_any_stored_text_is_a_token_or_a_plain_refusal(text):
    for read in (token_from, app_from):
        with suppress(CredentialsError):
            read(text, "the keyring", "x")


def test_an_app_comes_back_with_or_without_a_secret():
    for secret in (Secret("WPL"), None):
        app = app_from(app_text(App("77", secret, "prompt")), "x", "keyring")
        assert (app.client_id, app.secret and app.secret.reveal(), app.source) == ("77", secret and "WPL", "keyring")


def test_neither_token_nor_app_shows_itself():
    assert "marked" not in f"{FULL} {FULL!r} {App('77', Secret('marked'), 'x')!r}"


# --- the order of the places ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", ["keyring", "file"])
def test_a_token_comes_back_from_its_place_with_all_that_is_known(wallet, place):
    source = wallet().keep_token("default", FULL, place)
    found = wallet().token("default")
    assert plain(found) == plain(FULL)
    assert found.source == source
    assert source.startswith(place)
    assert wallet().place_of("default") == place


def test_the_keyring_comes_before_the_file_and_the_environment_before_both(wallet, file, vault):
    file.set("default", "from-file")
    assert wallet().token("default").value.reveal() == "from-file"
    vault.kept["default"] = "from-keyring"
    assert wallet().token("default").value.reveal() == "from-keyring"
    environ = {"LINKEDIN_ACCESS_TOKEN": "from-environment"}
    assert wallet(environ).token("default").value.reveal() == "from-environment"
    assert wallet(environ).kept_token("default").value.reveal() == "from-keyring"


@pytest.mark.parametrize(("older", "newer"), [("keyring", "file"), ("file", "keyring")])
def test_a_newer_token_leaves_no_older_one_in_the_other_place(wallet, older, newer):
    wallet().keep_token("default", Token(Secret("older"), "x"), older)
    wallet().keep_token("default", Token(Secret("newer"), "x"), newer)
    assert wallet().token("default").value.reveal() == "newer"
    assert wallet().forget("default") is True
    assert wallet().kept_token("default") is None


def test_a_keyring_that_fails_is_no_error_where_a_file_has_the_token(wallet, file, vault):
    vault.broken = True
    with pytest.raises(CredentialsError, match="keyring"):
        wallet().token("default")
    wallet().keep_token("default", FULL, "file")
    assert wallet().token("default").value.reveal() == TOKEN


def test_a_keyring_that_fails_is_told_when_everything_should_be_forgotten(wallet, vault):
    """Otherwise a person would believe that the token is gone."""
    wallet().keep_token("default", FULL, "keyring")
    vault.broken = True
    with pytest.raises(CredentialsError):
        wallet().forget("default")


def test_forgetting_takes_the_app_along_and_leaves_other_accounts(wallet, vault):
    for account in ("default", "company"):
        wallet().keep_token(account, FULL, "keyring")
        wallet().keep_app(account, App("77", Secret("WPL"), "prompt"), "keyring")
    assert wallet().forget("default") is True
    assert wallet().forget("default") is False
    assert all(user.startswith("company") for user in vault.kept)
    assert wallet().token("company").value.reveal() == TOKEN


# --- the app -----------------------------------------------------------------------------------------------------


ENVIRON = {"LINKEDIN_CLIENT_ID": " 77env\n", "LINKEDIN_CLIENT_SECRET": "WPLenv"}


def shown(app):
    return (app.client_id, app.secret and app.secret.reveal(), app.source)


def test_the_app_of_the_environment_comes_first(wallet):
    wallet().keep_app("default", App("77kept", Secret("WPLkept"), "prompt"), "keyring")
    assert shown(wallet(ENVIRON).app("default", with_secret=True)) == (
        "77env",
        "WPLenv",
        "environment LINKEDIN_CLIENT_ID",
    )
    assert shown(wallet().app("default", with_secret=True)) == ("77kept", "WPLkept", "keyring (SecretService)")


def test_the_secret_of_another_app_is_never_used(wallet):
    wallet().keep_app("default", App("77kept", Secret("WPLkept"), "prompt"), "keyring")
    only_id = {"LINKEDIN_CLIENT_ID": "77env"}
    assert wallet(only_id).known_app("default").secret is None
    same_id = {"LINKEDIN_CLIENT_ID": "77kept"}
    assert wallet(same_id).known_app("default").secret.reveal() == "WPLkept"


def test_a_person_is_asked_only_for_what_is_missing(wallet):
    person = Person(id="77typed", secret="WPLtyped\n")
    assert shown(wallet(prompt=person).app("default", with_secret=True)) == ("77typed", "WPLtyped", "prompt")
    assert len(person.asked) == 2
    person.asked.clear()
    app = wallet({"LINKEDIN_CLIENT_ID": "77env"}, person).app("default", with_secret=True)
    assert (app.client_id, person.asked) == ("77env", ["Client secret of your LinkedIn app"])


def test_a_native_app_has_no_secret_even_where_one_is_known(wallet):
    assert wallet(ENVIRON).app("default", with_secret=False).secret is None


@pytest.mark.parametrize(
    "typed", [{"id": "", "secret": "x"}, {"id": "77", "secret": " "}, {"id": "7 marked", "secret": "x"}]
)
def test_an_app_that_cannot_be_one_is_refused_without_being_repeated(wallet, typed):
    with pytest.raises(CredentialsError, match="developer portal") as caught:
        wallet(prompt=Person(**typed)).app("default", with_secret=True)
    assert "marked" not in str(caught.value)


# --- files -----------------------------------------------------------------------------------------------------------


def test_a_file_and_its_folder_are_the_owners_alone_whatever_the_umask(file):
    before = os.umask(0)
    try:
        file.set("default", "AQX")
    finally:
        os.umask(before)
    (path,) = file._folder().iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644, 0o602])
def test_a_file_that_others_may_read_or_change_is_refused(file, mode):
    file.set("default", "AQXmarked")
    (path,) = file._folder().iterdir()
    path.chmod(mode)
    with pytest.raises(CredentialsError, match="chmod 600") as caught:
        file.get("default")
    assert "marked" not in str(caught.value)


def test_a_link_is_not_followed(file, tmp_path):
    file.set("default", "AQX")
    (path,) = file._folder().iterdir()
    target = tmp_path / "elsewhere"
    path.rename(target)
    path.symlink_to(target)
    with pytest.raises(CredentialsError, match="could not read"):
        file.get("default")


def test_what_is_no_file_is_told_plainly(file):
    file.set("default", "AQX")
    (path,) = file._folder().iterdir()
    path.unlink()
    path.mkdir(mode=0o700)
    with pytest.raises(CredentialsError, match="could not read"):
        file.get("default")


@pytest.mark.parametrize("account", ["default", "../../etc/passwd", "a/b", "..", "née", "a (app)", "C:\\x"])
def test_any_account_name_is_one_file_in_the_folder(file, account):
    file.set(account, "AQX")
    assert file.get(account) == "AQX"
    (path,) = file._folder().iterdir()
    assert path.parent == file._folder()
    assert file.delete(account) is True
    assert file.delete(account) is False
    assert file.get(account) is None


def test_a_write_that_fails_leaves_the_older_value_and_nothing_else(file, monkeypatch):
    file.set("default", "older")

    def fail(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(CredentialsError, match="No space left"):
        file.set("default", "newer")
    assert file.get("default") == "older"
    assert len(list(file._folder().iterdir())) == 1


def test_a_folder_that_cannot_be_made_is_told_plainly(tmp_path):
    (tmp_path / "taken").write_text("")
    store = FileStore(lambda: tmp_path / "taken" / "credentials")
    assert store.get("default") is None
    with pytest.raises(CredentialsError, match="could not write"):
        store.set("default", "AQX")
