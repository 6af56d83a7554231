"""Text in the cells of a terminal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crosspost.report.cells import padded, width, wrapped
from crosspost.report.style import PLAIN, Style, has_colour

words = st.text(st.sampled_from("ab 日本é🚀ا"), max_size=60)


@given(words, st.integers(2, 20))
def test_no_row_is_too_wide_and_no_character_is_lost(text, cells):
    rows = wrapped(text, cells)
    assert all(width(row) <= cells for row in rows)
    assert "".join("".join(rows).split()) == "".join(text.split())


@given(words, st.integers(1, 20))
def test_padding_fills_the_cells(text, extra):
    assert width(padded(text, width(text) + extra)) == width(text) + extra


def test_an_empty_line_stays_a_line():
    assert wrapped("", 10) == [""]


@pytest.mark.parametrize(
    ("environ", "is_terminal", "expected"),
    [
        ({}, True, True),
        ({}, False, False),
        ({"NO_COLOR": "1"}, True, False),
        ({"NO_COLOR": ""}, True, True),
        ({"TERM": "dumb"}, True, False),
    ],
)
def test_colour_is_for_terminals_that_know_it(environ, is_terminal, expected):
    assert has_colour(environ, is_terminal=is_terminal) is expected


def test_each_line_carries_its_own_colour():
    assert Style(colour=True).bad("a\n\nb") == "\x1b[31ma\x1b[0m\n\n\x1b[31mb\x1b[0m"
    assert PLAIN.bad("a\nb") == "a\nb"
