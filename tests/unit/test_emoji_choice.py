"""Among emoji that have lost the same bytes, the words beside them decide."""

from itertools import permutations

import pytest

from crosspost.text.mojibake.decoder import Reading
from crosspost.text.mojibake.fitting import Site, fitted
from crosspost.text.mojibake.topics import Topics

DAMAGED = "ğŸ“"  # 🎓 no more than 📞, once the last byte is dropped


def gain(words, emoji, *languages):
    return Topics(words.split(), languages or ("en",)).gain(emoji)


@pytest.mark.parametrize(
    ("word", "emoji", "other"),
    [("university", "🎓", "📞"), ("phone", "📞", "🎓"), ("write", "📝", "📞"), ("degree", "🎓", "📝")],
)
def test_an_emoji_fits_the_words_that_belong_to_it(word, emoji, other):
    assert gain(word, emoji) > 1
    assert gain(word, other) < 0


def test_other_forms_of_a_word_fit_as_well():
    assert gain("graduates", "🎓") > 1


def test_a_common_word_tells_less_than_a_rare_one():
    assert 0 < gain("school", "🎓") < gain("university", "🎓") < gain("graduation", "🎓")


def test_no_word_tells_more_than_another_can():
    """A rare word is no proof: an emoji with one is likelier by a factor, and further words add less each."""
    one, two, three = (
        gain(words, "🎓") for words in ("graduation", "graduation degree", "graduation degree university")
    )
    assert one < two < three
    assert two - one > three - two
    assert three < 2 * one


def test_words_that_belong_to_no_emoji_tell_a_little_against_each():
    assert gain("the plan", "🎓") == gain("the plan", "📞") < 0
    assert gain("", "🎓") == gain("of by", "🎓") < 0


def test_a_word_of_an_emojis_name_tells_more_than_another_of_its_words():
    assert gain("telephone", "📞") > 2 * gain("phone", "📞") > 0


@pytest.mark.parametrize(
    ("word", "emoji", "languages"),
    [
        ("webinar", "🎥", ()),
        ("partnership", "🤝", ()),
        ("podcast", "🎧", ()),
        ("collaboration", "🤝", ("fr",)),
        ("weiterbildung", "🎓", ("de",)),
    ],
)
def test_an_emoji_fits_the_words_beside_which_people_put_it(word, emoji, languages):
    assert gain(word, emoji, *languages) > 0.5


def test_words_of_usage_tell_nothing_where_the_authors_own_posts_are_known():
    telling = Topics(["webinar"], ("en",)).gain("🎥")
    assert telling > 0.5 > Topics(["webinar"], ("en",), usage=False).gain("🎥")
    text = f"{DAMAGED} Alumni"
    sites = [Site(0, 3, [Reading("🎓", 8.0), Reading("📞", 8.0)])]
    strangers, known = fitted(text, sites, ("en",))[0], fitted(text, sites, ("en",), frozenset())[0]
    assert strangers[0].text == known[0].text == "🎓"
    assert strangers[1].cost - strangers[0].cost > known[1].cost - known[0].cost


def test_a_word_beside_which_people_put_an_emoji_tells_less_than_one_of_its_name():
    assert gain("clapper", "🎬") > gain("screenplay", "🎬") > 0.5


def test_a_word_that_many_emoji_have_tells_less():
    assert gain("graduation", "🎓") > 1.5 * gain("music", "🎶")


def test_an_emoji_that_stands_for_what_it_shows_hardly_goes_without_its_words():
    assert gain("the plan", "🍪") < gain("the plan", "📝") - 0.3


def test_nothing_is_known_of_signs_that_have_no_words():
    assert gain("university phone", "⸗") == 0


def test_words_count_in_the_languages_of_the_text():
    assert gain("anruf", "📞", "de") > 1
    assert gain("anruf", "📞", "en") < 0
    assert gain("anruf", "📞", "en", "de") > 1


def test_the_order_of_words_changes_nothing():
    """Words come as a set, whose order is another in each process, and some of them share a stem."""
    words = ("university", "universal", "graduate", "graduation")
    assert len({Topics(some, ("en",)).gain("🎓") for some in permutations(words)}) == 1


def fit(text, *costs, languages=("en",)):
    """Weigh 🎓 and 📞 at each place that has lost the same bytes; return the choice and its cost behind the other's."""
    (cap, phone) = costs or (8.0, 8.0)
    readings = [Reading("🎓", cap), Reading("📞", phone)]
    starts = [at for at in range(len(text)) if text.startswith(DAMAGED, at)]
    found = fitted(text, [Site(at, at + len(DAMAGED), readings) for at in starts], languages)
    return [(found[at][0].text, found[at][1].cost - found[at][0].cost) for at in starts]


def chosen(text, *costs):
    return "".join(choice for choice, _ in fit(text, *costs))


def test_the_words_of_the_line_choose():
    assert chosen(f"{DAMAGED} university degree\n\ncall me on the {DAMAGED} phone") == "🎓📞"


def test_words_of_the_lines_beside_tell_less_and_those_further_off_nothing():
    [(alone, lead)] = fit(f"{DAMAGED} the plan", 8.0, 10.5)
    [(next_to_it, behind)] = fit(f"{DAMAGED} the plan\n\nphone phones", 8.0, 10.5)
    [(further_off, far)] = fit(f"{DAMAGED} the plan\n\nand so on\n\nphone phones", 8.0, 10.5)
    assert alone == next_to_it == further_off == "🎓"
    assert behind < lead == pytest.approx(far)
    assert chosen(f"{DAMAGED} the phone", 8.0, 10.5) == "📞"


def test_the_word_beside_an_emoji_tells_more_than_one_further_off():
    (_, beside), (_, near), (_, far) = (
        fit(line, 9.5, 8.0)[0]
        for line in (
            f"{DAMAGED} phone us if it is and so on",
            f"{DAMAGED} us if phone it is and so on",
            f"{DAMAGED} us if it is and so on phone",
        )
    )
    assert beside > near > far > fit(f"{DAMAGED} us if it is and so on", 9.5, 8.0)[0][1]


def test_damaged_words_are_read_as_is_likeliest_and_in_plain_letters():
    text = f"{DAMAGED} ğ—½ğ—µğ—¼ğ—»ğ—²"
    emoji = Site(0, 3, [Reading("🎓", 8.0), Reading("📞", 8.5)])
    word = Site(4, len(text), [Reading("𝗽𝗵𝗼𝗻𝗲", 5.0), Reading("𝗽𝗵𝗼𝗻𝗮", 9.0)])
    assert fitted(text, [emoji, word], ("en",))[0][0].text == "📞"


def test_a_word_of_the_whole_document_tells_little_of_one_line():
    text = f"{DAMAGED} phone one"
    assert chosen(text, 8.0, 9.5) == "📞"
    assert chosen("\n\n".join([text, *["the phone rings"] * 4]), 8.0, 9.5) == "🎓"


def test_bullets_of_a_list_are_read_as_one():
    items = f"{DAMAGED} phone us\n{DAMAGED} the plan\n{DAMAGED} and so on"
    assert chosen(items, 8.0, 8.4) == "📞📞📞"


@pytest.mark.parametrize("markup", ["- ", "* ", "  - ", "> ", "> - "])
def test_markup_before_a_bullet_makes_no_difference(markup):
    items = f"{markup}{DAMAGED} phone us\n{markup}{DAMAGED} the plan\n\n{markup}{DAMAGED} and so on"
    assert chosen(items, 8.0, 8.4) == "📞📞📞"
    assert chosen(f"{markup}📞 one thing\n{markup}{DAMAGED} another", 8.0, 8.4) == "📞"


@pytest.mark.parametrize("line", ["", "-", "- ", "- \r", "\u00a0", "- \u00a0\r"])
def test_lines_without_words_are_no_items(line):
    assert chosen(f"{line}\n- {DAMAGED} phone us\n{line}\n", 8.0, 8.4) == "📞"


def test_items_with_other_markup_are_another_list():
    assert chosen(f"- {DAMAGED} phone us\n  - {DAMAGED} the plan", 8.0, 9.2) == "📞🎓"


def test_bullets_further_apart_are_no_list():
    assert chosen(f"{DAMAGED} phone us\n\n\n{DAMAGED} the plan", 8.0, 9.2) == "📞🎓"


def test_damage_amid_a_line_is_no_bullet():
    assert chosen(f"phone {DAMAGED} us\na {DAMAGED} plan", 8.0, 9.2) == "📞🎓"


def test_a_bullet_may_differ_from_its_list():
    """Its own words against those of all others, both strong: the list's topic counts as no more than a few words do."""
    others = "\n".join(f"{DAMAGED} phone {word}" for word in ("one", "two", "six"))
    lead = dict(enumerate(fit(f"{others}\n{DAMAGED} university degree graduation")))
    assert lead[0][0] == "📞"
    assert lead[3][1] < lead[0][1]


def test_a_long_list_of_one_topic_is_no_proof():
    """Its items have their words in common, and so each tells less than the one before."""
    items = "\n".join(f"{DAMAGED} phone {word}" for word in ("one", "two", "six", "ten", "us", "me"))
    assert chosen(items, 8.0, 11.0) == "📞" * 6
    assert chosen(items, 8.0, 14.0) == "🎓" * 6


@pytest.mark.parametrize(
    ("text", "choice"),
    [
        (f"📞 one thing\n{DAMAGED} another\n\n📞 a third", "📞"),
        (f"{DAMAGED} another\n\n📞 a third", "📞"),
        (f"📞 one thing\r\n\r\n{DAMAGED} another", "📞"),
        (f"✅ one thing\n{DAMAGED} another", "🎓"),
        (f"📞 one thing\n\n\n{DAMAGED} another", "🎓"),
        (f"📞 one thing\n- {DAMAGED} another", "🎓"),
        (f"one 📞 thing\n{DAMAGED} another", "🎓"),
    ],
    ids=["around", "behind", "before", "another", "further apart", "no bullet", "amid the line"],
)
def test_what_the_other_items_of_a_list_have_is_the_bullet(text, choice):
    assert chosen(text, 8.0, 8.4) == choice


def test_a_bullet_between_two_others_is_told_by_neither():
    text = f"📞 one thing\n{DAMAGED} another\n🎓 a third"
    assert (chosen(text, 8.0, 8.4), chosen(text, 8.4, 8.0)) == ("🎓", "📞")


def test_damage_that_looks_otherwise_is_no_item_of_the_list():
    text = f"{DAMAGED} phone us\n★ the plan"
    sites = [
        Site(0, 3, [Reading("🎓", 8.0), Reading("📞", 9.2)]),
        Site(text.index("★"), text.index("★") + 1, [Reading("🎓", 8.0), Reading("📞", 9.2)]),
    ]
    assert [found[0].text for found in fitted(text, sites, ("en",)).values()] == ["📞", "🎓"]


def test_joined_emoji_that_unicode_recommends_are_no_accident():
    readings = [Reading("👩\u200d🚿", 8.0), Reading("👩\u200d💻", 9.0)]
    assert fitted("x ğŸ‘© on", [Site(2, 5, readings)], ("en",))[2][0].text == "👩\u200d💻"


def test_of_words_without_emoji_nothing_is_learnt():
    assert fitted("plain ğ word", [Site(6, 7, [Reading("a", 1.0), Reading("b", 2.0)])], ("en",)) == {}
