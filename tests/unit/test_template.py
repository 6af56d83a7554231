"""The template puts title, body, link and hashtags in order, and leaves no trace of what is empty."""

import pytest

from crosspost.compose.template import check_template, fill
from crosspost.policy import DEFAULT_TEMPLATE


def filled(template=DEFAULT_TEMPLATE, **parts):
    return fill(template, {"title": "", "body": "", "link": "", "hashtags": "", **parts})


def test_all_parts_stand_in_the_order_of_the_template():
    assert filled(title="T", body="B", link="L", hashtags="#h") == "T\n\nB\n\nL\n\n#h"
    assert filled("{link}\n{body}", body="B", link="L") == "L\nB"


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        ({"body": "B"}, "B"),
        ({"title": "T", "hashtags": "#h"}, "T\n\n#h"),
        ({"body": "B", "hashtags": "#h"}, "B\n\n#h"),
        ({"title": "T", "body": "B", "hashtags": "#h"}, "T\n\nB\n\n#h"),
        ({}, ""),
    ],
)
def test_an_empty_part_takes_its_blank_line_with_it(parts, text):
    assert filled(**parts) == text


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        ({"link": ""}, "B\n\n#h"),
        ({"link": "L", "hashtags": ""}, "B\nL"),
        ({"link": "L"}, "B\nL\n\n#h"),
    ],
)
def test_of_two_distances_the_wider_stays(parts, text):
    assert filled("{body}\n{link}\n\n{hashtags}", **{"body": "B", "hashtags": "#h", **parts}) == text


def test_a_label_goes_with_the_empty_part_it_announces():
    assert filled("{body}\n\nRead on: {link}\n\n{hashtags}", body="B", hashtags="#h") == "B\n\n#h"


def test_a_separator_on_a_line_stands_only_between_two_parts():
    template = "{title} – {body} | {link}!"
    assert filled(template, title="T", body="B", link="L") == "T – B | L!"
    assert filled(template, body="B", link="L") == "B | L!"
    assert filled(template, title="T", link="L") == "T | L!"
    assert filled(template, title="T") == "T!"


def test_literal_lines_are_kept():
    assert filled("New on the blog\n\n{title}\n\n\n–\n{body}", body="B") == "New on the blog\n\n\n–\nB"


def test_doubled_braces_are_literal():
    assert filled("{{x}} {body} {{y}}", body="B") == "{x} B {y}"


def test_braces_and_blank_lines_in_a_part_are_no_template():
    assert filled(title="{body}", body="a\n\n\nb {link}", link="L") == "{body}\n\na\n\n\nb {link}\n\nL"


def test_an_unknown_placeholder_is_named():
    assert check_template("{titel}") == ["{titel} is unknown; known are {title}, {body}, {link}, {hashtags}"]
    with pytest.raises(ValueError) as caught:
        fill("{titel}", {})
    assert "{titel}" in str(caught.value)


@pytest.mark.parametrize("template", ["{", "}", "{title!r}", "{title:>9}", "{}", "{0}", "{title.x}", "{title"])
def test_what_python_would_make_of_braces_is_not_offered(template):
    assert check_template(template)


@pytest.mark.parametrize("template", [DEFAULT_TEMPLATE, "", "no part", "{{}}", "{body}{body}"])
def test_other_templates_are_fine(template):
    assert check_template(template) == []
