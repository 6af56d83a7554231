"""Text repair over real posts: clean ones are untouched, styled ones become plain, each alteration is counted."""

import re
from collections import Counter

import pytest

from crosspost.text import repair, unstyle
from crosspost.text.styled_table import FAMILIES
from crosspost.text.verbatim import Verbatim, addresses_in, code_in

POSTS = (".md", ".markdown", ".html")
LOUD = re.compile(
    "[" + "".join(family.styled for family in FAMILIES if family.kind in {"mathematical", "upright", "digit"}) + "]"
)


@pytest.fixture(scope="module")
def posts(shared):
    files = sorted(path for path in (shared / "corpus").rglob("*") if path.suffix in POSTS and path.name != "INDEX.md")
    assert len(files) > 300
    return {str(path.relative_to(shared / "corpus")): path.read_bytes().decode() for path in files}


def test_no_clean_post_is_repaired_or_suspected(posts):
    """A replacement character is damage, whoever did it, and the only thing offered."""
    for name, text in posts.items():
        made = repair(text)
        assert made.text is text, (name, made.repairs)
        assert all("\N{REPLACEMENT CHARACTER}" in offer.before for offer in made.offers), (name, made.offers)


def test_no_styled_letter_is_left_outside_code_and_addresses(posts):
    table = Counter()
    for name, text in posts.items():
        made = unstyle(text)
        verbatim = Verbatim((*code_in(made.text), *addresses_in(made.text)))
        left = [found[0] for found in LOUD.finditer(made.text) if not verbatim.touches(*found.span())]
        assert left == [], name
        table.update((name.split("/")[0], made.step) for made in made.repairs)
    for (blog, step), count in sorted(table.items()):
        print(f"{blog:45} {step:10} {count:4}")  # noqa: T201 -- the table is what a person looks at
    assert sum(count for (_, step), count in table.items() if step == "styled") > 100


def test_unstyling_real_posts_changes_nothing_around_styled_letters(posts):
    """Every plain character stands where it stood, and doing it again changes nothing."""
    for name, text in posts.items():
        made = unstyle(text)
        assert unstyle(made.text).text is made.text, name
        assert made.text.count("\n") == text.count("\n"), name
        rest = iter(made.text)
        assert all(char in rest for char in text if " " <= char <= "~"), name


def test_the_damaged_seed_is_repaired_but_for_its_ruler(shared):
    seed = next((shared / "seeds").glob("2024-09-18-*")).read_bytes().decode()
    clean = next((shared / "corpus").glob("xmorera__xmorera.github.io/**/2024-09-18-*")).read_bytes().decode()
    made = repair(seed)
    assert [(offer.line, offer.before) for offer in made.offers] == [(34, "â–â–â–")]
    assert made.text.replace("â–â–â–", "➖➖➖") == clean
    assert repair(made.text).text is made.text
