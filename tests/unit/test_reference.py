"""The reference pages say what the command line and the settings say."""

import json
import re
import sys
import tomllib

import pytest

from conftest import ROOT
from crosspost.cli import crosspost, main
from crosspost.settings.load import load
from crosspost.settings.schema import Tables

sys.path.insert(0, str(ROOT / "scripts"))
import generate_picture
import generate_reference


@pytest.mark.parametrize("page", generate_reference.PAGES, ids=lambda page: page.stem)
def test_a_reference_page_is_current(page):
    made = generate_reference.PAGES[page]()
    assert page.read_text(encoding="utf-8") == made, "run scripts/generate_reference.py --write"


@pytest.mark.parametrize("command", crosspost.list_commands(None))
def test_every_command_has_a_chapter(command):
    assert f"\n## crosspost {command}" in generate_reference.commands_page()


def test_every_setting_has_a_row():
    chapters = generate_reference.settings_page().split("\n## ")
    for name, field in Tables.model_fields.items():
        keys = getattr(field.annotation, "model_fields", {})
        if not keys:
            continue
        (chapter,) = (one for one in chapters if one.startswith(f"[{name}]"))
        for key in keys:
            assert f"| `{key}` |" in chapter or f"[{name}.{key}]" in "".join(chapters), (name, key)


def test_every_row_has_its_meaning_in_one_cell():
    for page in generate_reference.PAGES.values():
        for line in page().splitlines():
            if line.startswith("| `") and "|---" not in line:
                assert line.replace("\\|", "").count("|") in {3, 6}, line


ROWS = [
    [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
    for line in generate_reference.settings_page().splitlines()
    if line.startswith("| `")
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[4].strip("`"))
def test_each_variable_of_the_reference_sets_its_setting_to_the_default_that_it_shows(row, tmp_path, monkeypatch):
    key, _, default, _, variable = (cell.strip("`") for cell in row)
    value = tomllib.loads(f"x = {default.removeprefix('for example `')}")["x"]
    if variable.endswith("HASHTAG_MAP"):
        value = {key.strip('"'): value}
    text = value if isinstance(value, str) else json.dumps(value, default=str)
    monkeypatch.setenv(variable, text.strip('"'))
    if "__COMPANY__" in variable:
        monkeypatch.setenv("CROSSPOST_ACCOUNTS__COMPANY__WRITEBACK__KEY", "another_key")
        monkeypatch.setenv(variable, text)
    loaded = load(tmp_path)
    path = tuple(variable.removeprefix("CROSSPOST_").lower().split("__"))
    assert loaded.origins[(*path, key.strip('"')) if path[-1] == "hashtag_map" else path] == "environment"
    if not default.startswith("for example"):
        assert getattr(getattr(loaded.settings, path[0]), path[1]) == getattr(getattr(Tables(), path[0]), path[1])


def test_what_a_setting_takes_is_what_the_schema_says():
    page = generate_reference.settings_page()
    assert '| `visibility` | `"PUBLIC"`, `"CONNECTIONS"` or `"LOGGED_IN"` | `"PUBLIC"` |' in page
    assert "| `limit` | a whole number, at least 140, at most 4000 | `3000` |" in page
    assert '| `grace` | a number and a unit, for example `"90s"`, `"30m"`, `"12h"`, `"3d"`, `"1w"` | `"3d"` |' in page
    assert "| `slots` | a list of: a weekday and a time" in page


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_line_of_a_shell_gives_it_its_completion(shell, monkeypatch, capsys):
    monkeypatch.setenv("_CROSSPOST_COMPLETE", f"{shell}_source")
    with pytest.raises(SystemExit):
        main([])
    assert "_CROSSPOST_COMPLETE" in capsys.readouterr().out


def test_commands_and_options_are_completed(monkeypatch, capsys):
    def completed(words):
        monkeypatch.setenv("COMP_WORDS", words)
        monkeypatch.setenv("COMP_CWORD", str(len(words.split()) - 1))
        with pytest.raises(SystemExit):
            main([])
        return capsys.readouterr().out

    monkeypatch.setenv("_CROSSPOST_COMPLETE", "bash_complete")
    assert "plain,publish" in completed("crosspost pub")
    assert "plain,--dry-run" in completed("crosspost publish --dry")
    assert "file,_po" in completed("crosspost publish _po")


def test_the_picture_in_the_readme_shows_what_the_demo_prints_today():
    shown = generate_picture.PICTURE.read_text(encoding="utf-8")
    made = generate_picture.picture()
    assert generate_picture.normal(shown) == generate_picture.normal(made), "run scripts/generate_picture.py --write"
    assert "DAY" in generate_picture.normal(made)
    assert "URN" in generate_picture.normal(made)
