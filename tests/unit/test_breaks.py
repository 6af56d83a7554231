"""Which line breaks an author meant: the rule behind every paragraph of more than one line."""

from itertools import pairwise

import pytest

from crosspost.compose.render.breaks import meant


def kept(*lines):
    return meant(list(pairwise(lines)))


MEANT = {
    "emoji": (
        "Key strategies for effective training in any company you know:",
        "✅ lower case after an emoji",
        "✅ another",
    ),
    "keycaps": ("1️⃣ Personalised plans that everyone in the company is going to like", "2️⃣ another plan"),
    "numbers": ("Three things that everyone in the company should be told about now", "1) one", "2) two"),
    "short lines": ("roses are red", "violets are blue", "sugar is sweet", "and so are you"),
    "sentences": (
        "This is the first release in which arrays can be iterated by value.",
        "This means that loops get shorter now.",
    ),
    "one long and one short": (
        "A short line.",
        "A line that goes on for much longer than any editor would let it, " * 3,
    ),
    "titles": ("How to build a course that people finish", "Why your audience matters most", "What to do next"),
    "long titles": (
        "How to build a course that all of your people want to finish",
        "Why it matters",
        "What to do once everyone in your company has finished it all",
    ),
    "addresses": ("https://example.org/one/two/three/four/five/six/seven", "https://example.org/two", "and a word"),
    "links": ("[one](https://example.org/one/two/three/four/five/six)", "[two](https://example.org/two)"),
    "hashtags": ("Tell me in the comments what you think about all of this, will you", "#ai #training"),
    "bold labels": (
        "**Focus**: pipelines, retraining, incident response and everything",
        "**Metrics**: frequency, latency",
    ),
    "arrows": ("The way from an idea to a product that people really like to use is", "→ build", "→ measure"),
    "a label before the address": (
        "Read more in the documentation that we have written for all of you",
        "https://example.org",
    ),
    "korean sentences": ("새로운 제품을 소개합니다.", "많은 관심 부탁드립니다."),
}

WRAPPED = {
    "at 60": (
        "The quick brown fox jumps over the lazy dog, and then it is",
        "tired enough to sleep for the rest of the afternoon under a",
        "tree.",
    ),
    "at 72": (
        "Git wraps the messages of commits at seventy-two columns, which is what",
        "many people do with prose as well.",
    ),
    "a sentence ends at the margin": (
        "This is a sentence which fills the line until its very end here.",
        "The next one is wrapped in the middle, as an editor would do it",
        "without looking.",
    ),
    "at a comma before a longer line": (
        "Thanks to Ana Martinez, Antonio Argote, Ashwin Maroli,",
        "David Zhang, Delson Lima, Eric Cornelissen, Florian Thomas, Frank Taillandier and everybody else.",
    ),
    "at commas": ("Ana Martinez, Antonio Argote, Ashwin Maroli, Damien Solodow, Olga B,", "David Zhang, Delson Lima."),
    "before a capital": (
        "This text is about the great and well-known Department of",
        "Mechanical Engineering, which nobody can tell from a title",
        "Or so they say, in this rather artificial example of text",
    ),
    "before a long link": (
        "See the catalogue at",
        "[example.org](https://example.org/one/two/three/four/five/six/seven/eight).",
    ),
    "after a link in a sentence": (
        "All the tests of this module are written with the library called",
        "[unittest](https://docs.python.org/3/library/unittest.html)",
        "that comes with Python.",
    ),
    "chinese": (
        "这是一个很长的段落，在编辑器中每一行都被自动换行，所以这里的换行",
        "并不是作者的本意，而是编辑器加上的，因此应该连接起来而不加空格，",
        "完。",
    ),
    "persian": (
        "این یک متن طولانی است که ویرایشگر آن را در ستون مشخصی شکسته است و نویسنده",
        "قصدی برای شکستن خط نداشته است و به همین دلیل باید خطوط به هم متصل شوند تا",
        "خواننده متن را راحت بخواند",
    ),
}


@pytest.mark.parametrize("name", MEANT)
def test_a_break_that_was_meant_stays(name):
    assert set(kept(*MEANT[name])) == {True}


@pytest.mark.parametrize("name", WRAPPED)
def test_a_break_that_an_editor_made_goes(name):
    assert set(kept(*WRAPPED[name])) == {False}


def test_a_label_above_wrapped_lines_keeps_its_place():
    assert kept("Why this matters:", *WRAPPED["at 60"]) == [True, False, False]


def test_an_item_within_wrapped_lines_keeps_its_place():
    assert kept(*WRAPPED["at 60"], "✅ done") == [False, False, True]
