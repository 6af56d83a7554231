"""Kill a publish between every two steps and start it again: never two posts, none lost, no file torn."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

import dying
from crosspost.demo.sample import API_DAY
from crosspost.sandbox.server import Sandbox
from media_samples import png

SETTINGS = """\
since = {since}
[linkedin]
api_url = "{url}"
author = "{author}"
identical_retry = {retry}
[ledger]
url = "sqlite:///{folder}/ledger.sqlite3"
"""
POST = """\
---
title: "Post {number}"
date: {date}
---

The text of post {number}, which is like no other.

[Check this post in LinkedIn](link)"""


@pytest.fixture(scope="module")
def processes():
    return dying.context()


@pytest.fixture(scope="module")
def sandbox():
    with Sandbox(today=API_DAY) as server:
        yield server


class Site:
    """A site with one due post, and the commands run in it."""

    def __init__(self, folder, processes, sandbox, number, *, retry=False, author="", picture=None):
        now = datetime.now(UTC) - timedelta(minutes=5)
        self.folder, self.processes, self.sandbox, self.number = folder, processes, sandbox, number
        folder.mkdir()
        (folder / "_posts").mkdir()
        (folder / "_config.yml").write_text("url: https://blog.example\n")
        since, retry = (now - timedelta(days=1)).date(), str(retry).lower()
        settings = SETTINGS.format(since=since, url=sandbox.url, folder=folder, author=author, retry=retry)
        (folder / "crosspost.toml").write_text(settings)
        self.post = folder / "_posts" / f"{now:%Y-%m-%d}-post.md"
        self.original = POST.format(number=number, date=f"{now:%Y-%m-%d %H:%M:%S} +0000")
        if picture:
            (folder / "a.png").write_bytes(picture)
            self.original = self.original.replace("---\n\nThe", "linkedin: {image: a.png, alt: A}\n---\n\nThe")
        self.post.write_bytes(self.original.encode())

    def publish(self, die_at=0):
        """Run `crosspost publish --due`; return the names of the steps taken and the exit code (None: killed)."""
        log = self.folder / "steps"
        environ = {"LINKEDIN_ACCESS_TOKEN": "sandbox-token", "HOME": str(self.folder)}
        arguments = (["publish", "--due"], str(self.folder), environ, die_at, str(log))
        process = self.processes.Process(target=dying.run, args=arguments)
        process.start()
        process.join(60)
        steps = log.read_text().splitlines()
        ended = steps and steps[-1].startswith("exit ")
        return (steps[:-1], int(steps[-1].split()[1])) if ended else (steps, None)

    @property
    def sent(self):
        return [post for post in self.sandbox.posts if f"The text of post {self.number}," in post.rendered]

    def updated(self, url):
        """The file as it must be once it says where the post is: one line more, the footer filled."""
        return self.original.replace("---\n\nThe", f"linkedin_url: {url}\n---\n\nThe").replace("](link)", f"]({url})")


def outcome_after(site, die_at):
    """Kill one publish at a step, run until quiet, check what must hold, and return where it happened and how it ended."""
    steps, code = site.publish(die_at)
    if code is not None:
        return None
    for _ in range(2):
        _, code = site.publish()
    text = site.post.read_text()
    assert len(site.sent) <= 1, f"published twice after a kill at {steps[-1]}"
    if code == 0:
        url = f"https://www.linkedin.com/feed/update/{site.sent[0].urn}/"
        assert text == site.updated(url)
        return steps[-1], "published, file updated"
    assert code == 4, f"exit {code} after a kill at {steps[-1]}"
    assert text == site.original
    return steps[-1], f"uncertain, LinkedIn has {len(site.sent)}"


def test_a_publish_killed_between_any_two_steps_never_publishes_twice(tmp_path, processes, sandbox, show_table):
    ended = Counter()
    uncertain = set()
    for die_at in count(1):
        outcome = outcome_after(Site(tmp_path / str(die_at), processes, sandbox, die_at), die_at)
        if outcome is None:
            break
        step, how = outcome
        ended[how] += 1
        if how.startswith("uncertain"):
            uncertain.add(step)
    assert die_at > 30, "the process was not killed often enough to prove anything"
    assert uncertain <= {
        "after mark_sending",
        "before send",
        "before handle_request",
        "after handle_request",
        "after send",
        "before settle",
    }, "a kill outside the send left a post uncertain"
    lines = [f"{number:4}  {how}" for how, number in sorted(ended.items())]
    show_table("A publish killed at every step, then run until quiet", "\n".join(lines))


@pytest.fixture(scope="module")
def reading_sandbox():
    """A LinkedIn that says how far a file is, so that nobody waits five seconds."""
    with Sandbox(today=API_DAY, profile="partner", processing=timedelta(0)) as server:
        yield server


def test_a_publish_killed_while_its_picture_goes_up_loses_nothing_and_goes_on_from_there(
    tmp_path, processes, reading_sandbox
):
    """Before the intent to send is on record nothing is uncertain; what is recorded as uploaded is not sent again."""
    steps, code = Site(tmp_path / "whole", processes, reading_sandbox, 0, picture=png("whole")).publish()
    assert code == 0
    first, last = steps.index("before prepare"), steps.index("after prepare")
    recorded = steps.index("after record_upload")
    assert last - first > 8
    for number in range(first, last + 1):
        site = Site(tmp_path / str(number), processes, reading_sandbox, number, picture=png(str(number)))
        before = _puts(reading_sandbox)
        assert site.publish(number + 1) == (steps[: number + 1], None)
        assert site.publish()[1] == 0
        (post,) = site.sent
        assert post.article.thumbnail
        assert site.post.read_text() == site.updated(f"https://www.linkedin.com/feed/update/{post.urn}/")
        if number >= recorded:
            assert _puts(reading_sandbox) - before == 1


def _puts(sandbox):
    return sum(one.method == "PUT" for one in sandbox.requests)
