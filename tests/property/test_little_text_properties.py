"""Little text holds for every text, not only for those somebody thought of."""

import re

from hypothesis import given
from hypothesis import strategies as st

from crosspost.compose.little_text import (
    RESERVED,
    LittleTextError,
    Place,
    escape,
    find_hashtags,
    gate,
    growth,
    parse,
    to_wire,
)
from crosspost.compose.urls import encode_urls, find_urls

# Half of the letters are those that matter, so that they meet.
TEXTS = st.text(st.sampled_from(RESERVED + "#@ \nab1é\u093f日🎉\u200d") | st.characters(exclude_categories=["Cs"]))


@given(TEXTS)
def test_what_is_escaped_reads_as_it_was(text):
    parsed = parse(escape(text))
    assert (parsed.text, parsed.hashtags, parsed.mentions) == (text, (), ())


@given(TEXTS)
def test_no_reserved_character_stands_unescaped(text):
    assert re.fullmatch(r"(?:[^|{}@\[\]()<>#\\*_~]|\\[|{}@\[\]()<>#\\*_~])*", escape(text))


@given(TEXTS)
def test_every_text_passes_the_gate_with_its_hashtags_live(text):
    wire = to_wire(text)
    assert gate(wire, text) is None
    assert parse(wire).hashtags == tuple(tag.word for tag in find_hashtags(text))


@given(TEXTS, st.booleans())
def test_the_length_of_little_text_is_known_before_it_is_written(text, mentioned):
    named = [Place(0, 4, "urn:li:person:a_b")] if mentioned else []
    text = f"J(o) {text}" if mentioned else text
    assert growth(text, named) == len(to_wire(text, mentions=named)) - len(text)


@given(TEXTS)
def test_any_wire_is_read_or_refused_with_a_place_in_it(wire):
    try:
        parse(wire)
    except LittleTextError as error:
        position = error.position
    else:
        position = 0
    assert 0 <= position <= max(len(wire) - 1, 0)


@given(TEXTS, TEXTS)
def test_the_gate_lets_no_other_text_pass(text, other):
    assert (gate(to_wire(text), other) is None) == (text == other)


@given(st.lists(st.sampled_from(["https://a.example/", "(", ")", "~", "*", "{id}", "[", "日", ".", " ", "#x", "%28"])))
def test_encoding_addresses_twice_changes_nothing_more(parts):
    once = encode_urls("".join(parts))
    assert encode_urls(once) == once
    assert all(0 <= start < end <= len(once) for start, end in find_urls(once))
