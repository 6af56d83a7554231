"""`adopt` on the author's own blog, whose footers he has filled by hand."""

import contextlib
import csv
import json
import random
import re
import shutil
from collections import Counter
from datetime import timedelta

from crosspost.bootstrap import Workshop
from crosspost.cli import main
from crosspost.compose import compose
from crosspost.credentials import NoPrompt
from crosspost.errors import PostUnreadable

BLOG = "xmorera__xmorera.github.io"
COLUMNS = ["Date", "ShareLink", "ShareCommentary", "SharedUrl", "MediaUrl", "Visibility"]
FOOTER = re.compile(rb"\n\[Check this post in LinkedIn\]\([^\n]*$")


def adopted_line(before, after):
    """The one line that `after` has more; fails where anything else differs."""
    old, new = before.split(b"\n"), after.split(b"\n")
    (line,) = [line for index, line in enumerate(new) if old == new[:index] + new[index + 1 :]][:1]
    return line


def test_every_sound_footer_of_the_authors_blog_is_adopted_and_no_other_byte_changes(
    shared, tmp_path, monkeypatch, capsys, show_table
):
    blog = tmp_path / "blog"
    shutil.copytree(shared / "corpus" / BLOG, blog)
    before = {path: path.read_bytes() for path in blog.rglob("*.md")}
    monkeypatch.chdir(blog)
    source = Workshop.open(blog, NoPrompt()).source()
    posts = {blog / key for key in source.keys()}  # noqa: SIM118 not a mapping
    sound = {
        path
        for path, data in before.items()
        if path in posts
        and re.search(rb"\n\[Check this post in LinkedIn\]\(https://www\.linkedin\.com/posts/[^)]*\)\s*$", data)
    }
    assert main(["adopt"]) == 4  # one footer is damaged: "(lhttps://…"
    out = capsys.readouterr().out
    changed = {path for path, data in before.items() if path.read_bytes() != data}
    assert changed == sound
    for path in changed:
        line = adopted_line(before[path], path.read_bytes())
        assert re.fullmatch(rb"linkedin_url: https://www\.linkedin\.com/posts/\S+-activity-\d{19}-[\w-]+\r?", line), (
            line
        )
    counts = Counter(line.split()[1] for line in out.splitlines() if line[:1] in "✓?✗-" and line[:1].strip())
    assert counts["offered"] == 1
    assert len(changed) >= 40
    show_table(
        "adopt on the author's blog", f"{dict(counts)} of {len(posts)} posts, {len(changed)} files changed by one line"
    )


def edited(text, chance):
    """The text as its author might have changed it by hand: every tenth word another one or none."""
    words = re.split(r"(\s+)", text)
    return "".join(word if chance.random() > 0.1 or word.isspace() else chance.choice(["", "other"]) for word in words)


def test_an_export_of_edited_texts_is_matched_without_one_mistake(shared, tmp_path, monkeypatch, capsys, show_table):
    """Every post of the blog in an export of its own, texts edited; posts with one text in two files stay open."""
    blog = tmp_path / "blog"
    shutil.copytree(shared / "corpus" / BLOG, blog)
    chance = random.Random(7)
    monkeypatch.chdir(blog)
    workshop = Workshop.open(blog, NoPrompt())
    source = workshop.source()
    policy = workshop.policy("default", source)
    rows, meant = [], {}
    for number, post in enumerate(readable(source), start=1):
        text = compose(post, source.site, policy.text).text
        url = f"https://www.linkedin.com/feed/update/urn:li:share:{number}/"
        meant[post.key] = url
        moment = f"{post.date + timedelta(hours=5):%Y-%m-%d %H:%M:%S}"
        rows.append([moment, url.replace("urn:li:share:", "urn%3Ali%3Ashare%3A"), edited(text, chance), "", "", ""])
        path = blog / post.key
        path.write_bytes(FOOTER.sub(b"", path.read_bytes()))
    chance.shuffle(rows)
    with (tmp_path / "Shares.csv").open("w", newline="") as file:
        csv.writer(file).writerows([COLUMNS, *rows])
    main(["adopt", "--shares", str(tmp_path / "Shares.csv"), "--json"])
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    adopted = {line["post"]: line["url"] for line in lines if line["outcome"] == "adopted"}
    assert {key: url for key, url in adopted.items() if url != meant[key]} == {}
    counts = Counter(line["outcome"] for line in lines)
    show_table("adopt --shares, every tenth word edited", f"{dict(counts)} of {len(meant)} shares, none wrong")
    assert counts["adopted"] >= 0.8 * len(meant)


def readable(source):
    for key in source.keys():  # noqa: SIM118 not a mapping
        with contextlib.suppress(PostUnreadable):
            if post := source.read(key):
                yield post
