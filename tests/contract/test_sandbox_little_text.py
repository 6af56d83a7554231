"""How the sandbox reads little text: the table of the grammar, and where a wrong text is cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crosspost.sandbox.little_text import RESERVED, parse


def test_exactly_fifteen_characters_are_reserved():
    assert len(RESERVED) == 15
    assert set("|{}@[]()<>#\\*_~") == RESERVED


@pytest.mark.parametrize("character", sorted(RESERVED - {"\\"}))
def test_an_unescaped_reserved_character_cuts_the_text_before_it(character):
    text = parse(f"before {character} after")
    assert text.rendered == "before "
    assert text.cut.position == 7
    assert text.cut.reason.startswith(character)


@pytest.mark.parametrize("character", sorted(RESERVED))
def test_a_reserved_character_at_the_end_cuts_the_text_before_it(character):
    text = parse(f"before {character}")
    assert (text.rendered, text.cut.position) == ("before ", 7)


@pytest.mark.parametrize("character", sorted(RESERVED))
def test_an_escaped_reserved_character_is_shown(character):
    text = parse(f"before \\{character} after")
    assert text.rendered == f"before {character} after"
    assert text.cut is None
    assert text.doubts == ()


@pytest.mark.parametrize("character", "%-+.,:;!?&=/\"'$^`é汉🎉\n\u00a0")
def test_any_other_character_is_shown_as_it_is(character):
    assert parse(f"a{character}b").rendered == f"a{character}b"


def test_a_backslash_before_another_character_is_kept_and_doubted():
    text = parse(r"a \b c")
    assert text.rendered == r"a \b c"
    assert [doubt.position for doubt in text.doubts] == [2]


def test_two_backslashes_are_one_and_escape_nothing_more():
    text = parse(r"a \\(b")
    assert (text.rendered, text.cut.position) == ("a \\", 4)


@pytest.mark.parametrize(
    ("raw", "rendered", "hashtags"),
    [
        ("#Word", "#Word", ("Word",)),
        ("text #Word, and #two.", "text #Word, and #two.", ("Word", "two")),
        ("line\n#2024goals", "line\n#2024goals", ("2024goals",)),
        ("\u00a0#Größe", "\u00a0#Größe", ("Größe",)),
        (r"{hashtag|\#|Word}", "#Word", ("Word",)),
        ("{hashtag|#|Word}", "#Word", ("Word",)),
        ("{hashtag|＃|Word}", "＃Word", ("Word",)),
        (r"a{hashtag|\#|C\#}b", "a#C#b", ("C#",)),
        (r"{hashtag|\#|snake\_case}", "#snake_case", ("snake_case",)),
        (r"\#word", "#word", ()),
        (r"#word\_more", "#word_more", ("word",)),
    ],
)
def test_hashtags_are_live_in_both_documented_forms(raw, rendered, hashtags):
    text = parse(raw)
    assert (text.rendered, text.hashtags, text.cut) == (rendered, hashtags, None)


@pytest.mark.parametrize(
    ("raw", "position"),
    [
        ("C#", 1),
        ("#1", 0),
        ("a#b", 1),
        ("#a_b", 0),
        ("# a", 0),
        ("##a", 0),
        (r"\(#a", 2),
        ("#हिन्दी", 0),
        (r"{hashtag|\#|}", 0),
        (r"{hashtag|\#|a(b)}", 0),
        (r"x {hashtag|\#|a", 2),
        (r"{hashtag \#|a}", 0),
        (r"{Hashtag|\#|a}", 0),
    ],
)
def test_what_only_looks_like_a_hashtag_cuts_the_text_at_its_first_character(raw, position):
    text = parse(raw)
    assert text.cut.position == position
    assert text.hashtags == ()


def test_a_hashtag_with_a_space_is_live_but_doubted():
    text = parse(r"{hashtag|\#|two words}")
    assert text.hashtags == ("two words",)
    assert len(text.doubts) == 1


@pytest.mark.parametrize(
    ("raw", "rendered", "urn"),
    [
        ("Hi @[Acme Corp](urn:li:organization:12)!", "Hi Acme Corp!", "urn:li:organization:12"),
        (r"@[Acme \(Old\)](urn:li:organization:12)", "Acme (Old)", "urn:li:organization:12"),
        ("@[](urn:li:person:aB_-9)", "urn:li:person:aB_-9", "urn:li:person:aB_-9"),
    ],
)
def test_a_mention_shows_its_fallback_and_names_a_person_or_an_organization(raw, rendered, urn):
    text = parse(raw)
    assert (text.rendered, text.mentions, text.cut) == (rendered, (urn,), None)


@pytest.mark.parametrize(
    "raw",
    [
        "@[a] (urn:li:person:1)",
        "@[a](urn:li:share:1)",
        "@[a(b)](urn:li:person:1)",
        "@[a]",
        "@a",
        "@[a](urn:li:person:)",
    ],
)
def test_a_broken_mention_cuts_the_text_at_the_at_sign(raw):
    assert parse(f"x {raw} y").cut.position == 2


def test_a_read_returns_the_whole_text_with_hashtags_as_templates():
    assert parse(r"a #Tag \( {hashtag|\#|B} (cut #Off").as_read == r"a {hashtag|\#|Tag} \( {hashtag|\#|B} (cut #Off"


@given(st.text())
def test_no_text_fails_and_what_shows_comes_from_before_the_cut(raw):
    text = parse(raw)
    end = len(raw) if text.cut is None else text.cut.position
    assert "".join(raw[run.start : run.end] for run in text.runs) == raw[:end]


@given(st.text(alphabet=st.sampled_from("ab #@{}[]()|\\_hashtagurn:li1\n")))
def test_only_reserved_characters_cut(raw):
    text = parse(raw)
    assert text.cut is None or raw[text.cut.position] in RESERVED


@given(st.text())
def test_a_text_with_every_reserved_character_escaped_is_shown_whole(text):
    escaped = "".join(f"\\{character}" if character in RESERVED else character for character in text)
    parsed = parse(escaped)
    assert (parsed.rendered, parsed.cut, parsed.doubts) == (text, None, ())
