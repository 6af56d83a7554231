"""Marked sections that are opened and never ended: they are text, and nobody looks for their end again and again."""

from html.parser import HTMLParser

import pytest

from crosspost.compose.render import render
from crosspost.model import Site

# html.parser looks through all the rest for the end of each.
UNENDED = ("<![CDATA[ ]>", "<![ CDATA[ ]>", "<![if a>", "<![temp[ ]>")


def rendered(body, markup="html"):
    return render(body, markup=markup, title=None, site=Site(), page={}, links="inline").text


@pytest.mark.parametrize("markup", ["html", "markdown"])
@pytest.mark.parametrize("opener", UNENDED)
def test_what_never_ends_is_text(opener, markup):
    assert rendered(f"one {opener} two", markup) == f"one {opener} two"


@pytest.mark.parametrize("markup", ["html", "markdown"])
def test_a_comment_that_ends_is_dropped_and_one_that_does_not_hides_the_rest(markup):
    assert rendered("one <!-- a --> two <!-- b", markup) == "one two"


@pytest.mark.parametrize("opener", UNENDED)
def test_the_end_is_not_sought_for_each(opener, monkeypatch):
    sought = []
    for search in ("parse_comment", "parse_marked_section"):
        original = getattr(HTMLParser, search)
        monkeypatch.setattr(
            HTMLParser,
            search,
            lambda self, start, *rest, original=original: sought.append(start) or original(self, start, *rest),
        )
    assert rendered(opener * 50) == opener * 50
    rendered("<!-- a -->" + opener * 50)
    assert len(sought) <= 1
