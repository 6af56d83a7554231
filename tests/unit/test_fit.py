"""Length, the ladder from the whole body to a refusal, and the fold."""

import pytest

from crosspost.compose.fit import Fitted, fit, fold, lead, shorten, units
from crosspost.compose.render.rendered import Block, joined_text


def paragraph(text):
    return Block(text=text, kind="paragraph")


def heading(text):
    return Block(text=text, kind="heading")


def up_to(limit):
    return lambda text: units(text) <= limit


def shortened(blocks, limit):
    return shorten(tuple(blocks), up_to(limit), limit)


def test_a_letter_outside_the_basic_plane_counts_twice():
    assert units("a𝗮🎉") == 5


# --- shorten


def test_what_fits_comes_back_whole():
    assert shortened([paragraph("One."), paragraph("Two.")], 10) == "One.\n\nTwo."


def test_the_cut_is_at_the_end_of_a_block_without_an_ellipsis():
    assert (
        shortened([paragraph("One and a half, or more."), paragraph("Two. Three.")], 34) == "One and a half, or more."
    )


def test_the_cut_is_after_a_sentence_where_a_block_would_lose_much():
    blocks = [paragraph("Short."), paragraph("This is the second one. It is long. And longer still.")]
    assert shortened(blocks, 50) == "Short.\n\nThis is the second one. It is long. …"


def test_the_cut_is_after_a_word_only_where_nothing_else_fits():
    assert shortened([paragraph("Some words, and then more of them without an end")], 20) == "Some words, and…"
    assert shortened([paragraph("Some words, and then")], 13) == "Some words…"


def test_nothing_is_left_of_a_word_that_is_too_long():
    assert shortened([paragraph("x" * 50)], 20) is None


@pytest.mark.parametrize("last", [heading("Chapter"), paragraph("These are:"), Block(text="⁂", kind="rule")])
def test_what_announces_something_is_not_the_last_block(last):
    blocks = [paragraph("A first paragraph."), last, Block(text="x " * 50, kind="code")]
    assert shortened(blocks, 60) == "A first paragraph."


def test_of_a_paragraph_that_announces_something_the_sentences_before_that_stay():
    blocks = [paragraph("Hook."), paragraph("It took long. It hurt. Run this:"), Block(text="x " * 50, kind="code")]
    assert shortened(blocks, 60) == "Hook.\n\nIt took long. It hurt. …"


def test_of_lines_that_announce_something_those_before_them_stay():
    blocks = [
        paragraph("I was fired.\nIt hurt.\nI learned three things 👇"),
        Block(text="- x" * 50, kind="list", joined=True),
    ]
    assert shortened(blocks, 80) == "I was fired.\nIt hurt. …"


def test_more_room_never_gives_less_text():
    blocks = [
        paragraph("A first paragraph. With two sentences."),
        heading("Chapter"),
        paragraph("It took long. It hurt. Run this:"),
        Block(text="x\n" * 50, kind="code"),
        paragraph("What do you think? Three answers 👇"),
        Block(text="- yes\n- no\n- I was not there", kind="list"),
        paragraph("Done."),
    ]
    lengths = [len(shortened(blocks, limit) or "") for limit in range(40, 300)]
    assert lengths == sorted(lengths)


def test_a_text_without_a_stop_is_cut_after_a_word_rather_than_to_its_first_line():
    endless = paragraph("no stop " * 100)
    assert shortened([paragraph("A hook."), endless], 300) == "A hook.\n\n" + "no stop " * 36 + "no…"
    opening = "A hook that says all. " * 10
    assert shortened([paragraph(opening.strip()), endless], 600) == opening.strip()


def test_a_heading_alone_is_no_text():
    assert shortened([heading("Chapter"), Block(text="x " * 50, kind="code")], 60) is None


def test_a_heading_stays_over_the_sentence_it_announces():
    blocks = [heading("Chapter"), paragraph("First sentence. Second sentence is long.")]
    assert shortened(blocks, 30) == "Chapter\n\nFirst sentence. …"


@pytest.mark.parametrize("kind", ["code", "table", "definitions", "notes", "heading"])
def test_code_tables_and_headings_are_never_cut_inside(kind):
    assert shortened([Block(text="One. Two. Three.\nFour.", kind=kind)], 12) is None


def test_a_list_is_cut_between_items_and_never_inside_one():
    items = "- one. and\n  more\n- two\n  - nested\n- three"
    assert shortened([Block(text=items, kind="list")], 36) == "- one. and\n  more\n- two\n  - nested\n…"
    assert shortened([Block(text=items, kind="list")], 30) == "- one. and\n  more\n…"
    assert shortened([Block(text=items, kind="list")], 15) is None


def test_lines_that_are_items_by_their_look_are_cut_between_them():
    rules = paragraph("✅ Be kind\n✅ Be brave\n✅ Be yourself")
    assert shortened([rules], 30) == "✅ Be kind\n✅ Be brave\n…"
    assert shortened([paragraph("I was fired.\nIt hurt.\nI left.")], 25) == "I was fired.\nIt hurt. …"
    assert shortened([rules._replace(kind="quote")], 30) == "✅ Be kind\n✅ Be brave …"


@pytest.mark.parametrize(
    "said", ["„Nein. Nie.“", "»Nein. Nie.«", "“No. Never.”", "«\u00a0Non. Jamais.\u00a0»", "「いや。」"]
)
def test_a_quotation_that_ends_a_text_keeps_its_closing_mark(said):
    assert shortened([paragraph(f"One, he said: {said} Then there came more words.")], 35).endswith(f"{said} …")


def test_joined_blocks_are_cut_where_they_end():
    blocks = [Block("one", "list"), Block("two", "list", joined=True), Block("three", "list", joined=True)]
    assert shortened(blocks, len("one\ntwo")) == "one\ntwo"
    assert shortened(blocks, len("one\ntwo\nthre")) == "one\ntwo"


def test_a_joined_block_keeps_its_single_line_feed():
    blocks = [paragraph("A: b"), Block(text="- one\n- two\n- three", kind="list", joined=True)]
    assert shortened(blocks, 18) == "A: b\n- one\n- two\n…"


def test_shortening_twice_changes_nothing_more():
    once = shortened([paragraph("One sentence. Another sentence. A third.")], 35)
    assert once == "One sentence. Another sentence. …"
    assert shortened([paragraph(once)], 35) == once


# --- the ladder


BODY = (paragraph("First paragraph."), paragraph("Second paragraph."))
EXCERPT = (paragraph("An excerpt."),)


def down_the_ladder(limit, mode="auto", excerpt=(), body=BODY):
    return fit(body, (excerpt, body), mode=mode, fits=up_to(limit), most=limit)


def test_the_whole_body_is_taken_where_it_fits():
    assert down_the_ladder(100, excerpt=EXCERPT) == Fitted("First paragraph.\n\nSecond paragraph.")


def test_the_excerpt_of_the_author_stands_for_a_body_that_is_too_long():
    assert down_the_ladder(20, excerpt=EXCERPT) == Fitted("An excerpt.", shortened=True, chosen=True)


def test_without_an_excerpt_the_first_paragraphs_stand_for_it():
    assert down_the_ladder(20) == Fitted("First paragraph.", shortened=True)


def test_an_excerpt_that_cannot_be_cut_gives_way_to_the_first_paragraphs():
    assert down_the_ladder(20, excerpt=(paragraph("x" * 30),)).text == "First paragraph."


def test_full_means_full_or_not_at_all():
    fitted = down_the_ladder(20, mode="full", excerpt=EXCERPT)
    assert "text.body" in fitted.refusal
    assert not fitted.shortened


def test_excerpt_means_the_excerpt_even_where_the_body_would_fit():
    assert down_the_ladder(100, mode="excerpt", excerpt=EXCERPT) == Fitted("An excerpt.", shortened=True, chosen=True)


def test_excerpt_without_an_excerpt_means_the_first_paragraph():
    assert down_the_ladder(100, mode="excerpt").text == "First paragraph."


def test_a_body_of_one_paragraph_is_its_own_excerpt():
    assert down_the_ladder(100, mode="excerpt", body=BODY[:1]) == Fitted("First paragraph.")


def test_a_refusal_says_whether_the_body_is_at_fault():
    assert "beginning" in down_the_ladder(20, body=(paragraph("x" * 50),)).refusal
    assert "alone" in fit(BODY, (BODY,), mode="auto", fits=lambda _: False, most=20).refusal


def test_an_empty_body_fits():
    assert down_the_ladder(10, body=()) == Fitted("")


def test_the_lead_ends_with_a_paragraph_that_announces_nothing():
    blocks = (heading("A"), paragraph("So:"), Block(text="- x", kind="list"), paragraph("Yes."), paragraph("No."))
    assert joined_text(lead(blocks)) == "A\n\nSo:\n\n- x\n\nYes."


# --- the fold


def test_the_feed_shows_two_hundred_and_ten_graphemes():
    assert fold("x" * 210) is None
    assert fold("x" * 211) == 210


def test_the_feed_shows_three_lines():
    assert fold("a\n\nb") is None
    assert fold("a\n\nb\nc") == 4


def test_whichever_comes_first_folds():
    assert fold("x" * 209 + "\n" + "y" * 10) == 210
    assert fold("a\nb\nc\n" + "x" * 300) == 5


def test_the_fold_is_never_inside_a_grapheme():
    family = "👨‍👩‍👧"
    assert fold(family * 211) == 210 * len(family)
