"""Where the token comes from, and that it shows itself nowhere."""

import copy
import io
import logging
import pickle
import sys
import types
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crosspost.credentials import (
    FileStore,
    Keyring,
    NoPrompt,
    Secret,
    TerminalPrompt,
    Wallet,
    clean,
)
from crosspost.credentials.sources import keep, must_be_usable
from crosspost.errors import CredentialsError
from crosspost.linkedin.redact import RedactingFilter, Redactor

TOKEN = "AQXmarked-TOKEN_0123456789"
LONG = "".join(f"{n:04}" for n in range(1200))  # 4,800 characters, no two parts alike


class Vault:
    """A keyring back end in memory."""

    name = "SecretService Keyring"
    longest = 10_000

    def __init__(self):
        self.kept = {}

    def get_password(self, service, username):
        return self.kept.get((service, username))

    def set_password(self, service, username, password):
        if len(password) > self.longest:
            raise OSError(1783, "CredWrite", f"The stub received bad data: {password}")
        self.kept[service, username] = password

    def delete_password(self, service, username):
        del self.kept[service, username]


class WindowsVault(Vault):
    name = "Windows WinVaultKeyring"
    longest = 1280


class Broken:
    name = "Broken Keyring"

    def _fail(self, *_args):
        raise RuntimeError(f"locked; you gave me {TOKEN}")

    get_password = set_password = delete_password = _fail


class Answers:
    """A prompt at which somebody types."""

    def __init__(self, typed):
        self.typed = typed
        self.asked = []

    def ask(self, account):
        self.asked.append(account)
        return self.typed


@pytest.fixture
def vault():
    return Vault()


@pytest.fixture
def keyring(vault):
    return Keyring(lambda: vault)


def find(environ=None, keyring=None, prompt=None, account="default"):
    nowhere, keyring, prompt = FileStore(lambda: Path("/nowhere")), keyring or Keyring(Vault), prompt or NoPrompt()
    return Wallet(environ=environ or {}, keyring=keyring, file=nowhere, prompt=prompt).token(account)


# --- the order of the sources ------------------------------------------------------------------------------------


def test_the_environment_wins_over_the_keyring(keyring):
    keep("default", "from-keyring", keyring)
    token = find({"LINKEDIN_ACCESS_TOKEN": TOKEN}, keyring)
    assert (token.value.reveal(), token.source) == (TOKEN, "environment LINKEDIN_ACCESS_TOKEN")


def test_the_projects_own_name_wins_over_the_common_one():
    environ = {"LINKEDIN_ACCESS_TOKEN": "common", "CROSSPOST_LINKEDIN__ACCESS_TOKEN": "own"}
    token = find(environ)
    assert (token.value.reveal(), token.source) == ("own", "environment CROSSPOST_LINKEDIN__ACCESS_TOKEN")


@pytest.mark.parametrize("nothing", ["", "  \n"])
def test_an_empty_variable_is_as_good_as_none(keyring, nothing):
    keep("default", TOKEN, keyring)
    assert find({"LINKEDIN_ACCESS_TOKEN": nothing}, keyring).source == "keyring (SecretService)"


def test_the_keyring_is_asked_before_the_person(keyring):
    keep("default", TOKEN, keyring)
    prompt = Answers("typed")
    assert find(keyring=keyring, prompt=prompt).value.reveal() == TOKEN
    assert prompt.asked == []


def test_the_person_is_asked_last(keyring):
    prompt = Answers(f"  {TOKEN}\n")
    token = find(keyring=keyring, prompt=prompt, account="company")
    assert (token.value.reveal(), token.source, prompt.asked) == (TOKEN, "prompt", ["company"])


def test_the_environment_answers_without_opening_the_keyring():
    def fail():
        raise AssertionError("the keyring was opened")

    assert find({"LINKEDIN_ACCESS_TOKEN": TOKEN}, Keyring(fail)).value.reveal() == TOKEN


def test_accounts_have_tokens_of_their_own(keyring):
    keep("company", "other", keyring)
    keep("default", TOKEN, keyring)
    assert find(keyring=keyring, account="company").value.reveal() == "other"


def test_where_nobody_can_be_asked_the_error_names_the_choices(keyring):
    with pytest.raises(CredentialsError) as caught:
        find(keyring=keyring, account="company")
    problem = caught.value.problem
    assert "'company'" in problem.what
    assert problem.linkedin_has == "nothing was sent"
    assert "LINKEDIN_ACCESS_TOKEN" in problem.fix
    assert "crosspost auth login" in problem.fix


def test_the_terminal_prompt_does_not_echo_and_asks_on_standard_error(monkeypatch):
    asked = []
    monkeypatch.setattr("getpass.getpass", lambda question, stream: asked.append((question, stream)) or "typed")
    assert TerminalPrompt().ask("company") == "typed"
    assert asked == [("LinkedIn access token for company: ", sys.stderr)]


def test_an_end_of_input_at_the_prompt_is_a_missing_token(monkeypatch):
    def end(*_args, **_details):
        raise EOFError

    monkeypatch.setattr("getpass.getpass", end)
    with pytest.raises(CredentialsError, match="no LinkedIn access token"):
        TerminalPrompt().ask("default")


def test_nothing_typed_is_an_error():
    with pytest.raises(CredentialsError, match="empty"):
        find(prompt=Answers("  "))


# --- the keyring -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("token", ["short", "x" * 999, "x" * 1000, "x" * 1001, LONG])
@pytest.mark.parametrize("back_end", [Vault, WindowsVault])
def test_a_token_of_any_length_comes_back_whole(back_end, token):
    vault = back_end()
    keep("default", token, Keyring(lambda: vault))
    assert find(keyring=Keyring(lambda: vault)).value.reveal() == token


def test_a_short_token_is_kept_as_it_is_so_that_other_programs_can_set_it(vault, keyring):
    keep("default", TOKEN, keyring)
    assert vault.kept == {("crosspost", "default"): TOKEN}


@pytest.mark.parametrize("newer", ["short", LONG[:1500], LONG + "x" * 5000])
def test_a_newer_token_replaces_an_older_one_and_leaves_nothing_of_it(vault, keyring, newer):
    keep("default", LONG, keyring)
    keep("default", newer, keyring)
    assert keyring.get("default") == newer
    assert not any(part in LONG for part in vault.kept.values() if part not in newer and ":" not in part)
    keyring.delete("default")
    assert vault.kept == {}


@pytest.mark.parametrize("token", [TOKEN, LONG])
def test_a_forgotten_token_leaves_nothing(vault, keyring, token):
    keep("default", token, keyring)
    keep("company", "other", keyring)
    assert keyring.delete("default") is True
    assert list(vault.kept) == [("crosspost", "company")]
    assert keyring.delete("default") is False


@pytest.mark.parametrize("damage", ["lost", "old"])
def test_a_half_replaced_token_is_never_used(vault, keyring, damage):
    keep("default", LONG, keyring)
    if damage == "lost":
        del vault.kept["crosspost", "default (part 3)"]
    else:
        vault.kept["crosspost", "default (part 3)"] = "x" * 1000
    with pytest.raises(CredentialsError, match="incomplete"):
        find(keyring=keyring)


@pytest.mark.parametrize("kind", ["fail", "null"])
def test_a_machine_without_a_keyring_says_so_and_names_the_choices(monkeypatch, kind):
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", f"keyring.backends.{kind}.Keyring")
    monkeypatch.setattr("keyring.core._keyring_backend", None)
    with pytest.raises(CredentialsError) as caught:
        keep("default", TOKEN, Keyring())
    assert "no keyring" in caught.value.problem.what
    assert "LINKEDIN_ACCESS_TOKEN" in caught.value.problem.fix
    with pytest.raises(CredentialsError):
        must_be_usable(Keyring())


@pytest.mark.parametrize("kind", ["fail", "null"])
def test_a_machine_without_a_keyring_still_asks_the_person(monkeypatch, kind):
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", f"keyring.backends.{kind}.Keyring")
    monkeypatch.setattr("keyring.core._keyring_backend", None)
    assert find(keyring=Keyring(), prompt=Answers(TOKEN)).source == "prompt"


def test_a_keyring_that_cannot_even_be_loaded_is_told_plainly(monkeypatch):
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "no.such.Backend")
    monkeypatch.setattr("keyring.core._keyring_backend", None)
    with pytest.raises(CredentialsError, match="ModuleNotFoundError"):
        find(keyring=Keyring())


@pytest.mark.parametrize(
    "act",
    [
        lambda keyring: find(keyring=keyring),
        lambda keyring: keep("default", TOKEN, keyring),
        lambda keyring: keyring.delete("default"),
    ],
    ids=["find", "keep", "forget"],
)
def test_a_keyring_that_fails_is_told_plainly_and_without_the_token(act):
    with pytest.raises(CredentialsError) as caught:
        act(Keyring(Broken))
    assert "RuntimeError" in caught.value.problem.what
    assert TOKEN not in repr(caught.value.problem)
    assert caught.value.__suppress_context__


def test_a_keyring_that_keeps_nothing_is_noticed(keyring, vault):
    vault.set_password = lambda *_args: None
    with pytest.raises(CredentialsError, match="did not keep"):
        keep("default", TOKEN, keyring)


# --- what was pasted ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "pasted",
    [
        TOKEN,
        f"  {TOKEN}\r\n",
        f"Bearer {TOKEN}",
        f"bearer   {TOKEN}",
        f"Authorization: Bearer {TOKEN}",
        f'"{TOKEN}"',
        f"'Bearer {TOKEN}'",
        f"{TOKEN[:9]}\n  {TOKEN[9:]}",
        f"{TOKEN[:9]}\r\n{TOKEN[9:]}\n",
    ],
)
def test_what_is_around_a_pasted_token_is_taken_away(pasted):
    assert clean(pasted, "the prompt").reveal() == TOKEN


@pytest.mark.parametrize(
    ("pasted", "position"),
    [
        ("AQX one-two", 4),
        ("AQXnaïve", 6),
        ("AQX\0", 4),
        ("{AQX}", 1),
        ("A=B", 3),
        ("AQX\u200bone", 4),
        ("AQX…", 4),
        ("Ａ", 1),
    ],
)
def test_a_character_that_no_token_has_is_refused_by_its_place_alone(pasted, position):
    with pytest.raises(CredentialsError) as caught:
        clean(pasted, "environment X")
    assert f"position {position}" in str(caught.value)
    assert "environment X" in str(caught.value)
    assert pasted not in str(caught.value)
    assert "AQX" not in str(caught.value)


@pytest.mark.parametrize("token", ["a", "a-._~+/b==", "A1" * 700])
def test_every_character_of_a_bearer_token_is_fine(token):
    assert clean(token, "x").reveal() == token


@given(st.text())
def test_anything_pasted_is_a_clean_token_or_a_plain_refusal(text):
    try:
        value = clean(text, "x").reveal()
    except CredentialsError:
        return
    assert value.isascii()
    assert not any(char.isspace() for char in value)
    assert clean(value, "x").reveal() == value


# --- nothing shows it --------------------------------------------------------------------------------------------


def test_a_secret_does_not_show_itself():
    token = find({"LINKEDIN_ACCESS_TOKEN": TOKEN})
    shown = [
        repr(token),
        str(token),
        f"{token}",
        f"{token.value}",
        f"{token.value!r:>40}",
        "{} {!r}".format(token, token.value),  # noqa: UP032 this way of formatting is what is tested
    ]
    assert not any(TOKEN in text for text in shown)


@pytest.mark.parametrize("act", [pickle.dumps, copy.copy, copy.deepcopy])
def test_a_secret_is_neither_pickled_nor_copied(act):
    with pytest.raises(TypeError):
        act(Secret(TOKEN))


def test_a_secret_has_no_other_way_in():
    assert not hasattr(Secret(TOKEN), "__dict__")


@pytest.fixture
def log():
    """A logger with a filter that knows the token, and what it wrote."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(RedactingFilter(Redactor(TOKEN, "s3cr3t/x+y==")))
    logger = logging.getLogger("crosspost.test")
    logger.addHandler(handler)
    yield types.SimpleNamespace(logger=logger, handler=handler, text=stream.getvalue)
    logger.removeHandler(handler)


@pytest.mark.parametrize(
    ("message", "args"),
    [
        (f"token {TOKEN}", ()),
        ("token %s", (TOKEN,)),
        ("headers %r", ({"Authorization": f"Bearer {TOKEN}"},)),
        ("bytes %r", (f"Bearer {TOKEN}".encode(),)),
        ("form token=%s", ("s3cr3t%2Fx%2By%3D%3D",)),
        ("too few %s %s", (TOKEN,)),
        ({"a": TOKEN}, ()),
    ],
)
def test_no_log_line_has_a_secret(log, message, args):
    log.logger.warning(message, *args)
    assert "[hidden]" in log.text()
    assert TOKEN not in log.text()
    assert "s3cr3t" not in log.text()


def test_no_traceback_in_the_log_has_a_secret(log):
    try:
        int(f"Bearer {TOKEN}")
    except ValueError:
        log.logger.exception("it failed")
    assert "'Bearer [hidden]'" in log.text()
    assert TOKEN not in log.text()


def test_a_handler_that_formats_tracebacks_itself_gets_none_with_a_secret():
    keep = RedactingFilter(Redactor(TOKEN))
    for text, kept in [(TOKEN, False), ("harmless", True)]:
        error = (ValueError, ValueError(text), None)
        record = logging.LogRecord("x", logging.ERROR, "x.py", 1, "failed", None, error)
        assert keep.filter(record) is True
        assert (record.exc_info is not None) is kept


def test_no_extra_field_of_a_record_has_a_secret(log):
    log.handler.setFormatter(logging.Formatter("%(message)s %(url)s"))
    log.logger.warning("sent", extra={"url": f"https://x?t={TOKEN}"})
    assert log.text() == "sent https://x?t=[hidden]\n"


def test_other_log_lines_stay_as_they_are(log):
    log.logger.warning("published %s of %d", "post", 3)
    assert log.text() == "published post of 3\n"


def test_a_secret_learned_later_is_hidden_from_then_on():
    redact = Redactor()
    redact.add(TOKEN)
    assert redact(f"x {TOKEN}") == "x [hidden]"
    assert redact.in_bytes(f"x {TOKEN}".encode()) == b"x [hidden]"
    assert TOKEN not in repr(redact)


def test_the_longer_of_two_secrets_is_hidden_whole():
    assert Redactor("abcd", "abcdefgh")("abcdefgh") == "[hidden]"


def test_an_empty_secret_hides_nothing():
    assert Redactor("")("text") == "text"
