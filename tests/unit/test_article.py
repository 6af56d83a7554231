"""The link card: plain strings within LinkedIn's limits."""

import pytest

from crosspost.compose.article import DESCRIPTION_LIMIT, TITLE_LIMIT, card, one_line
from crosspost.compose.fit import units
from crosspost.compose.render.rendered import BOLD_LINE, Block

URL = "https://example.com/a_(b)/"
BLOCKS = (Block(text="Heading", kind="heading"), Block(text="First (one).\nSecond.", kind="paragraph"))


def test_nothing_on_a_card_is_escaped():
    article = card(URL, "C# (a_b)", "About [x] & y", BLOCKS)
    assert (article.source, article.title, article.description) == (URL, "C# (a_b)", "About [x] & y")


def test_the_first_paragraph_describes_where_the_author_does_not():
    assert card(URL, "T", "", BLOCKS).description == "First (one). Second."


def test_addresses_of_links_are_no_part_of_a_description():
    linked = (Block(text="See this (https://a.example/x_y) and (that).", kind="paragraph"),)
    assert card(URL, "T", "", linked).description == "See this and (that)."


@pytest.mark.parametrize(
    "first",
    [
        Block(text="Hello Jekyllers!", kind="paragraph"),
        Block(text="谢邀。", kind="paragraph"),
        Block(text="https://a.example/a-long-address/of-a-video", kind="paragraph"),
        Block(text="Why it matters to all of us now", kind="paragraph", level=BOLD_LINE),
    ],
    ids=lambda block: block.text,
)
def test_the_first_paragraph_that_tells_something_describes(first):
    telling = Block(text="This release has been long in the making.", kind="paragraph")
    assert card(URL, "T", "", (first, telling)).description == telling.text
    assert card(URL, "", "", (first, telling)).title == first.text
    alone = card(URL, "T", "", (first,)).description
    assert alone == (None if first.text.startswith("https") else first.text)


def test_marks_of_footnotes_are_no_part_of_a_description():
    text = Block(text="It is used by default on beta[1], see [2] and x[0].", kind="paragraph")
    notes = Block(text="[1] One\n[2] Two", kind="notes")
    assert card(URL, "T", "", (text, notes)).description == "It is used by default on beta, see and x."
    assert card(URL, "T", "", (text,)).description == text.text


def test_there_is_no_description_where_there_is_nothing_to_say():
    assert card(URL, "T", "", ()).description is None


def test_a_card_always_has_a_title():
    assert card(URL, "", "", BLOCKS).title == "First (one). Second."
    assert card(URL, "", "", ()).title == URL


def test_markup_in_a_description_is_not_shown():
    assert card(URL, "T", "An *old*<br>story", ()).description == "An old story"


def test_long_lines_are_cut_to_the_limits():
    article = card(URL, "𝗮b " * 300, "A sentence. " * 40, ())
    assert units(article.title) <= TITLE_LIMIT
    assert article.title.endswith("b…")
    assert units(article.description) <= DESCRIPTION_LIMIT
    assert article.description.endswith("sentence. …")


def test_a_sentence_that_keeps_little_gives_way_to_a_word():
    assert one_line("Oh. A much longer second sentence follows here", 30) == "Oh. A much longer second…"


def test_one_endless_word_is_no_line():
    assert one_line("x" * 50, 30) == ""
