"""Lines of a damaged text that stand undamaged in another text of its author."""

import pytest

from crosspost.text import familiar, repair, repair_among
from crosspost.text.mojibake.channel import Channel
from crosspost.text.mojibake.copies import Copies, telling_lines

# What a code page of 128 letters loses; without a copy much of it stays open.
RUSSIAN = "Мы начали с малого, и я рад: «Это работает», — сказал он. Всё хорошо, и идёт дальше!"
OTHER = "Ещё одна строка, в которой тоже много слов, и ни одного из них нет нигде ещё."
TEXT = f"# Начало\n\n{RUSSIAN}\n\n{OTHER}\n"
PAGES = ["cp1253", "cp1254"]


def damaged(text, page):
    return text.encode().decode(page, "ignore")


def open_lines(made):
    return {offer.line for offer in made.offers}


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    "copy",
    [RUSSIAN, f"> {RUSSIAN}", f'---\ntitle: "{RUSSIAN}"\n---\n', RUSSIAN.replace("Всё", "**Всё**"), f"{RUSSIAN}\r\nx"],
    ids=["alone", "quoted", "as a title", "with emphasis", "other line ends"],
)
def test_what_is_open_is_read_as_in_an_undamaged_copy_of_the_line(page, copy):
    alone, made = (repair(damaged(TEXT, page), known) for known in (None, familiar([copy])))
    assert 3 in open_lines(alone)
    assert 3 not in open_lines(made)
    assert made.text.split("\n")[2] == RUSSIAN
    assert {one.step for one in made.repairs if one.line == 3} == {"mojibake", "familiar"}


def test_a_text_with_an_undamaged_copy_comes_back_whole():
    asked = []

    def known():
        asked.append(True)
        return familiar([TEXT])

    made = repair_among(damaged(TEXT, "cp1253"), known)
    assert (made.text, made.offers, asked) == (TEXT, (), [True])
    assert repair_among(made.text, known).text is made.text


def test_markup_of_the_damaged_line_stays():
    text = TEXT.replace("Всё", "**Всё**")
    made = repair(damaged(text, "cp1253"), familiar([RUSSIAN]))
    assert made.text.split("\n")[2] == RUSSIAN.replace("Всё", "**Всё**")


def test_copies_that_differ_decide_no_word_in_which_they_differ():
    other = RUSSIAN.replace("и я рад", "и с рад")
    assert damaged(RUSSIAN, "cp1252") == damaged(other, "cp1252")
    copies = Copies([*telling_lines(RUSSIAN), *telling_lines(other)], Channel("cp1252"))
    words = [word for *_, word in copies.of(damaged(RUSSIAN, "cp1252"))]
    assert words == [word for word in RUSSIAN.split(" ") if word != "я"]


def test_a_line_that_is_no_copy_tells_nothing():
    copies = Copies(telling_lines(RUSSIAN), Channel("cp1252"))
    for line in (OTHER, RUSSIAN[:-1], f"{RUSSIAN} Да!", RUSSIAN.replace("рад", "рада")):
        assert copies.of(damaged(line, "cp1252")) == []


def test_a_copy_with_other_blanks_is_none():
    """Its byte A0 became a blank, and so it has one word less."""
    lines = telling_lines("C’est déjàvu pour nous")
    assert Copies(lines, Channel("cp1252", blanks=True)).of("Câ€™est dÃ©jÃ vu pour nous") == []


def test_short_lines_are_no_copies():
    assert list(telling_lines("Всё хорошо\nВсё очень хорошо\nall is well\n")) == ["Всё очень хорошо"]


def test_a_copy_that_became_something_else_is_none():
    assert Copies(telling_lines(RUSSIAN), Channel("cp1252")).of(damaged(RUSSIAN, "cp1254")) == []
