"""The reference pages say what the command line and the settings say."""

import sys

import pytest

from conftest import ROOT
from crosspost.cli import crosspost, main
from crosspost.settings.schema import Tables

sys.path.insert(0, str(ROOT / "scripts"))
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
                assert line.replace("\\|", "").count("|") in {3, 4}, line


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
