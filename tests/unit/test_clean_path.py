"""What a post without anything to mend costs: counted, since a clock says nothing that lasts."""

import gc
import sys

import pyromark
import pytest
from liquid import Environment

from crosspost.compose import compose, fit, layout, little_text, notices
from crosspost.compose.render import html, markdown
from crosspost.compose.render.tree import Element
from crosspost.model import Site
from crosspost.policy import TextPolicy
from crosspost.text import encoding, styled
from real_posts import RealPost

PARAGRAPH = (
    "Training is **not** a cost: it is what makes [people](https://example.org/people) stay, and `learn` on.\n\n"
)
LIST = "- one thing\n- another thing\n\n"
BODY = "# Opening\n\n" + (PARAGRAPH + LIST) * 15
SITE = Site(url="https://example.com")


def composed(body=BODY):
    post = RealPost("_posts/2024-01-31-a.md", f"---\ntitle: A title\ntags: [ai, work]\n---\n{body}", SITE).post()
    return compose(post, SITE, TextPolicy())


@pytest.fixture
def count(monkeypatch):
    """Count the calls of a function: `count(module, name)` returns a list with its arguments, call by call."""

    def count(module, name):
        calls, function = [], getattr(module, name)

        def counted(*arguments, **options):
            calls.append(arguments)
            return function(*arguments, **options)

        monkeypatch.setattr(module, name, counted)
        return calls

    return count


def test_a_clean_post_is_parsed_once_and_put_together_twice(count):
    parses, fills = count(pyromark, "events_with_range"), count(layout, "fill")
    draft = composed()
    assert not draft.shortened
    assert len(parses) == 1
    assert len(fills) == 2  # does it fit, and what is sent


def test_little_text_is_written_once_and_read_once(count):
    written, read = count(layout, "to_wire"), count(little_text, "parse")
    again = count(notices, "parse")
    draft = composed()
    assert [text for (text,) in written] == [draft.text]
    assert read == [(draft.wire,)]
    assert not again  # for mentions, of which there are none


def test_a_text_that_is_cut_is_written_as_little_text_once(count):
    written = count(layout, "to_wire")
    draft = composed(BODY * 5)
    assert draft.shortened
    assert [text for (text,) in written] == [draft.text]


def test_no_sentence_is_looked_for_where_a_cut_in_one_could_not_be_worth_it(count):
    looked = count(fit, "sentence_ends")
    assert composed(BODY * 5).shortened
    assert not looked
    assert composed("Short.\n\n" + "A sentence. " * 400).shortened
    assert looked


@pytest.mark.parametrize("more", ["", "<div markdown='1'>\n*Nested* <b>HTML</b>\n</div>\n"])
def test_a_tree_is_gone_once_it_is_rendered(more):
    """Nothing is left to the garbage collector, which would have to look through all that there is."""
    composed(BODY + more)
    gc.collect()
    gc.disable()
    try:
        composed(BODY + more)
        assert not [one for one in gc.get_objects() if isinstance(one, Element)]
    finally:
        gc.enable()


def test_a_clean_post_meets_neither_repair_nor_html_parser_nor_liquid(count, monkeypatch):
    heavy = count(encoding, "_once"), count(styled, "_round"), count(html, "_closed")
    monkeypatch.setitem(sys.modules, "crosspost.compose.render.liquid", None)  # an import would fail
    composed()
    assert [len(calls) for calls in heavy] == [0, 0, 0]


def test_one_liquid_environment_serves_all_bodies(count):
    composed("{{ site.url }}")  # the first of all makes it
    made = count(Environment, "__init__")
    drafts = [composed(f"Text {{{{ site.{name} }}}} and {{% include {name}.html %}}.\n") for name in ("one", "two")]
    assert not made
    said = [" ".join(found.message for found in draft.findings if found.code == "XP201") for draft in drafts]
    assert ["one" in text for text in said] == [True, False]  # and none has what belongs to the other
    assert ["two" in text for text in said] == [False, True]


def test_each_event_of_a_clean_post_costs_few_calls():
    events = len(list(pyromark.events_with_range(BODY, options=markdown.OPTIONS)))
    calls = 0

    def seen(_, event, __):
        nonlocal calls
        calls += event == "call"

    composed()  # fills the caches
    sys.setprofile(seen)
    try:
        composed()
    finally:
        sys.setprofile(None)
    assert calls < 10 * events, f"{calls / events:.1f} calls an event"
