"""Front matter is found as Jekyll finds it, to the byte."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crosspost.jekyll.envelope import BOM, FrontMatterNotClosed, split

# Jekyll's own expression, transcribed: lib/jekyll/document.rb, YAML_FRONT_MATTER_REGEXP. `$` and `\s` mean the same here.
JEKYLL = re.compile(rb"\A(---\s*\n.*?\n?)^((---|\.\.\.)\s*$\n?)", re.DOTALL | re.MULTILINE)
PIECES = [b"---", b"...", b"+++", b"\n", b"\r\n", b"\r", b" ", b"\t", b"-", b"a", b"a: b", b"\x0b", b"\xc3"]


def parts(data):
    found = split(data)
    assert found is not None
    return (
        data[: found.opener_start],
        data[found.opener_start : found.metadata_start],
        found.metadata,
        data[found.closer_start : found.closer_end],
        data[found.closer_end : found.body_start],
        found.body,
    )


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"---\ntitle: A\n---\nText\n", (b"", b"---\n", b"title: A\n", b"---\n", b"", b"Text\n")),
        (b"---\r\na: 1\r\n---\r\nText", (b"", b"---\r\n", b"a: 1\r\n", b"---\r\n", b"", b"Text")),
        (BOM + b"---\na: 1\n---\nText", (BOM, b"---\n", b"a: 1\n", b"---\n", b"", b"Text")),
        (b"--- \t\na: 1\n---  \nText", (b"", b"--- \t\n", b"a: 1\n", b"---  \n", b"", b"Text")),
        (b"---\na: 1\n...\nText", (b"", b"---\n", b"a: 1\n", b"...\n", b"", b"Text")),
        (b"---\n---\n", (b"", b"---\n", b"", b"---\n", b"", b"")),
        (b"---\n---", (b"", b"---\n", b"", b"---", b"", b"")),
        (b"---\n\na: 1\n\n---\n\n\nText", (b"", b"---\n", b"\na: 1\n\n", b"---\n", b"\n\n", b"Text")),
        (b"---\na: 1\n---\n\n    code\n", (b"", b"---\n", b"a: 1\n", b"---\n", b"\n", b"    code\n")),
        (b"---\n    a: 1\n---\n", (b"", b"---\n", b"    a: 1\n", b"---\n", b"", b"")),
        (b"---\na: 1\n------\nb: 2\n---\nText", (b"", b"---\n", b"a: 1\n------\nb: 2\n", b"---\n", b"", b"Text")),
        (b"+++\na = 1\n+++\nText", (b"", b"+++\n", b"a = 1\n", b"+++\n", b"", b"Text")),
    ],
)
def test_every_byte_belongs_to_one_part(data, expected):
    assert parts(data) == expected
    assert b"".join(expected) == data


@pytest.mark.parametrize(
    "data",
    [b"", b"Text\n", b"\n---\na: 1\n---\n", b" ---\na: 1\n---\n", b"----\na: 1\n---\n", b"---a\n---\n", b"---", b"+++"],
)
def test_a_file_that_does_not_open_with_the_marker_has_no_front_matter(data):
    assert split(data) is None


def test_a_file_of_lone_carriage_returns_has_no_front_matter_for_jekyll():
    assert split(b"---\rtitle: A\r---\rText") is None


@pytest.mark.parametrize(
    "data",
    [
        b"---\n",
        b"---\ntitle: A\n",
        b"---\ntitle: A\n----------------------\nText\n",
        b"---\na: 1\n ---\n",
        b"+++\na = 1\n---\n",
    ],
)
def test_front_matter_without_closer_is_told_apart_from_none(data):
    with pytest.raises(FrontMatterNotClosed):
        split(data)


def test_dots_do_not_close_toml():
    assert parts(b"+++\na = 1\n...\n+++\n")[2] == b"a = 1\n...\n"


def test_kind_follows_the_opener():
    assert [split(data).kind for data in (b"---\n---\n", b"+++\n+++\n")] == ["yaml", "toml"]


@pytest.mark.parametrize(
    ("data", "newline"),
    [
        (b"---\na: 1\n---\r\nText\r\n", b"\n"),
        (b"---\na: 1\r\n---\nText\n", b"\r\n"),
        (b"---\r\n---\nText\n", b"\r\n"),
        (b"---\n---\r\n", b"\n"),
    ],
)
def test_the_newline_is_that_of_the_line_before_the_closer(data, newline):
    assert split(data).newline == newline


def test_the_line_of_the_body_counts_from_the_top_of_the_file():
    assert split(b"---\na: 1\n---\n\nText").body_line == 5
    assert split(b"---\r\na: 1\r\n---\r\nText").body_line == 4


@given(st.lists(st.sampled_from(PIECES), max_size=14).map(lambda pieces: b"---" + b"".join(pieces)))
def test_yaml_is_split_exactly_where_jekyll_splits_it(data):
    try:
        found = split(data)
    except FrontMatterNotClosed:
        found = None
    theirs = JEKYLL.search(data)
    assert (found is None) == (theirs is None)
    if found and theirs:
        assert (found.closer_start, found.body_start) == (theirs.start(2), theirs.end())
        assert found.closer_start < found.closer_end <= found.body_start
