"""What a start costs, counted: the modules that a command imports."""

import subprocess
import sys

# What publishing, composing, keeping time, asking a person or another kind of ledger need, and a run with nothing to do does not.
HEAVY = {
    *("pydantic_settings", "dotenv", "httpx", "httpcore", "asyncio", "ssl", "apscheduler", "keyring", "PIL", "liquid"),
    *("ftfy", "regex", "pyromark", "rich", "stamina", "watchfiles", "psycopg", "apprise", "starlette", "uvicorn"),
    *("crosspost.compose.draft", "crosspost.compose.little_text", "crosspost.compose.render", "crosspost.text"),
    *("crosspost.linkedin.client", "crosspost.linkedin.answers", "crosspost.credentials.wallet", "crosspost.media"),
    *("crosspost.jekyll.plain_yaml", "crosspost.git", "crosspost.ledger.memory", "crosspost.ledger.postgres"),
    *("crosspost.sandbox", "subprocess"),
}
PROGRAM = """
import gc, sys
from crosspost.__main__ import main
try:
    main()
    assert sys.argv[1:] == ["--version"]
except SystemExit as end:
    assert not end.code, end.code
    assert gc.get_freeze_count() > 10_000, "nothing is exempt from the last look for garbage"
sys.stderr.write("\\n".join(sys.modules))
"""


def imported_by(*arguments, folder):
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments], cwd=folder, capture_output=True, text=True, check=True
    )
    return set(done.stderr.splitlines())


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


def test_the_version_costs_no_module_but_two_of_ours(site):
    imported = imported_by("--version", folder=site.folder)
    assert {name for name in imported if name.startswith("crosspost")} == {"crosspost", "crosspost.__main__"}
    assert imported & (HEAVY | {"click", "pydantic", "pydantic_settings", "typing", "dataclasses", "logging"}) == set()
