"""What an author's other posts tell about an emoji that lost bytes."""

import pytest

from crosspost.text import familiar, repair, repair_among
from crosspost.text.mojibake.decoder import Decoder

WORDS = "alpha bravo charlie delta echo foxtrot golf hotel india juliett kilo lima mike november oscar papa".split()  # noqa: SIM905


def a_post(number, line):
    """A post of its own: no two have three words in a row in common."""
    own = " ".join(f"{word}{'abcdefghijkl'[number]}" for word in WORDS)
    return f"{line}\n\n{own}, and that isn’t all.\n"


def damaged(text):
    return text.encode().decode("cp1252", "ignore")


def posts(line, count=5, first=1):
    return [a_post(number, line) for number in range(first, first + count)]


LINE = "📝 Numbers first"
TARGET = a_post(0, LINE)


def test_a_bullet_is_read_as_in_the_other_posts():
    alone = repair(damaged(TARGET))
    assert [offer.before for offer in alone.offers] == ["ðŸ“"]
    made = repair(damaged(TARGET), familiar(posts("📝 Another word")))
    assert (made.text, made.offers) == (TARGET, ())
    (told,) = [one for one in made.repairs if one.step == "familiar"]
    assert (told.before, told.after, told.line) == ("ðŸ“", "📝", 1)
    assert 0.9 <= told.confidence < 0.99


def test_who_writes_another_emoji_is_believed_against_what_everybody_writes():
    made = repair(damaged(a_post(0, "📍 Numbers first")), familiar(posts("📍 Numbers first", 8)))
    assert made.text.startswith("📍")


def test_repairing_twice_changes_nothing_more():
    known = familiar(posts(LINE))
    made = repair(damaged(TARGET), known)
    assert repair(made.text, known).text is made.text


@pytest.mark.parametrize(
    "copy",
    [
        TARGET,
        f"---\ntitle: Draft\ntags: [x]\n---\n\n{TARGET}",
        TARGET.replace("and that isn’t all", "which is all"),
        f"{LINE}\n",
        f"# {LINE}\n",
        f'---\ntitle: "{LINE}"\n---\n',
        "**📝 Numbers** first\n",
    ],
    ids=["the same", "with front matter", "edited", "one line", "as a heading", "as a title", "with emphasis"],
)
def test_the_same_line_in_an_undamaged_copy_decides(copy):
    made = repair(damaged(TARGET), familiar([copy]))
    assert (made.text, made.offers) == (TARGET, ())


def test_the_beginning_of_a_line_is_enough_of_a_copy():
    target = a_post(0, "📝 Choose the right tools: look for those that you know")
    made = repair(damaged(target), familiar([a_post(1, "- 📝 Choose the right tools")]))
    assert (made.text, made.offers) == (target, ())


@pytest.mark.parametrize("signs", ["📝📍", "📍📝", "📝📝📍"])
def test_copies_that_differ_decide_nothing(signs):
    posts = [a_post(number, f"{sign} Numbers first") for number, sign in enumerate(signs, 1)]
    made = repair(damaged(TARGET), familiar(posts))
    assert [(offer.step, offer.before) for offer in made.offers] == [("familiar", "ðŸ“")]


def test_a_copy_outweighs_what_the_author_has_in_such_places():
    clean = a_post(0, "📍 Numbers first")
    known = familiar([*posts("📝 Another word", 6), a_post(7, "📍 Numbers first")])
    assert repair(damaged(clean), known).text == clean


def test_one_line_of_a_list_that_a_copy_has_tells_the_whole_list():
    target = a_post(0, "📍 Choose the right tools\n\n📍 Meet them once a day\n\n📍 Ask again and again")
    made = repair(damaged(target), familiar([a_post(1, "📍 Choose the right tools")]))
    assert (made.text, made.offers) == (target, ())


def test_the_damaged_copy_of_a_copy_is_no_evidence():
    assert repair(damaged(TARGET), familiar([damaged(TARGET)])) == repair(damaged(TARGET))


def test_a_post_counts_once_however_many_copies_of_it_there_are():
    assert repair(damaged(TARGET), familiar(posts("📝 Another word", 1) * 6)).offers
    assert not repair(damaged(TARGET), familiar(posts("📝 Another word", 6))).offers


def test_what_all_posts_end_with_makes_no_copies_of_them():
    signature = "Read more about our work and write to us if this is what you need for the team.\n"
    known = familiar([f"{post}\n{signature}" for post in posts(LINE, 9)])
    assert repair(damaged(f"{TARGET}\n{signature}"), known).text == f"{TARGET}\n{signature}"


def test_damaged_posts_tell_nothing():
    assert familiar(map(damaged, posts(LINE))).posts == ()


@pytest.mark.parametrize("line", ["# 📝 Another word", "Another word 📝", "Another 📝 word"])
def test_what_stands_elsewhere_in_its_line_tells_little(line):
    assert repair(damaged(TARGET), familiar(posts(line))).offers


@pytest.mark.parametrize("between", ["\n", "\n\n", "\n- ", "\r\n\r\n"])
def test_the_bullets_of_lists_are_a_habit_and_what_begins_one_line_is_none(between):
    known = familiar(posts(between.join(["📝 Another day", "📝 Another word"]), 4))
    items = a_post(0, between.join(["📝 Numbers first", "📝 Doubts later"]))
    assert repair(damaged(items), known).text == items
    assert repair(damaged(TARGET), known).offers
    assert repair(damaged(items), familiar(posts("📝 Another word\n\nAnd more", 4))).offers


def test_the_same_word_beside_it_tells_most():
    line = "Meet us at 📍 Rome"
    assert repair(damaged(a_post(0, line)), familiar(posts(line))).text.startswith(line)
    assert repair(damaged(a_post(0, line)), familiar(posts("Meet us at 📍 Bonn"))).offers


def test_the_subject_of_an_author_tells_nothing_of_one_line():
    clean = a_post(0, "Search the index 🔍")
    assert repair(damaged(clean), familiar(posts("🚀 A plan", 6))).text == clean
    assert repair(damaged(clean), familiar(posts("🚀 A search", 6))).offers
    assert repair(damaged(clean), familiar(posts("🚀 A search", 4))).text == clean


def test_nobody_is_asked_about_a_text_that_is_clear_by_itself():
    def known():
        raise AssertionError

    for text in (TARGET, damaged("It isn’t dull, it’s “fun” and that’s all.")):
        assert repair_among(text, known).offers == ()


def test_who_is_asked_and_knows_nothing_changes_nothing():
    assert repair_among(damaged(TARGET), lambda: None) == repair(damaged(TARGET))
    assert repair_among(damaged(TARGET), lambda: familiar([])) == repair(damaged(TARGET))


def test_words_are_decoded_once_although_other_posts_are_asked(monkeypatch):
    """Decoding is nine tenths of the work, and other posts change nothing about a word by itself."""
    decoded: list[str] = []
    readings = Decoder.readings

    def counted(self, word, *args, **kwargs):
        decoded.append(word)
        return readings(self, word, *args, **kwargs)

    monkeypatch.setattr(Decoder, "readings", counted)
    text = damaged(a_post(0, "📝 Sums first"))
    assert repair(text).offers
    alone = len(decoded)
    assert repair(text, familiar(posts("An aside"))).offers
    assert alone > 0
    assert len(decoded) == alone
