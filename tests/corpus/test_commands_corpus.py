"""The commands over every real blog, and the author's own post from file to feed."""

import json
import re
import shutil
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from crosspost.cli import main
from crosspost.demo.sample import API_DAY
from crosspost.findings import CODES
from crosspost.sandbox.server import Sandbox

COLUMNS = ("fine", "shortened", "refused")
SEED = "2024-10-14-the-importance-of-training-in-employee-retention.md"


def blogs(shared):
    return sorted(folder for folder in (shared / "corpus").iterdir() if folder.is_dir())


@pytest.fixture
def run(monkeypatch, capsys):
    """Run a command line in a folder; return its exit code, its JSON lines and what it said on standard error."""

    def command(folder, *arguments):
        monkeypatch.chdir(folder)
        capsys.readouterr()
        code = main([*arguments, "--json"])
        out, err = capsys.readouterr()
        return code, [json.loads(line) for line in out.splitlines()], err

    return command


def verdict(draft):
    if draft["errors"]:
        return "refused"
    return "shortened" if draft["shortened"] else "fine"


def sift(run, folder):
    """Check and preview every post of a folder; return each draft's verdict and the codes that refused it."""
    checked, findings, checked_err = run(folder, "check")
    previewed, drafts, previewed_err = run(folder, "preview")
    assert {checked, previewed} <= {0, 1}, folder.name
    assert "Traceback" not in checked_err + previewed_err
    refused = {draft["post"] for draft in drafts if draft["errors"]}
    assert {finding["post"] for finding in findings if finding["severity"] == "error"} == refused
    assert len({draft["post"] for draft in drafts}) == len(drafts)
    for draft in drafts:
        assert draft["errors"] or 0 < draft["length"] <= draft["limit"]
    return Counter(map(verdict, drafts)), Counter(code for draft in drafts for code in codes(draft))


def codes(draft):
    return {error["code"] for error in draft["errors"]}


def table(rows, reasons):
    head = " " * 45 + "".join(f"{column:>11}" for column in COLUMNS)
    lines = [f"{name:45}" + "".join(f"{counts[column]:>11}" for column in COLUMNS) for name, counts in rows]
    why = ", ".join(f"{code} {CODES[code].meaning} ({number} posts)" for code, number in reasons.most_common())
    return "\n".join([head, *lines, f"refused: {why}"])


def test_every_real_post_passes_through_check_and_preview(shared, run, show_table):
    """Each blog as it is: no exception, no traceback, one line a post; what is refused has its reason."""
    sifted = {blog.name: sift(run, blog) for blog in blogs(shared)}
    rows = [(name, counts) for name, (counts, _) in sifted.items()]
    total = sum((counts for _, counts in rows), Counter())
    reasons = sum((codes for _, codes in sifted.values()), Counter())
    show_table("Real blogs through check and preview", table([*rows, ("all", total)], reasons))
    assert total["fine"] > total["refused"]


def test_every_real_file_passes_through_check_and_preview(shared, tmp_path, run, show_table):
    """Drafts, pages and other generators' posts too, each as if it were a post of a Jekyll blog."""
    (tmp_path / "_config.yml").write_text("url: https://blog.example\n")
    files = [path for path in (shared / "corpus").rglob("*") if path.suffix in {".md", ".markdown", ".html"}]
    for number, path in enumerate(sorted(files)):
        place = tmp_path / "_posts" / path.relative_to(shared / "corpus").parts[0]
        place.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, place / f"2024-01-02-{number}{path.suffix}")
    counts, reasons = sift(run, tmp_path)
    show_table("Every real file as a post", table([("all", counts)], reasons))
    assert sum(counts.values()) > 0.95 * len(files)


def as_its_author_set_it(seed):
    """The text of the seed by its author's own hand: without front matter, `#` and footer, trailing blanks removed."""
    _, _, body = seed.split("---\n", 2)
    body = re.sub(r"\n*\[Check this post in LinkedIn\]\(link\)\s*$", "", body)
    return re.sub(r"[ \t]+$", "", body.strip(), flags=re.MULTILINE).removeprefix("# ")


@pytest.fixture
def seed_site(shared, tmp_path):
    (tmp_path / "_posts").mkdir()
    shutil.copyfile(shared / "seeds" / SEED, tmp_path / "_posts" / SEED)
    return tmp_path


def test_the_authors_post_previews_as_he_set_it(seed_site, run):
    code, (draft,), _ = run(seed_site, "preview")
    assert code == 0
    assert draft["text"] == as_its_author_set_it((seed_site / "_posts" / SEED).read_text(encoding="utf-8"))
    assert draft["repairs"] == []


def test_the_authors_post_is_published_and_its_file_changes_in_one_line_and_the_footer(seed_site, run, monkeypatch):
    path = seed_site / "_posts" / SEED
    before = path.read_bytes()
    monkeypatch.setenv("LINKEDIN_ACCESS_TOKEN", "sandbox-token")
    with Sandbox(today=API_DAY) as sandbox:
        monkeypatch.setenv("CROSSPOST_LINKEDIN__API_URL", sandbox.url)
        code, (line,), _ = run(seed_site, "publish", f"_posts/{SEED}")
        (post,) = sandbox.posts
    assert (code, line["outcome"]) == (0, "published")
    assert post.rendered == as_its_author_set_it(before.decode())
    url = line["url"].encode()
    old, new = before.splitlines(), path.read_bytes().splitlines()
    place = old.index(b"---", 1)
    assert new == [
        *old[:place],
        b"linkedin_url: " + url,
        *old[place:-1],
        old[-1].replace(b"](link)", b"](" + url + b")"),
    ]
    assert path.read_bytes().endswith(b")"), "the file had no final newline and gets none"


def test_a_real_blog_is_published_whole_and_only_once(shared, tmp_path, run, monkeypatch):
    """Every post of a blog goes out when it is named, each arrives uncut, and a second run sends nothing."""
    blog = tmp_path / "blog"
    shutil.copytree(shared / "corpus" / "karpathy__karpathy.github.io", blog)
    for path in (blog, *blog.rglob("*")):
        path.chmod(0o755)
    monkeypatch.setenv("LINKEDIN_ACCESS_TOKEN", "sandbox-token")
    day = (datetime.now(UTC) - timedelta(days=1)).date()
    (blog / "crosspost.toml").write_text(f"since = {day}\n")
    names = [str(path.relative_to(blog)) for path in sorted((blog / "_posts").iterdir())]
    with Sandbox(today=API_DAY) as sandbox:
        monkeypatch.setenv("CROSSPOST_LINKEDIN__API_URL", sandbox.url)
        _, first, _ = run(blog, "publish", *names)
        _, drafts, _ = run(blog, "preview", *names)
        _, second, _ = run(blog, "publish", *names)
        posts = sandbox.posts
    published = [line["post"] for line in first if line["outcome"] == "published"]
    assert len(posts) == len(published) > 4
    assert not any(post.truncated for post in posts)
    assert not any(line["outcome"] == "published" for line in second)
    wires = {draft["post"]: draft["wire"] for draft in drafts}
    assert {wires[key] for key in published} == {post.raw for post in posts}
