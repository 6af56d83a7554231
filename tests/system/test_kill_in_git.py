"""Kill a publish before and after every push, on machines that are thrown away: the next machine never publishes twice."""

import multiprocessing
from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

import dying_machine
from crosspost.demo.sample import API_DAY
from crosspost.sandbox.server import Sandbox
from repositories import Repository, a_repository

SETTINGS = """\
since = {since}
[linkedin]
api_url = "{url}"
[ledger]
url = "git:origin"
[writeback]
git = "push"
"""


@pytest.fixture
def processes():
    context = multiprocessing.get_context("forkserver")
    modules = [
        "dying_machine",
        "crosspost.cli.publish",
        "crosspost.bootstrap",
        "crosspost.compose",
        "crosspost.ledger.git",
    ]
    context.set_forkserver_preload([*modules, "httpx"])
    return context


class Blog:
    """A blog at a remote with one due post, and machines that come and go."""

    def __init__(self, folder, processes, sandbox, number):
        due = datetime.now(UTC) - timedelta(minutes=5)
        self.folder, self.processes, self.sandbox, self.text = (
            folder,
            processes,
            sandbox,
            f"Text {number}, like no other.",
        )
        home = Repository(folder / "home")
        settings = SETTINGS.format(since=(due - timedelta(days=1)).date(), url=sandbox.url)
        self.post = f"_posts/{due:%Y-%m-%d}-post.md"
        head = f'---\ntitle: "Post {number}"\ndate: {due:%Y-%m-%d %H:%M:%S} +0000\n---\n'
        home.write(self.post, f"{head}\n{self.text}\n")
        home.write("_config.yml", "url: https://blog.example\n")
        home.write("crosspost.toml", settings)
        home.git("init", "--quiet", "--initial-branch=main")
        home.commit("the blog")
        self.remote = a_repository(folder / "remote.git", bare=True)
        home.git("push", "--quiet", self.remote.folder.as_uri(), "main")
        self.machines = count()

    def publish(self, *, die_at=0, hours_later=0):
        """Publish on a new machine; return the steps taken, and the exit code (None: killed)."""
        machine = self.remote.clone(self.folder / f"machine-{next(self.machines)}", "--depth=1")
        log = self.folder / "steps"
        environ = {"LINKEDIN_ACCESS_TOKEN": "sandbox-token", "HOME": str(self.folder), "HOURS_LATER": str(hours_later)}
        process = self.processes.Process(
            target=dying_machine.run, args=(["publish"], str(machine.folder), environ, die_at, str(log))
        )
        process.start()
        process.join(120)
        *steps, last = log.read_text().splitlines()
        return (steps, int(last.split()[1])) if last.startswith("exit ") else ([*steps, last], None)

    @property
    def sent(self):
        return [post for post in self.sandbox.posts if self.text in post.rendered]


def outcome_after(blog, die_at):
    """Kill one publish at a step, publish an hour later on another machine, and return where it was killed and how it ended."""
    steps, code = blog.publish(die_at=die_at)
    if code is not None:
        return None
    _, code = blog.publish(hours_later=1)
    assert len(blog.sent) <= 1, f"published twice after a kill {steps[-1]}"
    text = blog.remote.at(blog.post, "main").decode()
    if code == 0:
        assert blog.sent[0].urn in text
        return steps[-1], "published, the remote's file says where"
    assert code == 4, f"exit {code} after a kill {steps[-1]}"
    return steps[-1], f"uncertain, LinkedIn has {len(blog.sent)}"


def test_a_machine_that_dies_at_any_push_leaves_nothing_that_the_next_one_would_publish_twice(
    tmp_path, processes, show_table
):
    ended = Counter()
    with Sandbox(today=API_DAY) as sandbox:
        for die_at in count(1):
            outcome = outcome_after(Blog(tmp_path / str(die_at), processes, sandbox, die_at), die_at)
            if outcome is None:
                break
            ended[outcome] += 1
    assert die_at > 12, "the process was not killed often enough to prove anything"
    lines = [f"{number:4}  {step}: {how}" for (step, how), number in sorted(ended.items())]
    show_table("Killed whenever something leaves the machine, with the ledger in git", "\n".join(lines))


def test_another_machine_respects_the_lease_of_one_that_died(tmp_path, processes):
    with Sandbox(today=API_DAY) as sandbox:
        blog = Blog(tmp_path, processes, sandbox, 1)
        steps, _ = blog.publish(die_at=4)
        assert steps == ["before handle_request", "after handle_request", "before push", "after push"]
        steps, code = blog.publish()
        assert (code, "before send" in steps, blog.sent) == (0, False, [])
