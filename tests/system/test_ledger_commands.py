"""`crosspost ledger`: from a file to a server and back, and what is refused."""

import json
import sqlite3
from contextlib import closing

import pytest

from crosspost.errors import ExitCode


@pytest.fixture
def published(site, sandbox):
    """A site with one published post, its ledger in a file."""
    site.point_to(sandbox)
    site.monkeypatch.setenv("CROSSPOST_LEDGER__URL", "sqlite:///ledger.db")
    site.post("hello", "The one text.\n")
    assert site.run("publish", "--due").code == 0
    return site


def export(site, name="export.jsonl"):
    result = site.run("ledger", "export")
    assert result.code == 0
    (site.folder / name).write_text(result.out, encoding="utf-8")
    return result.lines


def test_a_ledger_moves_to_a_server_and_no_post_goes_out_again(published, sandbox, postgres):
    lines = export(published)
    assert [line["kind"] for line in lines[:2]] == ["ledger", "step"]
    for path in (published.folder / "_posts").iterdir():  # the file forgets: the ledger alone knows now
        text = path.read_text(encoding="utf-8")
        path.write_text("".join(line for line in text.splitlines(True) if "linkedin_url" not in line), encoding="utf-8")
    published.monkeypatch.setenv("CROSSPOST_LEDGER__URL", postgres.url(postgres.database()))
    imported = published.run("ledger", "import", "export.jsonl")
    assert (imported.code, imported.out) == (0, "imported: 1 entry, 4 steps\n")
    assert published.run("publish", "--due").code == 0
    assert len(sandbox.posts) == 1
    again = export(published, "again.jsonl")
    assert [line for line in again if line["kind"] == "step"][:4] == [line for line in lines if line["kind"] == "step"]
    assert published.run("ledger", "check", "--json").lines == [{"outcome": "sound", "entries": 1, "steps": 5}]


def test_an_import_into_a_ledger_that_knows_the_post_changes_nothing(published):
    before = export(published)
    result = published.run("ledger", "import", "export.jsonl")
    assert result.code == ExitCode.USAGE
    assert "contradict" in result.err
    assert export(published) == before


@pytest.mark.parametrize("text", ["", "hello\n", '{"kind": "entry"}\n', "[1]\n", "\xff", "[" * 100_000])
def test_a_file_that_is_no_export_is_refused(published, text):
    (published.folder / "export.jsonl").write_text(text, encoding="latin-1")
    result = published.run("ledger", "import", "export.jsonl")
    assert result.code == ExitCode.USAGE
    assert "no sound export" in result.err


def test_a_cut_off_export_is_refused(published):
    lines = export(published)
    cut = "".join(json.dumps(line) + "\n" for line in lines[:-3])
    (published.folder / "export.jsonl").write_text(cut, encoding="utf-8")
    published.monkeypatch.setenv("CROSSPOST_LEDGER__URL", "sqlite:///new.db")
    assert published.run("ledger", "import", "export.jsonl").code == ExitCode.USAGE


def test_a_ledger_that_somebody_has_tampered_with_is_damaged(published):
    assert published.run("ledger", "check").out == "sound: 1 entry, 4 steps\n"
    with closing(sqlite3.connect(published.folder / "ledger.db")) as db:
        db.execute(
            "INSERT INTO history (site, account, post, after, at, owner, token, author, text_digest)"
            " SELECT site, account, post, 'claimed', claimed_at, owner, token, author, text_digest FROM entry"
        )
        db.commit()
    result = published.run("ledger", "check")
    assert result.code == ExitCode.LEDGER
    assert "damaged" in result.err
    assert "do not delete" in result.err


def test_a_wrong_password_is_exit_5_and_appears_nowhere(published, postgres):
    published.monkeypatch.setenv("CROSSPOST_LEDGER__URL", postgres.url(postgres.database(), password="hunter2"))
    for command in (["doctor"], ["publish", "--due", "--verbose"], ["ledger", "check", "--verbose"], ["status"]):
        result = published.run(*command)
        assert result.code == ExitCode.LEDGER, command
        assert "hunter2" not in result.out + result.err
        assert "password authentication failed" in result.out + result.err


def test_doctor_shows_where_the_ledger_is_without_the_password(published, postgres):
    database = postgres.database()
    published.monkeypatch.setenv("CROSSPOST_LEDGER__URL", postgres.url(database, options="?connect_timeout=5"))
    (line,) = [line for line in published.run("doctor", "--json").lines if line["check"] == "ledger"]
    assert line["ok"]
    assert line["detail"].endswith(f"127.0.0.1:{postgres.port}/{database}")
    assert "marked" not in json.dumps(line)


def test_only_this_site_leaves_the_ledger_where_others_will_read_it(published, sandbox):
    (published.folder / "_config.yml").write_text("url: https://other.example\npermalink: /:title/\n")
    published.post("second", "Of another client.")
    assert published.run("publish").code == 0
    published.configure((published.folder / "crosspost.toml").read_text() + "[schedule]\napprove = true\n")
    path = published.post("third", "Of another client, too.")
    assert published.run("approve", str(path)).code == 0
    (published.folder / "_config.yml").write_text("url: https://blog.example\npermalink: /:title/\n")

    everything = published.run("ledger", "export").lines
    ours = published.run("ledger", "export", "--this-site").lines
    assert any("other.example" in str(line) for line in everything)
    assert not any("other.example" in str(line) or "second" in str(line) or "third" in str(line) for line in ours)
    assert {line["kind"] for line in ours} >= {"ledger", "entry", "step", "spending"}
    (published.folder / "ours.jsonl").write_text("\n".join(map(json.dumps, ours)))
    published.monkeypatch.setenv("CROSSPOST_LEDGER__URL", "sqlite:///new.db")
    assert published.run("ledger", "import", "ours.jsonl").code == 0
    assert published.run("ledger", "check").code == 0
