"""Front matter: what it says, and what is said about it when it is broken."""

import time
from itertools import pairwise

import pytest

from crosspost.errors import PostUnreadable
from crosspost.jekyll import front_matter, yaml_text


def read(text, encoding="utf-8"):
    return front_matter.read("p.md", text.encode(encoding) if isinstance(text, str) else text)


def refused(text):
    with pytest.raises(PostUnreadable) as caught:
        read(text)
    (finding,) = caught.value.findings
    return finding


def test_yaml_and_toml_give_the_same_values():
    assert read("---\ntitle: A\nn: {a: 1}\n---\nB\n").values == read('+++\ntitle = "A"\nn = {a = 1}\n+++\nB\n').values


def test_the_body_has_line_feeds_and_knows_its_line():
    lf = read("---\ntitle: A\n---\n\nOne\nTwo\n")
    for text in ("---\r\ntitle: A\r\n---\r\n\r\nOne\r\nTwo\r\n", "\ufeff---\r\ntitle: A\r\n---\n\r\nOne\r\nTwo\n"):
        other = read(text)
        assert (other.body, other.body_line) == (lf.body, lf.body_line) == ("One\nTwo\n", 5)


def test_lone_carriage_returns_in_the_body_become_line_feeds_too():
    assert read("---\na: 1\n---\nOne\rTwo").body == "One\nTwo"


def test_front_matter_may_be_indented_as_a_whole():
    assert read("---\n    title: A\n    tags: [b]\n---\n").values == {"title": "A", "tags": ["b"]}


def test_empty_front_matter_is_front_matter():
    assert dict(read("---\n---\nText").values) == {}
    assert dict(read("---\n# nothing\n---\nText").values) == {}


@pytest.mark.parametrize("written", ["2024-01-31", "Yes", "12:30", "1.10", "007", "0x1F"])
def test_a_title_is_what_its_author_typed_not_what_yaml_takes_it_for(written):
    values = read(f"---\ntitle: {written}\ntags: [{written}, b]\n---\n").values
    assert values["title"] == written
    assert values["tags"] == [written, "b"]


def test_a_title_of_nothing_stays_nothing():
    assert read("---\ntitle:\n---\n").values["title"] is None


def test_keys_are_text_at_every_depth():
    assert read("---\non: 1\n7: {no: 2}\nlist: [{yes: 3}]\n---\n").values == {
        "on": 1,
        "7": {"no": 2},
        "list": [{"yes": 3}],
    }


def test_what_looks_like_a_date_and_is_none_stays_text():
    assert read("---\ndate: 2016-06-31\nat: 2024-01-01 25:00:00\n---\n").values == {
        "date": "2016-06-31",
        "at": "2024-01-01 25:00:00",
    }


def test_a_tab_after_a_value_is_accepted_as_jekyll_accepts_it():
    assert read("---\ntitle: A\t\nb: c\n---\n").values == {"title": "A", "b": "c"}


def test_a_key_that_stands_twice_is_reported_with_both_lines_and_the_last_counts():
    parsed = read("---\ntitle: A\ntime: 1\nx: {a: 1, a: 2}\ntime: 2\n---\n")
    assert parsed.values["time"] == 2
    inner, outer = parsed.findings
    assert (outer.code, outer.line) == ("XP006", 5)
    assert "line 3" in outer.message
    assert (inner.code, inner.line) == ("XP006", 4)


def test_keys_know_their_lines():
    lines = read("---\r\ntitle: A\r\nlinkedin:\r\n  at: x\r\n---\r\n").lines
    assert (lines["title",], lines["linkedin",], lines["linkedin", "at"]) == (2, 3, 4)


def test_unicode_line_separators_do_not_count_as_lines():
    assert read('---\na: "x\u2028y"\nb: 1\n---\n').lines["b",] == 3


@pytest.mark.parametrize(
    ("yaml", "line", "column", "words", "remedy"),
    [
        ("layout: x\ntitle: A: b", 3, 9, "colon", "quotes"),
        ("title: 'A\nb: 1\nc: 2", 2, 8, "never closed", "close it"),
        ('title: "A" b\nc: 1', 2, 12, "text stands", "quote"),
        ("a: 1\n\tb: 2", 3, 1, "tab", "blanks"),
        ("title: @A", 2, 8, "starts with", "quotes"),
        ("title: *A*", 2, 8, "starts with *", "quotes"),
        ("title: !A", 2, 8, "starts with !", "quotes"),
        ('title: "C:\\dir"', 2, 8, "backslash", "'…'"),
        ("a: [b, c\nd: 1\ne: 2", 2, 4, "not closed", "close it"),
        ("a: 1\nno colon\nb: 2", 4, 1, "no `key: value`", "indent"),
        ("title: {{ page.x }}", 2, 9, "key is expected", "quotes"),
        ("a: \x07", 2, 4, "U+0007", "remove"),
    ],
)
def test_broken_yaml_is_told_with_line_column_and_a_remedy_in_plain_words(yaml, line, column, words, remedy):
    finding = refused(f"---\n{yaml}\n---\nText\n")
    assert finding.code == "XP004"
    assert finding.line == line
    assert abs(finding.column - column) <= 1
    assert words in finding.message
    assert remedy in finding.fix


@pytest.mark.parametrize("yaml", ["just text", "- a\n- b", "42"])
def test_front_matter_that_is_no_mapping_is_refused(yaml):
    assert refused(f"---\n{yaml}\n---\n").code == "XP004"


@pytest.mark.parametrize(
    ("toml", "line"), [("a = 1\nb = ", 3), ("a = 1\na = 2\nb = 1", 3), ("title = A", 2), ("a = [" * 5000, 2)]
)
def test_broken_toml_is_told_with_its_line(toml, line):
    finding = refused(f"+++\n{toml}\n+++\n")
    assert (finding.code, finding.line) == ("XP004", line)


def test_a_file_that_is_not_utf8_is_told_with_the_line():
    finding = refused("---\ntitle: A\n---\nCafé".encode("latin-1"))
    assert (finding.code, finding.line) == ("XP002", 4)
    assert "UTF-16" in refused("---\na: 1\n---\n".encode("utf-16")).message


@pytest.mark.parametrize(
    ("text", "words", "line"),
    [
        ("", "empty", 1),
        (" \n\n", "empty", 1),
        ("# A heading\n\nText\n", "no front matter", 1),
        ("\n---\ntitle: A\n---\n", "first line", 1),
        ("---\rtitle: A\r---\rText.\r", "CR alone", 1),
        ("---\ntitle: A\n---\n".encode("utf-16-le").decode(), "UTF-16", 1),
        ("---\ntitle: A\n\nText\n", "never closed", 1),
        ("---\ntitle: A\n----------\nText\n", "row of 10", 3),
    ],
)
def test_missing_and_unclosed_front_matter_is_one_clear_finding(text, words, line):
    finding = refused(text)
    assert (finding.code, finding.line) == ("XP003", line)
    assert words in finding.message


def aliases(last):
    names = "abcdefghi"
    lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    lines += [f"{b}: &{b} " + last.format(", ".join([f"*{a}"] * 9)) for a, b in pairwise(names)]
    return "\n".join(lines)


@pytest.mark.parametrize(
    "yaml",
    [
        aliases("[{}]"),
        aliases("{{<<: [{}]}}").replace("[x, x, x, x, x, x, x, x, x]", "{x: 1}"),
        "a: &a [*a]",
        "a: &a {b: *a}",
        "[" * 100_000,
        "- " * 100_000,
        "a: " + "{a: " * 5_000,
    ],
)
def test_yaml_made_to_exhaust_a_machine_is_refused_at_once(yaml):
    started = time.monotonic()
    with pytest.raises(yaml_text.YamlProblem):
        yaml_text.load(yaml)
    assert time.monotonic() - started < 2


def test_aliases_and_merges_of_ordinary_size_work():
    values = yaml_text.load("a: &a {x: 1}\nb: {<<: *a, y: 2}\nc: *a").values
    assert values == {"a": {"x": 1}, "b": {"x": 1, "y": 2}, "c": {"x": 1}}
