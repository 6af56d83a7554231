"""`check --fix` over own posts in many languages, damaged: the clean original byte for byte, or what is not sure stays."""

from pathlib import Path

import pytest

from crosspost.jekyll.source_fix import source_fix
from crosspost.text import repair, unstyle

POSTS = sorted((Path(__file__).parent / "posts").glob("*.txt"))
WAYS = [("cp1252", "ignore"), ("cp1254", "ignore"), ("latin-1", "strict")]  # dropped bytes twice, nothing lost


@pytest.mark.parametrize(("codec", "loss"), WAYS, ids=["cp1252 dropped", "cp1254 dropped", "latin-1"])
@pytest.mark.parametrize("post", POSTS, ids=lambda post: post.stem)
def test_a_damaged_file_becomes_its_clean_original_unless_a_person_must_decide(post, codec, loss):
    clean = f"---\ntitle: A title\n---\n\n{post.read_text(encoding='utf-8')}"
    damaged = clean.encode().decode(codec, loss)
    after = source_fix("p.md", damaged.encode()).after.decode()
    wanted = unstyle(clean).text
    if repair(damaged).offers:
        assert after.count("\n") == wanted.count("\n")
    else:
        assert after == wanted


def test_most_of_them_need_nobody():
    exact = 0
    for post in POSTS:
        clean = unstyle(f"---\ntitle: A title\n---\n\n{post.read_text(encoding='utf-8')}").text
        exact += source_fix("p.md", clean.encode().decode("cp1252", "ignore").encode()).after == clean.encode()
    assert exact >= 0.8 * len(POSTS)
