"""Relative addresses in a damaged text: undone where they lost no byte and the text says how."""

import pytest

from crosspost.text import repair

PROSE = "It isn’t dull, it’s “fun” – and that’s all.\n\n"


def damaged(text, page="cp1252", errors="ignore"):
    return text.encode().decode(page, errors)


@pytest.mark.parametrize("page", ["cp1252", "cp1254", "cp1250", "mac-roman"])
@pytest.mark.parametrize(
    "link", ["![a plan](/images/start—now.jpg)", "[the plan](../über/plan.html)", '<img src="/images/start—now.jpg">']
)
def test_a_relative_address_was_damaged_with_its_text(link, page):
    made = repair(damaged(PROSE + link, page))
    assert (made.text, made.offers) == (PROSE + link, ())
    assert repair(made.text).text is made.text


def test_it_is_listed_as_a_repair_of_its_own():
    (told,) = [one for one in repair(damaged(f"{PROSE}![a plan](/start—now.jpg)")).repairs if "jpg" in one.before]
    assert (told.step, told.before, told.after, told.line) == ("mojibake", "/startâ€”now.jpg", "/start—now.jpg", 3)
    assert told.confidence == 0.95


@pytest.mark.parametrize(
    "link",
    [
        "![a plan](https://blog.example/start—now.jpg)",
        "![a plan](//blog.example/start—now.jpg)",
        "[a mail](mailto:jürgen@blog.example)",
        "[a search](/search?q=jürgen)",
        "`![a plan](/images/start—now.jpg)`",
    ],
    ids=["absolute", "without scheme", "mail", "query", "code"],
)
def test_addresses_of_others_and_code_stay(link):
    made = repair(damaged(PROSE + link))
    assert made.text == PROSE + damaged(link)
    assert [offer.line for offer in made.offers] == [3]


def test_an_address_alone_is_no_damage():
    text = damaged("![a plan](/images/start—now.jpg)\n\nIt is all “right”.")
    shown = text.replace("â€œrightâ€", "“right”")
    assert repair(shown).text is shown


def test_an_address_that_lost_bytes_is_offered():
    made = repair(damaged(f"{PROSE}![a plan](/images/the-“plan”.jpg)"))
    assert "â€.jpg" in made.text
    assert [offer.line for offer in made.offers] == [3]


def test_an_address_of_another_code_page_than_the_text_is_offered():
    link = damaged("![a plan](/images/plän.jpg)", "cp437")
    made = repair(damaged(PROSE) + link)
    assert made.text == PROSE + link


def test_a_blank_is_no_part_of_an_address():
    link = damaged("![a plan](/images/a\u00a0plan.jpg)")
    made = repair(damaged(PROSE) + link)
    assert link in made.text


def test_what_else_is_damaged_in_its_word_is_still_offered():
    made = repair(damaged(f"{PROSE}![a plan](/images/start—now.jpg)") + "[it](https://blog.example/Ã©)")
    assert "](/images/start—now.jpg)" in made.text
    assert [offer.line for offer in made.offers] == [3]
