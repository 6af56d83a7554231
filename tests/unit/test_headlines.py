"""Capitals and small letters in headlines of styled letters, where a lost byte leaves them open."""

import pytest

from crosspost.text import repair
from crosspost.text.mojibake import headlines
from crosspost.text.mojibake.decoder import Reading
from crosspost.text.mojibake.speech import Speech, words_in

ENGLISH = Speech(words_in("the plan is to train the people of the team or to let them train and then of all that"))


def chosen(words, before, behind):
    """Weigh words that are about as likely; None where no headline is seen."""
    readings = [Reading(word, 8.0 + at / 100) for at, word in enumerate(words.split())]
    made = headlines.weighed(readings, before, behind, ENGLISH)
    return made and made[0].text


@pytest.mark.parametrize("before", ["", "📌 ", "# ", 'title: "📌 ', "One more thing. “", "Read this: "])
def test_a_headline_begins_with_a_capital(before):
    assert chosen("𝐝𝐨𝐨𝐫 𝐏𝐨𝐨𝐫", before, " 𝐏𝐥𝐚𝐧𝐬 𝐚𝐧𝐝 𝐓𝐞𝐚𝐦𝐬") == "𝐏𝐨𝐨𝐫"


@pytest.mark.parametrize(
    ("before", "behind"),
    [
        ("", " 𝐩𝐥𝐚𝐧𝐬 𝐚𝐧𝐝 𝐭𝐞𝐚𝐦𝐬"),
        ("", " 𝐏𝐥𝐚𝐧𝐬"),
        ("", " Plans and Teams"),
        ("the ", " 𝐏𝐥𝐚𝐧𝐬 𝐚𝐧𝐝 𝐓𝐞𝐚𝐦𝐬"),
        ("𝐓𝐡𝐞 ", " 𝐏𝐥𝐚𝐧𝐬 𝐚𝐧𝐝 𝐓𝐞𝐚𝐦𝐬"),
    ],
    ids=["small words", "one word", "plain words", "amid a sentence", "amid a headline"],
)
def test_what_is_no_beginning_of_a_headline_may_be_small(before, behind):
    assert chosen("𝐝𝐨𝐨𝐫 𝐏𝐨𝐨𝐫", before, behind) in (None, "𝐝𝐨𝐨𝐫")


def test_amid_a_headline_only_the_commonest_short_words_are_small():
    assert chosen("𝐦𝐫 𝐨𝐫", "𝐌𝐚𝐤𝐢𝐧𝐠 𝐌𝐨𝐧𝐞𝐲 ", " 𝐒𝐚𝐯𝐢𝐧𝐠 𝐈𝐭") == "𝐨𝐫"
    assert chosen("𝐦𝐫 𝐌𝐫", "𝐌𝐚𝐤𝐢𝐧𝐠 𝐌𝐨𝐧𝐞𝐲 ", " 𝐒𝐚𝐯𝐢𝐧𝐠 𝐈𝐭") == "𝐌𝐫"
    assert chosen("𝐨𝐫 𝐎𝐫", "𝐌𝐚𝐤𝐢𝐧𝐠 𝐌𝐨𝐧𝐞𝐲 ", " 𝐒𝐚𝐯𝐢𝐧𝐠 𝐈𝐭") == "𝐨𝐫"


def test_plain_words_are_left_to_what_else_tells():
    assert chosen("door Poor", "", " 𝐏𝐥𝐚𝐧𝐬 𝐚𝐧𝐝 𝐓𝐞𝐚𝐦𝐬") is None


@pytest.mark.parametrize("page", ["cp1252", "cp1254"])
def test_a_damaged_headline_comes_back(page):
    text = "# 𝐏𝐨𝐨𝐫 𝐏𝐥𝐚𝐧𝐬 𝐀𝐫𝐞 𝐊𝐢𝐥𝐥𝐢𝐧𝐠 𝐘𝐨𝐮𝐫 𝐁𝐮𝐬𝐢𝐧𝐞𝐬𝐬\n\nIt isn’t dull, it’s “fun” – and that’s all.\n"
    made = repair(text.encode().decode(page, "ignore"))
    assert (made.text, made.offers) == (text, ())
