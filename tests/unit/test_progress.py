"""Watching long work changes nothing about it."""

import pytest

from crosspost.cli import progress
from crosspost.cli.options import Console
from crosspost.linkedin.redact import Redactor

CONSOLE = Console(json=False, quiet=False, verbose=False, config=None, redactor=Redactor())


@pytest.mark.parametrize("count", [0, 1, 19, 20, 40])
@pytest.mark.parametrize("announced", [0, 20, 30])
def test_every_item_comes_once_and_in_order_however_many_were_announced(capsys, monkeypatch, count, announced):
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    monkeypatch.delenv("TERM", raising=False)
    assert list(progress.watched(CONSOLE, iter(range(count)), announced)) == list(range(count))
    assert capsys.readouterr().out == ""


def test_what_goes_wrong_on_the_way_leaves_no_bar_behind(capsys, monkeypatch):
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    monkeypatch.delenv("TERM", raising=False)

    def broken():
        yield 1
        raise ValueError("on the way")

    with pytest.raises(ValueError, match="on the way"):
        list(progress.watched(CONSOLE, broken(), 30))
    assert capsys.readouterr().err.endswith("\r\x1b[K")
