"""Every emoji that Unicode recommends (RGI, as the package `emoji` lists them) comes through whole, wherever it stands."""

import pytest
from emoji import EMOJI_DATA, STATUS

from crosspost.compose.render import render
from crosspost.model import Site
from crosspost.text import repair, unstyle

EMOJI = [one for one, told in EMOJI_DATA.items() if told["status"] == STATUS["fully_qualified"]]
SITE = Site(url="https://example.com")


@pytest.mark.parametrize(
    "place", ["Plan {} now", "{}Plan{}", "{0}{0}", "5{}5", "- {}", "# {} 🇨🇷", "日本{}語", "سلام {} سلام", "**{}** “{}”"]
)
def test_an_emoji_amid_clean_text_stays(place):
    text = "\n".join(place.replace("{0}", "{}").replace("{}", one) for one in EMOJI)
    made = repair(text)
    assert made.text is text
    assert made.offers == ()
    assert unstyle(text).text is text


@pytest.mark.parametrize(
    ("place", "plain"),
    [
        ("𝗣𝗹𝗮𝗻 {} 𝗻𝗼𝘄", "Plan {} now"),
        ("𝗣𝗹𝗮𝗻{}𝗻𝗼𝘄", "Plan{}now"),
        ("ⓟⓛⓐⓝ {} ⓝⓞⓦ", "plan {} now"),
        ("ᵖˡᵃⁿ {} ⁿᵒʷ", "plan {} now"),
        ("g\u0336o\u0336n\u0336e\u0336 {} n\u0336o\u0336w\u0336", "gone {} now"),
        ("Ｐｌａｎ {} ｎｏｗ", "Plan {} now"),
        ("{} uʍop ǝpᴉsdn", "{} upside down"),
        ("a\u200b{}\u200bb", "a{}b"),
    ],
)
def test_an_emoji_amid_styled_letters_stays(place, plain):
    text = "\n".join(place.replace("{}", one) for one in EMOJI)
    assert unstyle(text).text.split("\n") == [plain.replace("{}", one) for one in EMOJI]


@pytest.mark.parametrize("place", ["Plan{}plan", "- **{}**", "<p>{}</p>"])
def test_an_emoji_is_rendered(place):
    made = render(
        "\n\n".join(place.replace("{}", one) for one in EMOJI),
        markup="markdown",
        title="A",
        site=SITE,
        page={},
        links="drop",
    )
    missing = [one for one in EMOJI if one not in made.text]
    assert missing == []
