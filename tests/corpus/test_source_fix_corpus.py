"""`check --fix` over own posts in many languages, damaged: the clean original byte for byte, or what is not sure stays."""

from functools import cache
from pathlib import Path

import pytest

from crosspost.errors import WriteBackRefused
from crosspost.jekyll.source_fix import SourceFix, source_fix
from crosspost.text import repair, unstyle

# Of `fresh` one for fitting in each of nine languages, but for the slow ones in Greek and Cyrillic.
FRESH = [f"{name}-01" for name in "de es fr hu pl pt ro tr vi".split()]  # noqa: SIM905 -- readable
POSTS = [
    *sorted(path for name in ("posts", "varied", "held_out") for path in (Path(__file__).parent / name).glob("*.txt")),
    *(Path(__file__).parent / "fresh" / f"{name}.txt" for name in FRESH),
]
WAYS = [("cp1252", "ignore"), ("cp1254", "ignore"), ("latin-1", "strict")]  # dropped bytes twice, nothing lost


@cache
def mended(post, codec, loss):
    """Return the file that should come back, and what came back of its damaged copy; all of it is open where it was refused."""
    clean = f"---\ntitle: A title\n---\n\n{post.read_text(encoding='utf-8')}"
    damaged = clean.encode().decode(codec, loss)
    try:
        return unstyle(clean).text, source_fix("p.md", damaged.encode())
    except WriteBackRefused:
        left = repair(damaged)
        assert left.offers
        return unstyle(clean).text, SourceFix(damaged.encode(), (), (*left.repairs, *left.offers))


@pytest.mark.parametrize(("codec", "loss"), WAYS, ids=["cp1252 dropped", "cp1254 dropped", "latin-1"])
@pytest.mark.parametrize("post", POSTS, ids=lambda post: f"{post.parent.name}-{post.stem}")
def test_a_damaged_file_becomes_its_clean_original_but_for_what_a_person_must_decide(post, codec, loss):
    wanted, fix = mended(post, codec, loss)
    offered = {offer.line for offer in fix.offers}
    rows, clean = fix.after.decode().split("\n"), wanted.split("\n")
    assert len(rows) == len(clean)
    for number, pair in enumerate(zip(rows, clean, strict=True), 1):
        assert number in offered or pair[0] == pair[1], number
    if not offered:
        assert fix.after == wanted.encode()


@pytest.mark.parametrize("post", POSTS[::3], ids=lambda post: f"{post.parent.name}-{post.stem}")
def test_what_a_person_must_decide_is_seen_in_the_mended_file_too(post):
    for codec, loss in WAYS[:2]:
        _, fix = mended(post, codec, loss)
        again = source_fix("p.md", fix.after) if fix.repairs else fix
        assert again.after == fix.after
        assert {offer.line for offer in again.offers} >= {offer.line for offer in fix.offers}


def test_most_of_them_need_nobody(show_table):
    whole = {way: sum(not mended(post, *way)[1].offers for post in POSTS) for way in WAYS}
    show_table(
        "check --fix, own posts: the clean original byte for byte, without a decision",
        "\n".join(f"{codec:8} {loss:7} {count} of {len(POSTS)}" for (codec, loss), count in whole.items()),
    )
    assert all(count >= 0.5 * len(POSTS) for count in whole.values())
    plain = [mended(post, "cp1252", "ignore") for post in POSTS if post.parent.name == "posts"]
    assert sum(fix.after == wanted.encode() for wanted, fix in plain) >= 0.8 * len(plain)
    assert sum(whole.values()) >= 0.7 * len(WAYS) * len(POSTS)
