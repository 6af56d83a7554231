"""The rules of LinkedIn's "little text": what is escaped, what stays live, what is refused before it is sent."""

import pytest

from crosspost.compose.little_text import (
    RESERVED,
    LittleTextError,
    Mention,
    escape,
    find_hashtags,
    gate,
    parse,
    to_wire,
)


def test_exactly_fifteen_characters_are_reserved():
    assert sorted(RESERVED) == sorted("|{}@[]()<>#\\*_~")
    assert len(RESERVED) == 15


@pytest.mark.parametrize("character", RESERVED)
def test_each_reserved_character_gets_one_backslash(character):
    assert escape(character) == f"\\{character}"


def test_what_is_not_reserved_stays():
    text = "%-+.,:;!?&=/\"'$^` \n\t𝗮é日🎉"
    assert escape(text) == text


def test_a_backslash_before_a_reserved_character_is_escaped_once_and_the_character_too():
    assert escape(r"\(") == r"\\\("


@pytest.mark.parametrize(
    ("text", "wire"),
    [
        ("a (b) C# x_y", r"a \(b\) C\# x\_y"),
        ("#AI", "#AI"),
        ("end #AI", "end #AI"),
        ("line\n#AI.", "line\n#AI."),
        ("#naïve #日本 #2025goals", "#naïve #日本 #2025goals"),
        ("#1", r"\#1"),
        ("# heading", r"\# heading"),
        ("a#b", r"a\#b"),
        ("(#AI)", r"\(\#AI\)"),
        ("#a_b", r"\#a\_b"),
        ("#C#", r"\#C\#"),
        ("#C++", r"\#C++"),
        ("##AI", r"\#\#AI"),
        ("#️⃣ 1️⃣", "\\#️⃣ 1️⃣"),
        ("#हिन्दी", r"{hashtag|\#|हिन्दी}"),
        ("#\u0645\u06cc\u200c\u062e", "\\#\u0645\u06cc\u200c\u062e"),
        ("@someone", r"\@someone"),
    ],
)
def test_words_with_a_letter_are_hashtags_where_they_stand_alone_and_all_else_is_literal(text, wire):
    assert to_wire(text) == wire
    assert gate(wire, text) is None


def test_the_caller_may_choose_which_hashtags_are_live():
    assert to_wire("#AI and #ML", find_hashtags("#AI and #ML")[1:]) == r"\#AI and #ML"


def test_a_reader_sees_hashtags_templates_and_mentions_as_words():
    parsed = parse(r"#AI {hashtag|\#|a\_b} {hashtag|＃|c} {hashtag|#|d} @[Jo \(x\)](urn:li:person:a-b\_c)!")
    assert parsed.text == "#AI #a_b ＃c #d @Jo (x)!".replace("@", "")
    assert parsed.hashtags == ("AI", "a_b", "c", "d")
    assert parsed.mentions == (Mention("Jo (x)", "urn:li:person:a-b_c"),)


@pytest.mark.parametrize(
    ("wire", "position"),
    [
        ("a (b)", 2),
        ("C#", 1),
        ("#1", 0),
        ("#a_b", 0),
        (r"#a\_b", 0),
        ("#", 0),
        ("a @b", 2),
        ("@[x](y)", 0),
        ("x {hashtag}", 2),
        (r"{hashtag|\#|}", 0),
        (r"{hashtag|\#|a b", 0),
        ("\\a", 0),
        ("ends in \\", 8),
        ("x*y*", 1),
        ("a ~ b", 2),
        ("<b>", 0),
        ("a]", 1),
    ],
)
def test_what_starts_no_element_is_an_error_at_its_place(wire, position):
    with pytest.raises(LittleTextError) as caught:
        parse(wire)
    assert caught.value.position == position


def test_the_gate_stops_text_that_linkedin_would_cut():
    assert gate("a (b)", "a (b)") == "'(' is reserved and starts no element at index 2"


def test_the_gate_stops_a_wire_that_reads_as_another_text():
    assert gate("a b", "a c") == "a reader would see another text from index 2"
    assert gate("a", "a b") == "a reader would see another text from index 1"
    assert gate("", "a") == "a reader would see another text from index 0"
