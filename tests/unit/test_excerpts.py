"""Findings as a linter shows them."""

import json

import pytest

from crosspost.findings import CODES, Finding
from crosspost.report.cells import width
from crosspost.report.diff import diff
from crosspost.report.excerpts import excerpt
from crosspost.report.sarif import sarif


def finding(line=2, column=None, message="it is wrong"):
    return Finding(post="_posts/a.md", code="XP201", message=message, fix="mend it", line=line, column=column)


def test_the_line_and_a_mark_below_its_column_are_shown():
    assert excerpt(finding(column=5), ["---", "see {% here %}"], 80).splitlines() == [
        "_posts/a.md:2:5: error XP201 it is wrong",
        "2 | see {% here %}",
        "  |     ^",
        "  = mend it",
    ]


@pytest.mark.parametrize(("before", "cells"), [("日本", 4), ("🚀 ", 3), ("é", 1), ("e\u0301", 1)])
def test_the_mark_stands_below_wide_and_combined_characters(before, cells):
    mark = excerpt(finding(column=len(before) + 1), ["", f"{before}x"], 80).splitlines()[2]
    assert mark == "  | " + " " * cells + "^"


def test_a_long_line_is_cut_around_the_column():
    rows = excerpt(finding(column=501), ["", "a" * 500 + "{" + "b" * 500], 40).splitlines()
    assert max(map(len, rows[1:3])) <= 40
    assert rows[1][rows[2].index("^")] == "{"


@pytest.mark.parametrize("column", [1, 20, 58, 59, 60, 999])
def test_what_was_cut_is_shown_by_dots_and_the_mark_stays_below_its_character(column):
    line = "日" * 58 + "{x" + "y" * 940
    rows = excerpt(finding(column=column), ["", line], 40).splitlines()
    before = rows[2].index("^")
    assert max(width(row) for row in rows[1:3]) <= 40
    starts = {width(rows[1][:end]): character for end, character in enumerate(rows[1])}
    assert starts.get(before, "y") == line[min(column, len(line)) - 1]
    assert (rows[1].startswith("2 | …"), rows[1].endswith("…")) == (column > 1, column < 999)


def test_a_line_of_a_million_characters_is_cut_at_once():
    assert len(excerpt(finding(column=3), ["", "x" * 1_000_000], 80)) < 200


def test_words_are_wrapped_where_a_person_reads_and_stay_one_line_for_programs():
    long = finding(column=1, message="a message that is rather long for such a narrow terminal")
    rows = excerpt(long, ["", "x"], 40, wrapping=True).splitlines()
    assert rows == [
        "_posts/a.md:2:1: error XP201 a message",
        "  that is rather long for such a narrow",
        "  terminal",
        "2 | x",
        "  | ^",
        "  = mend it",
    ]
    assert len(excerpt(long, ["", "x"], 40).splitlines()) == 4


def test_what_concerns_the_whole_file_has_no_excerpt():
    assert excerpt(finding(line=None), ["x"], 80).splitlines() == ["_posts/a.md: error XP201 it is wrong", " = mend it"]


def test_a_line_that_is_not_there_any_more_is_no_error():
    assert "XP201" in excerpt(finding(line=9), ["x"], 80)


def test_control_characters_never_reach_the_terminal():
    assert "\x1b" not in excerpt(finding(message="\x1b[2J"), ["", "a\x1b[2Jb"], 80)
    assert "\x1b" not in diff("a", b"x\n", b"\x1b[2J\n")


def test_a_diff_shows_the_changed_lines():
    assert diff("a.md", b"1\n2\n3\n", b"1\ntwo\n3\n").splitlines()[3:] == [" 1", "-2", "+two", " 3"]


def test_sarif_names_rule_level_and_place():
    log = json.loads(sarif([finding(column=5), finding(line=None)]))
    (run,) = log["runs"]
    assert {rule["id"] for rule in run["tool"]["driver"]["rules"]} == set(CODES)
    first, second = run["results"]
    assert (first["ruleId"], first["level"]) == ("XP201", "error")
    place = first["locations"][0]["physicalLocation"]
    assert place == {"artifactLocation": {"uri": "_posts/a.md"}, "region": {"startLine": 2, "startColumn": 5}}
    assert second["locations"][0]["physicalLocation"]["region"] == {"startLine": 1}


def test_a_path_with_blanks_is_a_uri():
    one = Finding(post="_posts/a b.md", code="XP201", message="m", fix="f")
    assert json.loads(sarif([one]))["runs"][0]["results"][0]["locations"][0]["physicalLocation"][
        "artifactLocation"
    ] == {"uri": "_posts/a%20b.md"}
