"""When a heading says the same as the title."""

import unicodedata

import pytest

from crosspost.compose.render import title
from crosspost.compose.render.title import repeats


@pytest.mark.parametrize(
    ("text", "says_the_same"),
    [
        ("Ten tips!", True),
        ("𝗧𝗲𝗻 𝗧𝗶𝗽𝘀 🎉", True),
        ("TEN—TIPS", True),
        ("Te\N{COMBINING ACUTE ACCENT}n tips", False),
        ("Ten", False),
        ("", False),
    ],
)
def test_only_letters_and_digits_are_compared(text, says_the_same):
    assert repeats(text, "Ten tips") == says_the_same


def test_composed_and_decomposed_letters_are_the_same():
    assert repeats(unicodedata.normalize("NFD", "Việt ngữ"), "Việt ngữ")


def test_endless_marks_are_not_put_in_order(monkeypatch):
    """Python's normalisation takes the square of their number."""
    seen = []
    normalize = unicodedata.normalize
    monkeypatch.setattr(
        title.unicodedata, "normalize", lambda form, text: seen.append(len(text)) or normalize(form, text)
    )
    assert repeats("T" + "\u0316\u0301" * 5000 + "ips", "Tips")
    assert max(seen) < 100
