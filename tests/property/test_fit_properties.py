"""Shortening and folding hold for every text."""

import regex
from hypothesis import given
from hypothesis import strategies as st

from crosspost.compose.fit import fold, shorten, units
from crosspost.compose.hashtags import choose, to_hashtag
from crosspost.compose.little_text import find_hashtags, to_wire
from crosspost.compose.render.rendered import Block, joined_text
from crosspost.compose.sentences import sentence_ends, word_ends
from crosspost.compose.template import check_template, fill

WORDS = st.sampled_from(
    [
        "a",
        "Word",
        "Dr.",
        "end.",
        "Why?",
        "So:",
        "(x",
        "y)",
        "#tag",
        "@jo",
        "https://a.example/b_c",
        "日本。",
        "👩‍💻",
        "e\u0301",
        "z. B.",
        "x" * 30,
    ]
)
TEXTS = st.lists(WORDS, min_size=1, max_size=25).flatmap(
    lambda words: st.lists(st.sampled_from([" ", "\n", ""]), min_size=len(words), max_size=len(words)).map(
        lambda gaps: "".join(word + gap for word, gap in zip(words, gaps, strict=True)).strip()
    )
)
KINDS = st.sampled_from(["paragraph", "paragraph", "heading", "list", "quote", "code", "table", "rule"])
BLOCKS = st.lists(st.builds(Block, text=TEXTS, kind=KINDS, joined=st.booleans()), max_size=6).map(tuple)
LIMITS = st.integers(0, 300)


def fits_in(limit):
    return lambda text: units(to_wire(text)) <= limit


@given(BLOCKS, LIMITS)
def test_what_is_shortened_fits_and_opens_the_whole(blocks, limit):
    whole = joined_text(blocks)
    text = shorten(blocks, fits_in(limit), limit)
    if text is None:
        assert not fits_in(limit)(whole)
        return
    assert units(to_wire(text)) <= limit
    opening = text if whole.startswith(text) else regex.sub(r"[ \n]?…\Z", "", text)
    assert whole.startswith(opening)
    assert text == whole or whole[len(opening) :].strip()


@given(BLOCKS, LIMITS)
def test_shortening_twice_changes_nothing_more(blocks, limit):
    text = shorten(blocks, fits_in(limit), limit)
    if text:
        assert shorten((Block(text=text, kind="paragraph"),), fits_in(limit), limit) == text


@given(BLOCKS, LIMITS)
def test_no_cut_is_inside_a_word_grapheme_address_or_hashtag(blocks, limit):
    whole = joined_text(blocks)
    text = shorten(blocks, fits_in(limit), limit)
    if not text or text == whole:
        return
    end = len(text) if whole.startswith(text) else len(regex.sub(r"[ \n]?…\Z", "", text))
    assert end in {match.end() for match in regex.finditer(r"\X", whole)}
    assert not any(
        match.start() < end < match.end() for match in regex.finditer(r"https?://[!-~]+|[#@]\w+|[A-Za-z]+", whole)
    )


@given(
    st.text(
        st.sampled_from("ab.!?。:()“” \n\u0301\u200d👩💻#@") | st.characters(exclude_categories=["Cs"]), max_size=80
    )
)
def test_ends_lie_inside_the_text_in_order(text):
    for ends in (sentence_ends(text), word_ends(text)):
        assert ends == sorted(set(ends))
        assert all(0 < end < len(text) for end in ends)


@given(st.text(st.sampled_from("ab\n\u0301\u200d👩💻🇩🇪") | st.characters(exclude_categories=["Cs"]), max_size=600))
def test_the_fold_is_on_a_grapheme_boundary_and_hides_something(text):
    index = fold(text)
    if index is None:
        assert text.count("\n") < 3
        assert len(regex.findall(r"\X", text)) <= 210
    else:
        assert 0 <= index < len(text)
        assert text[:index].count("\n") < 3
        assert index in {match.start() for match in regex.finditer(r"\X", text)}


@given(st.text(st.sampled_from("aB1#+.&-_ '\u0301हि日") | st.characters(exclude_categories=["Cs"]), max_size=20))
def test_every_hashtag_is_live_and_stays_as_it_is(tag):
    hashtag = to_hashtag(tag)
    if hashtag is not None:
        (live,) = find_hashtags(f"#{hashtag}")
        assert live.word == hashtag
        assert to_hashtag(hashtag) == hashtag


@given(st.lists(st.text(max_size=10)), st.lists(st.text(max_size=5)))
def test_no_chosen_hashtag_stands_twice(tags, present):
    hashtags = [tag.casefold() for tag in choose(tags, mapping={}, present=present).hashtags]
    assert len({*hashtags}) == len(hashtags)
    assert not {*hashtags} & {word.casefold() for word in present}


PARTS = st.fixed_dictionaries(
    {name: st.sampled_from(["", "x", "x\n\ny"]) for name in ("title", "body", "link", "hashtags")}
)
TEMPLATES = st.permutations(["{title}", "{body}", "{link}", "{hashtags}"]).map("\n\n".join)


@given(TEMPLATES, PARTS)
def test_an_empty_part_leaves_no_trace(template, parts):
    text = fill(template, parts)
    assert text == "\n\n".join(parts[name] for name in regex.findall(r"\w+", template) if parts[name])


@given(st.text(st.sampled_from("{}!:.[]abtitlebody \n")))
def test_a_template_is_filled_or_found_at_fault(template):
    parts = dict.fromkeys(("title", "body", "link", "hashtags"), "x")
    if not check_template(template):
        fill(template, parts)
