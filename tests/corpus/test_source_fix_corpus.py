"""`check --fix` over own posts in many languages, damaged: the clean original byte for byte, or what is not sure stays."""

from functools import cache
from pathlib import Path

import pytest

from crosspost.jekyll.source_fix import source_fix
from crosspost.text import unstyle

# More emoji and harder ones stand in the last two sets; see test_mojibake_corpus.py.
POSTS = [
    path for name in ("posts", "varied", "held_out") for path in sorted((Path(__file__).parent / name).glob("*.txt"))
]
PLAIN = [path for path in POSTS if path.parent.name == "posts"]
WAYS = [("cp1252", "ignore"), ("cp1254", "ignore"), ("latin-1", "strict")]  # dropped bytes twice, nothing lost


@cache
def mended(post, codec, loss):
    """Return the file that should come back, and what came back of its damaged copy."""
    clean = f"---\ntitle: A title\n---\n\n{post.read_text(encoding='utf-8')}"
    return unstyle(clean).text, source_fix("p.md", clean.encode().decode(codec, loss).encode())


def wrong(post, codec, loss):
    """Return the lines that are neither the original's nor offered to a person, of a file that has all its lines."""
    wanted, fix = mended(post, codec, loss)
    offered = {offer.line for offer in fix.offers}
    rows = enumerate(zip(fix.after.decode().split("\n"), wanted.split("\n"), strict=True), 1)
    return [number for number, (made, clean) in rows if made != clean and number not in offered]


@pytest.mark.parametrize(("codec", "loss"), WAYS, ids=["cp1252 dropped", "cp1254 dropped", "latin-1"])
@pytest.mark.parametrize("post", PLAIN, ids=lambda post: post.stem)
def test_a_damaged_file_becomes_its_clean_original_but_for_what_a_person_must_decide(post, codec, loss):
    assert wrong(post, codec, loss) == []


@pytest.mark.parametrize("post", POSTS, ids=lambda post: f"{post.parent.name}-{post.stem}")
def test_where_no_byte_was_lost_every_file_comes_back_whole(post):
    wanted, fix = mended(post, "latin-1", "strict")
    assert (fix.after, fix.offers) == (wanted.encode(), ())


def test_hardly_any_file_comes_back_wrong_in_silence_and_most_need_nobody(show_table):
    """At most the share that test_mojibake_corpus.py allows over the same posts."""
    bad = [
        f"{post.parent.name}-{post.stem} {way[0]}: {lines}"
        for post in POSTS
        for way in WAYS
        if (lines := wrong(post, *way))
    ]
    whole = {way: sum(not mended(post, *way)[1].offers for post in POSTS) for way in WAYS}
    show_table(
        "check --fix, own posts, without a decision of a person; then lines that came back wrong",
        "\n".join([*(f"{codec:8} {loss:7} {count} of {len(POSTS)}" for (codec, loss), count in whole.items()), *bad]),
    )
    assert len(bad) <= 0.03 * len(POSTS) * len(WAYS)
    assert all(count >= 0.5 * len(POSTS) for count in whole.values())
    assert sum(whole.values()) >= 0.7 * len(WAYS) * len(POSTS)
    plain = [mended(post, "cp1252", "ignore") for post in PLAIN]
    assert sum(fix.after == wanted.encode() for wanted, fix in plain) >= 0.8 * len(plain)
