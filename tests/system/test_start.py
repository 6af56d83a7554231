"""What a start costs, counted: the modules that a command imports."""

import gc
import json
import subprocess
import sys
from importlib.util import find_spec

import pytest

# What publishing, composing, keeping time, asking a person or another kind of ledger need, and a run with nothing to do does not.
HEAVY = {
    *("pydantic_settings", "dotenv", "httpx", "httpcore", "asyncio", "ssl", "apscheduler", "keyring", "PIL", "liquid"),
    *("ftfy", "regex", "pyromark", "rich", "stamina", "watchfiles", "psycopg", "apprise", "starlette", "uvicorn"),
    *("crosspost.compose.draft", "crosspost.compose.little_text", "crosspost.compose.render", "crosspost.text"),
    *("crosspost.linkedin.client", "crosspost.linkedin.answers", "crosspost.credentials.wallet", "crosspost.media"),
    *("crosspost.jekyll.plain_yaml", "crosspost.git", "crosspost.ledger.memory", "crosspost.ledger.postgres"),
    *("crosspost.sandbox", "subprocess", "crosspost.pipeline.send", "crosspost.model.answer", "crosspost.model.draft"),
    *(
        "crosspost.model.media",
        "crosspost.model.records",
        "crosspost.jekyll.attachments",
        "crosspost.schedule.forecast",
    ),
    *("crosspost.ledger.transfer", "crosspost.ledger.postgres_address", "crosspost.credentials.secret"),
    *("crosspost.telling", "crosspost.linkedin.body", "html", "importlib.metadata", "zipfile", "email"),
}
PROGRAM = """
import gc, json, re._compiler, sys
from crosspost.__main__ import main
listed, optimize = 0, re._compiler._optimize_charset
def counting(charset, *more):
    global listed
    ranges = [bounds for kind, bounds in charset if kind is re._compiler.RANGE]
    listed += sum(min(last, 0xffff) + 1 - first for first, last in ranges if first <= 0xffff)
    return optimize(charset, *more)
re._compiler._optimize_charset = counting
threshold = gc.set_threshold
gc.set_threshold = lambda *many: (collections.append(sum(of["collections"] for of in gc.get_stats())), threshold(*many))
collections = []
try:
    main()
    assert sys.argv[1:] == ["--version"]
except SystemExit as end:
    assert not end.code, end.code
    assert gc.get_freeze_count() > 10_000, "nothing is exempt from the last look for garbage"
gc.set_threshold(700, 10, 10)
imported = [name for name, module in sys.modules.items() if module]
cost = {"imported": imported, "listed": listed}
sys.stderr.write("\\n" + json.dumps(cost | {"collections": collections}))
"""


def start(*arguments, folder):
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments], cwd=folder, capture_output=True, text=True, check=True
    )
    return json.loads(done.stderr.splitlines()[-1])


def imported_by(*arguments, folder):
    return set(start(*arguments, folder=folder)["imported"])


@pytest.fixture
def publishing(site, sandbox):
    """What a start costs that publishes a post of plain words."""
    site.point_to(sandbox)
    site.post("hello", "Text.")
    cost = start("publish", "--quiet", folder=site.folder)
    assert len(sandbox.posts) == 1
    return cost


def test_a_run_with_nothing_due_imports_nothing_that_it_does_not_use(site):
    site.configure("since = 2026-01-01\n")
    site.run("publish")  # makes the ledger, once in its life
    imported = imported_by("publish", "--due", "--quiet", folder=site.folder)
    assert "crosspost.pipeline.publish" in imported
    assert imported & HEAVY == set()


def test_pydantic_settings_is_there_for_variables_alone(site, monkeypatch):
    site.post("hello", "Text.")
    site.run("publish")
    assert "pydantic_settings" not in imported_by("publish", folder=site.folder)
    monkeypatch.setenv("CROSSPOST_TEXT__LIMIT", "1000")
    assert "pydantic_settings" in imported_by("publish", folder=site.folder)


def test_a_run_that_publishes_imports_no_other_program_and_no_sign_in(publishing):
    """httpx brings its command line along where rich is installed, as it is here."""
    assert find_spec("rich")
    imported = set(publishing["imported"])
    assert {"httpx", "crosspost.compose.render"} <= imported
    strangers = {"rich", "pygments", "httpx._main", "http.server", "crosspost.signin.login", "crosspost.linkedin.oauth"}
    assert imported & (strangers | {"importlib.metadata"}) == set()
    assert imported & {f"crosspost.linkedin.{name}" for name in ("uploads", "comments", "changes", "listing")} == set()


def test_pydantic_looks_for_plugins_where_somebody_wants_it_to(site, monkeypatch):
    """That reads the metadata of every installed package."""
    monkeypatch.setenv("PYDANTIC_DISABLE_PLUGINS", "one-of-many")
    assert "importlib.metadata" in imported_by("publish", "--due", "--quiet", folder=site.folder)


def test_whoever_wants_more_of_pydantics_search_for_plugins_gets_it():
    asked = "from pydantic.plugin._loader import get_plugins, PYDANTIC_ENTRY_POINT_GROUP as group"
    program = f"import crosspost.__main__ as main; main._leave_out(); {asked}; print(group, get_plugins())"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "pydantic ()\n"


def test_a_run_that_publishes_compiles_no_large_set_of_characters_for_clean_text(publishing):
    """Python's `re` lists a set below U+10000 one by one, twice: 2 to 4 ms for a set of most of them."""
    assert publishing["listed"] < 6 * 0x10000  # two: PyYAML's own, and the one that knows clean text


def test_no_command_that_ends_soon_stops_to_look_for_garbage(publishing):
    """Counted from where the look is put off to the end, with what the command makes in between."""
    put_off, ended = publishing["collections"]
    assert ended == put_off


@pytest.mark.parametrize("command", ["daemon", "sandbox"])
def test_what_runs_until_it_is_stopped_looks_for_garbage_as_python_does(site, monkeypatch, command):
    seen = []

    def stop(*_arguments, **_named):
        seen.append(gc.get_threshold())
        raise KeyboardInterrupt

    monkeypatch.setattr("crosspost.daemon.service.Daemon.run", stop)
    monkeypatch.setattr("crosspost.sandbox.Sandbox.start", stop)
    python = gc.get_threshold()
    gc.set_threshold(200_000)
    try:
        site.run(command)
    finally:
        gc.set_threshold(*python)
        gc.unfreeze()
    assert seen == [(700, 10, 10)]


def test_the_version_costs_no_module_but_two_of_ours(site):
    imported = imported_by("--version", folder=site.folder)
    assert {name for name in imported if name.startswith("crosspost")} == {"crosspost", "crosspost.__main__"}
    assert imported & (HEAVY | {"click", "pydantic", "pydantic_settings", "typing", "dataclasses", "logging"}) == set()
