"""What every test may use."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# CI machines are slow and shared: a deadline would measure them, not the code.
settings.register_profile("crosspost", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("crosspost")

ROOT = Path(__file__).parent.parent
TABLES = pytest.StashKey[list[tuple[str, str]]]()


def shared_folder() -> Path:
    """Real posts live beside the checkout; `CROSSPOST_SHARED` names another place."""
    return Path(os.environ.get("CROSSPOST_SHARED", ROOT.parent / "shared"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real posts; tests over it are skipped where it is missing."""
    folder = shared_folder()
    if not (folder / "corpus").is_dir():
        pytest.skip(f"real posts are not here ({folder.name}/corpus); set CROSSPOST_SHARED to their folder")
    return folder


def lacking(what):
    """Skip a test for want of a tool; in CI, where `.ci/run` installs it, fail."""
    if os.environ.get("CI"):
        pytest.fail(f"{what} is missing")
    pytest.skip(f"{what} is missing")


# The last ones make a command behave as on a CI machine, or git work somewhere else.
_OF_THE_USER = ("CROSSPOST_", "LINKEDIN_", "PG", "GITHUB_", "GITLAB_", "CI_", "GIT_")


@pytest.fixture(autouse=True)
def _nothing_of_the_user(tmp_path_factory, monkeypatch):
    """No test sees the settings, credentials or state of whoever runs it."""
    for name in list(os.environ):
        if name.startswith(_OF_THE_USER) and name != "CROSSPOST_SHARED":
            monkeypatch.delenv(name)
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(home / name.lower()))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")


@pytest.fixture(scope="session")
def postgres():
    """A PostgreSQL server, shared by all tests of a session."""
    from postgres_server import PostgresServer, binaries  # noqa: PLC0415 - only who asks for it needs psycopg

    folder = binaries()
    if folder is None:
        missing = "PostgreSQL is not installed: apt-get install postgresql"
        pytest.fail(missing) if os.environ.get("CI") == "true" else pytest.skip(missing)
    server = PostgresServer(folder)
    yield server
    server.close()


@pytest.fixture(scope="session")
def show_table(request):
    """Print a table of what was measured at the end of the test run: `show_table(title, text)`."""
    return lambda title, text: request.config.stash.setdefault(TABLES, []).append((title, text))


def pytest_sessionfinish(session):
    """A worker of a run in several processes hands its tables over."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["tables"] = session.config.stash.get(TABLES, [])


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node):
    node.config.stash.setdefault(TABLES, []).extend(getattr(node, "workeroutput", {}).get("tables", []))


def pytest_terminal_summary(terminalreporter, config):
    for title, text in config.stash.get(TABLES, []):
        terminalreporter.section(title)
        terminalreporter.write_line(text)
