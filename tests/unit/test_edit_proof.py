"""An edit gone wrong is noticed before it reaches a file: the proof holds even against a defect of the editors."""

import pytest

from crosspost.errors import WriteBackRefused
from crosspost.jekyll import edit, edit_toml, edit_yaml
from crosspost.jekyll.nodes import compose, same
from crosspost.jekyll.splice import Goal
from crosspost.policy import WriteBackPolicy

URL = "https://www.linkedin.com/feed/update/urn:li:share:1/"
BEFORE = "a: 1\nb: [x]\nlinkedin_url:\n"


def goal(key):
    return Goal(tuple(key.split(".")), URL, "\n")


@pytest.mark.parametrize(
    "after",
    [
        f"a: 2\nb: [x]\nlinkedin_url: {URL}\n",
        f"a: '1'\nb: [x]\nlinkedin_url: {URL}\n",
        f"b: [x]\na: 1\nlinkedin_url: {URL}\n",
        f"linkedin_url: {URL}\na: 1\nb: [x]\n",
        f"a: 1\nb: [x, y]\nlinkedin_url: {URL}\n",
        f"a: 1\nb:\n- x\nlinkedin_url: {URL}\n",
        f"a: 1\nb: [x]\nlinkedin_url: {URL}\nc:\n",
        "a: 1\nb: [x]\nlinkedin_url: https://www.linkedin.com/feed/update/urn:li:share:2/\n",
        "a: 1\nb: [x]\nlinkedin_url:\n",
        "a: 1\nb: [x]\n",
        f"- {URL}\n",
        "",
    ],
    ids=[
        "value",
        "type",
        "order",
        "place",
        "list",
        "style",
        "one more",
        "other URL",
        "nothing",
        "lost",
        "root",
        "empty",
    ],
)
def test_yaml_that_differs_in_anything_else_is_no_proof(after):
    assert not edit_yaml._differs_only_at(("linkedin_url",), compose(BEFORE), compose(after), goal("linkedin_url"))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("k: x\n", f"k: {URL}\n"),
        ("k: x\n", f"k: [{URL}]\n"),
        ("k: x\n", f"k: [x, {URL}]\n"),
        ("k: {a: 1}\n", f"k: {URL}\n"),
        ("k: [x, y]\n", f"k: [x, {URL}]\n"),
        ("k: [x, y]\n", f"k: [x, {URL}, y]\n"),
        ("k: [x]\n", f"k: [x, {URL}, {URL}]\n"),
        ("k: [x]\n", "k: []\n"),
    ],
)
def test_a_value_of_the_author_may_only_get_an_item_more(before, after):
    assert not edit_yaml._differs_only_at(("k",), compose(before), compose(after), goal("k"))


def test_a_parent_that_held_a_text_may_not_become_a_mapping():
    assert not edit_yaml._differs_only_at(("k", "l"), compose("k: x\n"), compose(f"k: {{l: {URL}}}\n"), goal("k.l"))
    assert not edit_toml._differs_only_at(("k", "l"), {"k": "x"}, {"k": {"l": URL}}, goal("k.l"))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"a": 1}, {"a": 2, "k": URL}),
        ({"a": 1}, {"a": 1.0, "k": URL}),
        ({"a": 1}, {"a": True, "k": URL}),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1, "k": URL}),
        ({"k": "", "b": 2}, {"b": 2, "k": URL}),
        ({"a": 1}, {"a": 1, "k": "other"}),
        ({"a": 1}, {"a": 1}),
        ({"k": "x"}, {"k": URL}),
        ({"k": "x"}, {"k": ["x", URL]}),
        ({"k": ["x"]}, {"k": [URL, "x"]}),
        ({"k": [1]}, {"k": [1.0, URL]}),
        ({}, None),
    ],
)
def test_toml_that_differs_in_anything_else_is_no_proof(before, after):
    assert not edit_toml._differs_only_at(("k",), before, after, goal("k"))


@pytest.mark.parametrize(
    "metadata",
    [
        f"b: 1\nlinkedin_url: {URL}\n",
        f"a: 1\nlinkedin_url: {URL}\nb: 1\n",
        f"a: 1 \nlinkedin_url: {URL}\n",
        "a: 1\n---\n",
        f"a: 1\n...\nlinkedin_url: {URL}\n",
        f"a: 1 # linkedin_url: {URL}",
        "",
    ],
    ids=["other line", "two lines", "blank", "closer", "dots", "no line end", "all gone"],
)
def test_a_defect_of_an_editor_never_reaches_the_file(metadata, monkeypatch):
    monkeypatch.setitem(edit._INSERT, "yaml", lambda _text, _goal: metadata)
    with pytest.raises(WriteBackRefused):
        edit.insert_url(b"---\na: 1\n---\nText", URL, WriteBackPolicy())


def test_a_line_in_which_more_than_an_empty_value_went_is_no_proof(monkeypatch):
    monkeypatch.setitem(edit._INSERT, "yaml", lambda _text, _goal: f"linkedin_url: {URL}\n")
    with pytest.raises(WriteBackRefused, match="more than one line"):
        edit.insert_url(b"---\nlinkedin_url: mine\n---\nText", URL, WriteBackPolicy())


def test_a_footer_that_would_not_be_recognised_again_is_refused():
    with pytest.raises(WriteBackRefused, match="footer"):
        edit.insert_url(b"---\na: 1\n---\n[On LinkedIn](link)", "https://a.example/x", WriteBackPolicy())


def test_trees_with_shared_and_circular_parts_are_compared_in_time():
    doubled = "a0: &a0 [x]\n" + "".join(f"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]\n" for i in range(1, 60))
    assert same(compose(doubled), compose(doubled))
    assert not same(compose(doubled), compose(doubled.replace("[x]", "[y]")))
    assert same(compose("&a [*a]\n"), compose("&a [*a]\n"))
