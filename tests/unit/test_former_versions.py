"""A damaged text whose file had its lines before is what they were."""

import sys

import pytest

from crosspost.text import Repaired, encoding, familiar, repair, repair_among
from crosspost.text.mojibake.former import Former, as_before

TEXT = """---
title: "Teams that repeat 🔁"
description: A loop 🔁 for all of the 🌎
tags: [loops, "🌎"]
---

▬▬▬▬▬▬▬▬

# 🔁 Again

▁▁▐▐▁▁ and the rest of it 🌎

- 🔁 One word
- 🌎 Another, “really”
- A range –

    print("naïve ▐ café")

See [the map](/images/🌎-welt.png) and `🔁`.<two blanks>
It’s all, and that isn’t much: Größe, naïveté, así, à
▐
""".replace("<two blanks>", "  ")
STRAIGHT = str.maketrans("‘’‚“”„", "'''\"\"\"")
KINDS = [
    *[(page, "ignore") for page in ("cp1252", "cp1254", "cp1250", "cp1251", "cp1253", "cp1257", "mac-roman", "cp437")],
    *[(page, "ignore") for page in ("cp1255", "cp1256", "cp1258", "cp874")],
    *[(page, "replace") for page in ("cp1252", "cp1254", "cp1253")],
]


def damaged(text, page="cp1252", errors="ignore"):
    return text.encode().decode(page, errors)


def without_controls(text):
    return "".join(one for one in text.encode().decode("latin-1") if not "\x80" <= one <= "\x9f")


def made_from(text, *versions):
    return repair(text, familiar((), versions))


def not_asked(*_, **__):
    raise AssertionError


@pytest.mark.parametrize(("page", "errors"), KINDS)
def test_a_text_that_its_file_had_comes_back_whole(page, errors):
    before = damaged(TEXT, page, errors)
    assert repair(before).offers
    made = made_from(before, TEXT)
    assert (made.text, made.offers) == (TEXT, ())
    assert {(one.step, one.confidence) for one in made.repairs} == {("familiar", 0.99)}


@pytest.mark.parametrize(
    "damage",
    [
        without_controls,
        lambda text: damaged(damaged(text, "cp1252")),
        lambda text: damaged(text).replace("\u00a0", " "),
        lambda text: damaged(text).replace("\u00a0\n", "\n"),
        lambda text: damaged(text).replace("\u00ad", ""),
        lambda text: damaged(text).translate(STRAIGHT),
        lambda text: damaged(text).translate(STRAIGHT).replace("\n", "\r\n"),
    ],
    ids=["all controls lost", "twice", "no-break spaces", "trimmed", "soft hyphens", "straightened", "line ends too"],
)
def test_whatever_else_was_lost(damage):
    made = made_from(damage(TEXT), TEXT)
    assert (made.text.replace("\r\n", "\n"), made.offers) == (TEXT, ())
    assert made.text.count("\r") == damage(TEXT).count("\r")


def test_every_alteration_is_listed_with_its_line():
    made = made_from(damaged("one\n\n“two” and 🔁 three\n"), "“two” and 🔁 three\n")
    assert [(one.before, one.after, one.line) for one in made.repairs] == [
        ("â€œtwoâ€", "“two”", 3),
        ("ðŸ”", "🔁", 3),
    ]


def test_the_words_of_a_post_are_found_without_the_keys_and_quotes_of_front_matter():
    parts = "Teams that repeat 🔁\nA loop 🔁 for all of the 🌎\n▁▁▐▐▁▁ and the rest of it 🌎"
    made = made_from(damaged(parts), TEXT)
    assert (made.text, made.offers) == (parts, ())


@pytest.mark.parametrize(
    "versions", [["🔁 {}", "🔍 {}"], ["no line of it “so”", "🔁 {}", "🔍 {}"], ["🔁 {}\n{} 🔁", "🔍 {}"]]
)
def test_the_newest_version_that_has_a_line_decides(versions):
    line = "Ask again and again"
    made = made_from(damaged(f"🔁 {line}\n"), *(f"{version.format(line, line)}\n" for version in versions))
    assert (made.text, made.offers) == (f"🔁 {line}\n", ())


def test_what_the_author_changed_back_and_forth_is_what_it_was_last():
    line = "🔁 Ask again and again\n"
    assert made_from(damaged(line), line, line.replace("🔁", "🔍"), line).text == line


def test_two_lines_of_a_version_that_the_damage_made_alike_decide_nothing_nor_do_older_ones():
    lines = "🔁 Ask again and again\n🔍 Ask again and again\n"
    made = made_from(damaged(lines), lines, "🔁 Ask again and again\n")
    assert [one.line for one in made.offers] == [1, 2]
    assert made.text == damaged(lines)


@pytest.mark.parametrize("damage", [damaged, lambda text: text.replace("“so”", "â€œsoâ€œ")], ids=["all", "one word"])
def test_a_version_that_is_damaged_tells_nothing(damage):
    text = "🔁 Ask again and again\n\nJust “so” it is\n"
    assert familiar((), [damage(text)]).former == ()
    assert made_from(damaged(text), damage(text)) == repair(damaged(text))
    assert made_from(damaged(text), damage(text), text).text == text


def test_a_version_that_shows_damage_is_not_read(monkeypatch):
    """A file that was damaged long ago has many."""
    monkeypatch.setattr(sys.modules["crosspost.text.familiar"], "repair", not_asked)
    for page in ("cp1252", "cp1254", "cp1251"):
        assert familiar((), [damaged(TEXT, page)] * 3).former == ()


def test_a_version_that_shows_damage_on_purpose_is_none_that_is_damaged():
    text = "🔁 Ask again and again\n\nWrite `cafÃ©`, “so”\n"
    assert made_from(damaged(text), text).text == text


def test_a_line_that_was_edited_is_repaired_beside_the_others_as_it_would_be():
    text = "🔁 Ask again and again\n\nIt’s “fine” – isn’t it?\n"
    made = made_from(damaged(text), text.replace("isn’t it", "or is it"))
    assert (made.text, made.offers) == (text, ())
    assert {(one.line, one.step) for one in made.repairs} == {(1, "familiar"), (3, "mojibake")}


def test_what_no_version_has_stays_open():
    text = "🔁 Ask again and again\n\n“So” it is\n\n🔍 Look\n"
    made = made_from(damaged(text), text.replace("🔍 Look", "🔍 Look again"))
    assert made.text.startswith("🔁 Ask again and again\n\n“So” it is\n")
    assert [one.line for one in made.offers] == [5]


@pytest.mark.parametrize("older", [[], ["Another text, “quite”"]])
def test_weak_signs_that_no_version_has_are_offered_though_all_else_is_known(older):
    text = "🔁 Ask again and again\n\n“So” it is\n\nAn 𝐞 alone\n"
    made = made_from(damaged(text, "cp1254"), text.replace("An 𝐞 alone", ""), *older)
    assert [(one.line, one.before) for one in made.offers] == [(5, "ğ")]


def test_undamaged_lines_stay():
    text = "🔁 Ask again and again\n\nSomebody wrote “so” afterwards, naïvely\n\n🌎\n"
    mixed = damaged(text).replace(damaged("“so” afterwards, naïvely"), "“so” afterwards, naïvely")
    assert made_from(mixed, text).text == text
    assert made_from(mixed, text.replace("afterwards", "before")).text == text


@pytest.mark.parametrize(
    "line",
    [
        "He saw “Ã©” instead",
        "Write `â€œ` in front",
        "A “IRMÔ é daqui",
        "𝗛á𝗿𝗼𝗺 words",
        "MÄ£ÄM and all",
        "He saw “â€” instead",
        "It’s ï»¿ here",
        "So ğ —§ is",
    ],
)
@pytest.mark.parametrize("spoil", [damaged, str], ids=["damaged with the others", "still as it was"])
@pytest.mark.parametrize("new", ["It’s “fine” – isn’t it?", "It’s 🔍 – isn’t it?"], ids=["clear", "open"])
def test_a_known_line_is_left_alone_whatever_it_looks_like(line, spoil, new):
    """Beside other damage much is taken for damage that is none."""
    text = f"🔁 Ask again and again\n\n{line}\n\n{{}}\n"
    assert repair(text.format("")) == Repaired(text=text.format("")), "an undamaged version"
    made = made_from(f"{damaged('🔁 Ask again and again')}\n\n{spoil(line)}\n\n{damaged(new)}\n", text.format("Old"))
    assert made.text.startswith(text.format("")[:-2])
    assert {one.line for one in made.offers} <= {5}


def test_what_is_unsure_is_offered_where_the_lines_that_are_known_were_damaged():
    lines = ["“So” it is", "“Or” it isn’t", "“Why” not"]
    text = "\n".join([*lines, "Hard – what"])
    made = made_from(without_controls(text), "\n".join(lines))
    assert [(one.line, one.before, one.after) for one in made.offers] == [(4, "â", "–")]


def test_a_key_that_is_damaged_is_repaired_though_its_value_is_known():
    text = 'Straße: "🔁 Ask again and again"\nIt’s “fine” – isn’t it?\n'
    made = made_from(damaged(text), '"🔁 Ask again and again"\n')
    assert made.text.startswith("Straße: ")
    assert as_before(damaged('Straße: "'), ["\n"]) == Former()


def test_what_happened_is_told_by_few_lines_and_so_left_open():
    readers = as_before(damaged("é ö ü\n"), ["é ö ü\n"]).readers
    assert 1 < len(readers) <= 4
    assert readers[0].channel.page == "cp1252"


@pytest.mark.parametrize("page", ["cp1252", "cp1254"])
def test_what_happened_is_told_by_the_lines_that_are_not_known_too(page):
    text = "“So” it is\n\n🚀 It’s “fine” – isn’t it?\n"
    (reader, *others) = as_before(damaged(text, page), ["“So” it is\n"]).readers
    assert {one.channel.page for one in (reader, *others)} == {page}
    assert (made_from(damaged(text, page), "“So” it is\n").text) == text


def test_a_text_of_known_lines_is_not_decoded_at_all(monkeypatch):
    monkeypatch.setattr(encoding, "recover", not_asked)
    assert made_from(damaged(TEXT), TEXT).text == TEXT


def test_markup_around_a_line_may_have_changed():
    made = made_from(damaged("## 🔁 Again\n\n> “So”"), '🔁 Again\n"“So”"\n')
    assert (made.text, made.offers) == ("## 🔁 Again\n\n> “So”", ())


def test_blanks_at_the_end_of_a_line_stay_as_they_are_now():
    assert made_from(damaged("🔁 Again  \n🌎 Welt\n"), "🔁 Again\n🌎 Welt  \n").text == "🔁 Again  \n🌎 Welt\n"
    assert made_from(damaged("🔁 Again  \nVoilà  \n"), "🔁 Again  \nVoilà  \n").text == "🔁 Again  \nVoilà  \n"


@pytest.mark.parametrize("blanks", ["", "  "])
def test_a_byte_that_was_trimmed_with_the_blanks_comes_back(blanks):
    assert made_from(damaged("🔁 Voilà\n").replace("\u00a0", ""), f"🔁 Voilà{blanks}\n").text == "🔁 Voilà\n"


def test_the_name_of_a_file_is_evidence_for_its_title():
    name = "How to 🔁 teams"
    made = made_from(damaged("How to 🔁 teams\nIt’s “fine” – isn’t it?"), name)
    assert (made.text, made.offers) == ("How to 🔁 teams\nIt’s “fine” – isn’t it?", ())


def test_repairing_twice_changes_nothing_more():
    for versions in ([TEXT], [TEXT.replace("print", "echo")], [TEXT.replace("🌎", "🌍")], ["🔁 Again"]):
        known = familiar((), versions)
        for page in ("cp1252", "cp1254", "latin-1"):
            made = repair(damaged(TEXT, page), known)
            assert repair(made.text, known).text == made.text


def test_clean_text_comes_back_as_the_same_object():
    assert repair(TEXT, familiar((), [TEXT.replace("🔁", "🔍")])).text is TEXT


def test_the_file_s_past_is_asked_for_before_the_other_posts_and_only_if_something_is_open():
    clear = damaged("It isn’t dull, it’s “fun” and that’s all.")
    assert not repair_among(clear, not_asked, not_asked).offers
    assert repair_among(damaged(TEXT), not_asked, lambda: [TEXT]).text == TEXT


def test_what_the_past_leaves_open_the_other_posts_decide_and_what_it_knows_they_do_not():
    text = "🔁 Ask again and again\n\n“So” it is\n\n🔍 Look at all of it\n"
    others = ["🔍 Ask again and again, as ever\n", "🔍 Ask again and again\n", "🔍 Look at all of it\n"]
    made = repair_among(damaged(text), lambda: familiar(others), lambda: [text.replace("🔍 Look at", "Look at")])
    assert (made.text, made.offers) == (text, ())


def test_a_past_that_tells_nothing_changes_nothing():
    text = "🔁 Ask again and again\n\n“So” it is\n"
    for past in ([], [""], ["Another text, “quite”\n"], [damaged(text)]):
        assert repair_among(damaged(text), lambda: None, lambda past=past: past) == repair(damaged(text))


def test_a_long_text_with_many_versions_takes_time_for_its_length_only():
    lines = [f"{number} 🔁 “again” and ▐ again" for number in range(2000)]
    text = "\n".join(lines)
    assert as_before(damaged(text), [text.replace("0", "x"), text]).whole
