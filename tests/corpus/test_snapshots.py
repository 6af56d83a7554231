"""Sixty real posts, read by eye once, compose to the text that was read.

A change is no defect in itself: `scripts/snapshots` shows it, and `scripts/snapshots --write` accepts it.
"""

from collections import Counter

import pytest

from corpus.snapshots import digest, kept, texts


@pytest.fixture(scope="module")
def composed(shared):
    return texts(shared, list(kept()))


def test_each_text_is_the_one_that_was_read(composed):
    wanted = kept()
    changed = [key for key, text in composed.items() if digest(text) != wanted[key]]
    assert changed == [], "run scripts/snapshots to see what changed"


def test_the_sixty_are_from_all_blogs():
    """The copies of one blog before its links were added are no blog of their own."""
    blogs = Counter(key.split("/")[0] for key in kept())
    assert sum(blogs.values()) == 60
    assert len(blogs) == 16


def test_a_digest_tells_texts_apart():
    assert digest("a") != digest("b")
    assert digest("ä")["length"] == 1
