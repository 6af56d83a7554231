"""Every real post composes; a table says what became of them."""

from collections import Counter
from dataclasses import dataclass

import pytest

from crosspost.compose import compose
from crosspost.compose.little_text import gate
from crosspost.errors import PostUnreadable
from crosspost.jekyll.site import JekyllSite
from crosspost.model import Draft
from crosspost.policy import TextPolicy

POLICY = TextPolicy(hashtags="categories")


@dataclass(frozen=True)
class Composed:
    blog: str
    draft: Draft

    @property
    def codes(self):
        return {finding.code for finding in self.draft.findings}

    @property
    def errors(self):
        return sorted({finding.code for finding in self.draft.findings if finding.severity == "error"})

    @property
    def verdict(self):
        if self.errors:
            return "refused"
        return "shortened" if self.draft.shortened else "fine"


def composed_blog(root):
    source = JekyllSite(root, url="https://example.com")
    for key in list(source.keys()):
        try:
            post = source.read(key)
        except PostUnreadable:
            continue
        if post is not None:
            yield Composed(root.name, compose(post, source.site, POLICY))


@pytest.fixture(scope="module")
def composed(shared):
    blogs = sorted(folder for folder in (shared / "corpus").iterdir() if folder.is_dir())
    return [one for blog in blogs for one in composed_blog(blog)]


def test_every_readable_post_fits_or_says_why_not(composed):
    assert len(composed) > 200
    for one in composed:
        assert one.draft.length <= one.draft.limit or "XP302" in one.codes, one.draft.post


def test_what_would_be_sent_reads_as_it_is_shown(composed):
    for one in composed:
        assert gate(one.draft.wire, one.draft.text) is None, one.draft.post
        assert "XP204" not in one.codes


def test_shortened_posts_use_their_room(composed):
    """A cut that leaves the most of a long post out is a defect, unless its author marked an excerpt."""
    short = [one for one in composed if one.draft.shortened and "XP301" in one.codes]
    assert sum(one.draft.length > 1500 for one in short) > 0.7 * len(short)


def table_of(composed):
    columns = ("fine", "shortened", "refused")
    verdicts = Counter((one.blog, one.verdict) for one in composed)
    blogs = sorted({one.blog for one in composed})
    rows = [(blog, *(verdicts[blog, column] for column in columns)) for blog in blogs]
    totals = ("all", *(sum(verdicts[blog, column] for blog in blogs) for column in columns))
    return "\n".join(
        f"{name:44}{fine:>11}{short:>11}{no:>11}" for name, fine, short, no in [("blog", *columns), *rows, totals]
    )


def test_nothing_is_refused_for_its_length(composed, show_table):
    reasons = Counter(code for one in composed for code in one.errors)
    said = ", ".join(f"{code} {count}" for code, count in sorted(reasons.items())) or "nothing"
    show_table("real posts", f"{table_of(composed)}\nrefused for: {said}")
    assert reasons["XP302"] == 0
