"""What is kept from one run to the next: it saves reading, and never says what a file does not say."""

import os
import shutil
import sqlite3
import sys
import threading
import time
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from crosspost.bootstrap import Workshop
from crosspost.credentials import NoPrompt
from crosspost.daemon.shelf import Shelf
from crosspost.errors import PostUnreadable
from crosspost.jekyll import cards, dates, index, site
from crosspost.jekyll.site import JekyllSite
from crosspost.model import Directives
from crosspost.pipeline.publish import publish
from crosspost.pipeline.queue import queue
from doubles import FakeClock

LATER = timedelta(hours=1)
KEY = "_posts/2024-01-01-a.md"


def text(title="One", **more):
    lines = [f"title: {title}", "date: 2024-01-01 10:00:00 +0100", *(f"{key}: {value}" for key, value in more.items())]
    return "\n".join(["---", *lines, "---", "Body", ""])


class Blog:
    """A site, and runs that look at it: each is a new object, as each run is a new process."""

    def __init__(self, folder):
        self.root = folder / "blog"
        self.memory = folder / "state" / "index"
        self.clock = FakeClock(datetime.now(UTC) + LATER)
        self.read = []
        self.options = {}
        (self.root / "_posts").mkdir(parents=True)
        for name in "abc":
            self.write(text(), f"_posts/2024-01-01-{name}.md")

    def write(self, said, key=KEY):
        path = self.root / key
        path.write_text(said, encoding="utf-8")
        return path

    def open(self):
        self.read = []
        source = JekyllSite(self.root, memory=self.memory, clock=self.clock, **self.options)
        read = source._bytes
        source._bytes = lambda key: self.read.append(key) or read(key)
        return source

    def run(self):
        """What a run sees of every post; `read` is which files it opened for that."""
        source, seen = self.open(), {}
        for key in source.keys():  # noqa: SIM118 - a post source is no mapping
            try:
                seen[key] = source.glance(key)
            except PostUnreadable as error:
                seen[key] = error.findings
        source.remember()
        return seen

    @property
    def file(self):
        (file,) = self.memory.iterdir()
        return file


@pytest.fixture
def blog(tmp_path):
    return Blog(tmp_path)


def test_a_second_run_reads_nothing_and_sees_the_same(blog):
    first = blog.run()
    assert len(blog.read) == 3
    assert blog.run() == first
    assert blog.read == []


def test_only_what_has_changed_is_read(blog):
    blog.run()
    blog.write(text("Two", crosspost="false"))
    assert blog.run()[KEY].directives.publish is False
    assert blog.read == [KEY]


@pytest.mark.parametrize(
    "said",
    [
        text(),
        text(crosspost="false"),
        text(linkedin="{at: 2024-03-31 02:30}"),
        text(linkedin="{at: 2024-03-31 02:30 +0900}"),
        text(categories="[ä, b]"),
        text(linkedin_url="https://www.linkedin.com/feed/update/urn:li:share:7348349577130860544/"),
        text(published="false"),
        text(linkedin="{at: never}"),
        "no front matter",
        "---\ntitle: One\n---\n[Check this post in LinkedIn](https://www.linkedin.com/posts/jo_a-activity-7348349577130860544-x)\n",
        "---\ntitle: [\n---\n",
        "---\ndate: 2024-10-27 02:30\n---\n",
    ],
)
def test_a_glance_says_what_reading_says(blog, said):
    blog.write("timezone: Europe/Berlin\n", "_config.yml")
    blog.write(said)
    try:
        post = blog.open().read(KEY)
        expected = post and (post.date, post.date.tzinfo, post.date + timedelta(days=200), post.linkedin_url,
                             post.categories, post.directives)  # fmt: skip
    except PostUnreadable as error:
        expected = error.findings
    for _ in range(2):
        seen = blog.run()[KEY]
        if seen is not None and not isinstance(seen, tuple):
            later = seen.date + timedelta(days=200)
            seen = (seen.date, seen.date.tzinfo, later, seen.linkedin_url, seen.categories, seen.directives)
        assert seen == expected
    assert blog.read == []


def test_directives_that_matter_come_back(blog):
    at = datetime(2024, 5, 1, 9, tzinfo=UTC)
    post = replace(blog.open().read(KEY), directives=Directives(publish=True, at=at, text="much"))
    assert cards.post_on(cards.of_post(post), KEY).directives == Directives(publish=True, at=at)


def test_an_edit_of_the_same_size_within_the_same_tick_is_seen(blog):
    """The racy one: same size, same time, same file."""
    path = blog.root / KEY
    stamp = path.stat()
    blog.clock.moment = datetime.fromtimestamp(stamp.st_mtime, UTC) + timedelta(seconds=1)
    blog.write(text(crosspost="true "))
    before = path.stat()
    blog.run()
    with path.open("r+") as file:
        file.write(text(crosspost="false"))
    pretend_unchanged(blog, path, before)
    blog.clock.moment += LATER
    assert blog.run()[KEY].directives.publish is False


def pretend_unchanged(blog, path, before):
    """Let the file system say the old times, as one with a coarse clock would."""
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    frozen = index.stamp_of(before)
    original = index.stamp_of

    def stamp_of(found):
        return frozen if found.st_ino == before.st_ino else original(found)

    blog.patch.setattr(site, "stamp_of", stamp_of)


@pytest.fixture(autouse=True)
def _patch(request, monkeypatch):
    if "blog" in request.fixturenames:
        request.getfixturevalue("blog").patch = monkeypatch


def test_an_edit_of_the_same_size_with_its_time_put_back_is_seen(blog):
    path = blog.write(text(crosspost="true "))
    blog.run()
    before = path.stat()
    with path.open("r+") as file:
        file.write(text(crosspost="false"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size
    assert blog.run()[KEY].directives.publish is False


def test_a_file_that_another_one_replaces_with_the_same_time_and_size_is_read(blog):
    """`rsync -t`, `cp -p`, a checkout of an older state, a backup: all bring old times along."""
    path = blog.write(text(crosspost="true "))
    blog.run()
    other = blog.root / "other"
    other.write_text(text(crosspost="false"), encoding="utf-8")
    shutil.copystat(path, other)
    other.replace(path)
    assert blog.run()[KEY].directives.publish is False


def test_a_renamed_file_is_known_by_its_new_name_alone(blog):
    blog.run()
    (blog.root / KEY).rename(blog.root / "_posts/2024-01-01-z.md")
    assert list(blog.run()) == [f"_posts/2024-01-01-{name}.md" for name in "bcz"]
    assert blog.read == ["_posts/2024-01-01-z.md"]
    assert list(blog.run()) == [f"_posts/2024-01-01-{name}.md" for name in "bcz"]
    assert blog.read == []


def test_two_files_that_swap_names_are_read(blog):
    one, two, aside = blog.root / KEY, blog.root / "_posts/2024-01-01-b.md", blog.root / "aside"
    blog.write(text(crosspost="false"))
    blog.run()
    one.rename(aside)
    two.rename(one)
    aside.rename(two)
    seen = blog.run()
    assert (seen[KEY].directives.publish, seen["_posts/2024-01-01-b.md"].directives.publish) == (None, False)


def test_new_posts_stand_where_their_date_belongs(blog):
    blog.run()
    blog.write(text(), "_posts/2023-12-31-new.md")
    blog.write(text(), "_posts/2024-1-1-aa.md")
    expected = ["2023-12-31-new", "2024-01-01-a", "2024-01-01-b", "2024-01-01-c", "2024-1-1-aa"]
    for _ in range(2):
        assert list(blog.run()) == [f"_posts/{name}.md" for name in expected]


def test_a_clock_that_was_set_back_costs_reading_and_nothing_else(blog):
    blog.clock.moment -= timedelta(days=3650)
    first = blog.run()
    assert blog.run() == first
    assert len(blog.read) == 3


def test_files_from_the_future_are_read_each_time(blog):
    os.utime(blog.root / KEY, ns=(0, time.time_ns() + 10**15))
    blog.run()
    blog.run()
    assert blog.read == [KEY]


@pytest.mark.parametrize(
    "harm",
    [
        Path.unlink,
        lambda file: file.write_bytes(b""),
        lambda file: file.write_bytes(b"this is no database" * 500),
        lambda file: file.write_bytes(file.read_bytes()[:5000] + b"\xff" * 3000),
        lambda file: (file.unlink(), file.mkdir()),
        lambda file: sql(file, "DROP TABLE cards"),
        lambda file: sql(file, "DROP TABLE cards; CREATE TABLE cards (other TEXT)"),
        lambda file: sql(file, "ALTER TABLE cards RENAME COLUMN card TO face"),
        lambda file: sql(file, "UPDATE about SET fingerprint = 'of a newer version'"),
        lambda file: sql(file, "UPDATE cards SET card = substr(card, 1, 32) || CAST('[1' AS BLOB)"),
        lambda file: sql(file, "UPDATE cards SET card = substr(card, 1, 32) || CAST('[[1],2,3,4]' AS BLOB)"),
        lambda file: sql(file, "UPDATE cards SET card = 'text'"),
    ],
)
def test_an_index_that_is_gone_damaged_foreign_or_newer_is_made_anew(blog, harm):
    first = blog.run()
    file = blog.file
    harm(file)
    assert blog.run() == first
    assert len(blog.read) == 3
    if not file.is_dir():
        blog.run()  # what was another program's is put away by the first run, and written by the second
        blog.run()
        assert blog.read == []


def sql(file, statements):
    connection = sqlite3.connect(file)
    connection.executescript(statements)
    connection.close()


@pytest.mark.parametrize(
    "change",
    [
        lambda blog: blog.write("unpublished: true\n", "_config.yml"),
        lambda blog: blog.write("timezone: Asia/Tokyo\n", "_config.yml"),
        lambda blog: blog.write("defaults: [{values: {crosspost: false}}]\n", "_config.yml"),
        lambda blog: blog.options.update(timezone=ZoneInfo("Asia/Tokyo")),
        lambda blog: blog.options.update(posts=("_posts", ".")),
        lambda blog: blog.patch.setattr(site, "__version__", "9"),
        lambda blog: blog.patch.setattr(dates, "rules_of", lambda zone: b"other rules"),
        lambda blog: blog.patch.setattr(site, "_system_zone", lambda: ZoneInfo("Asia/Tokyo")),
    ],
)
def test_whatever_changes_how_posts_are_read_has_all_of_them_read(blog, change):
    blog.run()
    change(blog)
    blog.run()
    assert len(blog.read) == 3
    blog.run()
    assert blog.read == []


def test_accounts_with_other_keys_have_indexes_of_their_own(blog):
    blog.run()
    blog.options = {"write_back_key": "other_url", "own_key_only": True}
    blog.run()
    assert len(blog.read) == 3
    blog.options = {}
    blog.run()
    assert blog.read == []


def test_a_state_folder_that_cannot_be_written_is_done_without(blog):
    blog.memory.parent.mkdir()
    blog.memory.write_text("a file where the folder would be", encoding="utf-8")
    first = blog.run()
    assert blog.run() == first
    assert len(blog.read) == 3


def test_an_index_that_another_process_holds_is_read_and_left_alone(blog):
    blog.run()
    holder = sqlite3.connect(blog.file, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    blog.write(text(crosspost="false"))
    assert blog.run()[KEY].directives.publish is False
    assert blog.read == [KEY]
    holder.execute("COMMIT")
    holder.close()
    assert blog.run()[KEY].directives.publish is False


def test_two_runs_at_once_leave_an_index_that_is_right(blog):
    for number in range(200):
        blog.write(text(crosspost="false"), f"_posts/2023-01-01-{number}.md")
    blogs = [blog.open() for _ in range(4)]
    threads = [threading.Thread(target=_look, args=[source]) for source in blogs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seen = blog.run()
    assert blog.read == []
    assert sum(post.directives.publish is False for post in seen.values()) == 200


def _look(source):
    for key in source.stamps():
        source.glance(key)
    source.remember()


def test_a_file_that_cannot_be_opened_is_tried_again(blog):
    blog.run()
    (blog.root / KEY).unlink()
    (blog.root / KEY).symlink_to(blog.root / "nowhere")
    blog.run()
    source = blog.open()
    with pytest.raises(PostUnreadable):
        source.glance(KEY)
    (blog.root / KEY).unlink()
    blog.write(text())
    assert blog.run()[KEY].date


def test_what_the_database_says_of_a_zone_is_found():
    assert dates.rules_of(ZoneInfo("Europe/Berlin")).startswith(b"TZif")
    assert dates.rules_of(UTC) == b""


def test_a_run_with_nothing_due_reads_no_unchanged_post_and_status_neither(blog):
    (blog.root / "crosspost.toml").write_text("since = 2026-01-01\n", encoding="utf-8")
    opened = []
    sys.addaudithook(lambda event, args: event == "open" and opened.append(str(args[0])))
    counts = []
    for act in (publish_due, publish_due, lambda run: list(queue(run))):
        opened.clear()
        workshop = replace(Workshop.open(blog.root, NoPrompt()), clock=blog.clock)
        assert [
            one.outcome.kind.value if hasattr(one, "outcome") else one.kind.value
            for one in act(workshop.run("default"))
        ] == ["skipped"] * 3
        workshop.ledger.close()
        counts.append(sum(name.endswith(".md") for name in opened))
    assert counts == [3, 0, 0]


class _Counted:
    """An entry of a folder whose looks at the file are counted, as those of `os.stat` are."""

    def __init__(self, entry, looks):
        self._entry = entry
        self._looks = looks

    def __getattr__(self, name):
        return getattr(self._entry, name)

    def stat(self):
        self._looks.append(self._entry.path)
        return self._entry.stat()


@pytest.fixture
def looks(monkeypatch):
    """The path of every file as often as the file system is asked about it."""
    found, scan, stat = [], os.scandir, os.stat

    @contextmanager
    def counted(path):
        with scan(path) as entries:
            yield (_Counted(entry, found) for entry in entries)

    monkeypatch.setattr(os, "scandir", counted)
    monkeypatch.setattr(os, "stat", lambda path, **options: found.append(str(path)) or stat(path, **options))
    return found


def test_a_scan_asks_the_file_system_once_about_each_file(blog, looks):
    blog.run()
    for settled in (True, False):
        looks.clear()
        source = blog.open()
        Shelf(source).look(settled=settled)
        posts = sorted(name for name in looks if name.endswith(".md"))
        assert posts == sorted(str(blog.root / key) for key in source.keys())  # noqa: SIM118 - as above
        assert blog.read == []


def test_a_first_scan_opens_each_file_once(blog):
    source = blog.open()
    Shelf(source).look(settled=True)
    assert blog.read == list(source.keys())


def publish_due(run):
    return list(publish(run, run.source.keys(), named=False))
