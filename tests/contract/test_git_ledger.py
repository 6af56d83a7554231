"""What only git can get wrong: clones of every kind, remotes that refuse or do not answer, what belongs to the author."""

import hashlib
import json
import os
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from crosspost.errors import LedgerError
from crosspost.git import push
from crosspost.ledger.git import GitLedger
from crosspost.ledger.git_files import MARK
from crosspost.ledger.memory import MemoryLedger
from crosspost.model import Claim, EntryKey, Held, Receipt, Spending, State, Upload
from git_answers import at_the_other_end, lose
from git_origin import Origin, OriginRef, ledger_at
from repositories import a_repository

NOW = datetime(2026, 11, 22, 13, 15, 8, tzinfo=UTC)
LEASE = timedelta(minutes=10)
KEY = EntryKey(site="https://blog.example", account="default", post="_posts/2026-11-22-a.md")
OTHER = replace(KEY, post="_posts/2026-11-22-b.md")
RECEIPT = Receipt(urn="urn:li:share:1", url="https://www.linkedin.com/feed/update/urn:li:share:1/")
REF = "refs/crosspost/ledger"
COPY = "refs/crosspost/origin/ledger"
TOKEN = "t0k3n-marked"


def claim(ledger, key=KEY, *, owner="runner/1"):
    return ledger.claim(key, author="urn:li:person:jo", text_digest=key.post, owner=owner, now=NOW, lease=LEASE)


def sent(ledger, key=KEY):
    the_claim = claim(ledger, key)
    assert ledger.mark_sending(the_claim, request_digest="r", now=NOW, lease=LEASE)
    return the_claim


def published(ledger, key=KEY):
    assert ledger.settle(sent(ledger, key), RECEIPT, NOW)


def problem_of(action):
    with pytest.raises(LedgerError) as caught:
        action()
    problem = caught.value.problem
    assert problem.what
    assert problem.fix
    assert problem.linkedin_has
    assert TOKEN not in f"{problem} {problem.detail}"
    return problem


@pytest.fixture
def remote(tmp_path):
    """A blog of three commits, as its host keeps it."""
    home = a_repository(tmp_path / "home", files={"_config.yml": "title: Blog\n"})
    for number in range(2):
        home.commit(f"more {number}", files={"_posts/a.md": f"{number}\n"})
    remote = a_repository(tmp_path / "remote.git", bare=True)
    remote.git("config", "uploadpack.allowFilter", "true")
    home.git("push", "--quiet", remote.folder.as_uri(), "main")
    return remote


@pytest.fixture
def clone(remote, tmp_path):
    return remote.clone(tmp_path / "clone")


def opened(clone, remote="origin"):
    return GitLedger(remote, clone.folder, alive=lambda _: True)


@pytest.fixture
def ledger(clone):
    return opened(clone)


@pytest.fixture
def elsewhere(remote, tmp_path):
    """The same ledger on another machine."""
    return opened(remote.clone(tmp_path / "elsewhere"))


# --- the clone stays as it was


def everything(clone):
    """Every file of a clone but the object store's and crosspost's own ref, as bytes."""
    files = (file for file in clone.folder.rglob("*") if file.is_file())
    ours = (".git/objects/", ".git/refs/crosspost/", ".git/logs/refs/crosspost/")
    names = {file.relative_to(clone.folder).as_posix(): file for file in files}
    return {name: file.read_bytes() for name, file in names.items() if not name.startswith(ours)}


def test_of_the_clone_only_the_object_store_and_one_ref_change(clone, ledger, elsewhere):
    clone.write("_posts/dirty.md", "not yet\n")
    clone.write("_posts/staged.md", "soon\n")
    clone.git("add", "_posts/staged.md")
    clone.git("status")  # refreshes the index
    before, refs = everything(clone), clone.git("for-each-ref").splitlines()
    published(elsewhere)
    assert ledger.get(KEY).state is State.PUBLISHED
    published(ledger, OTHER)
    assert everything(clone) == before
    new = set(clone.git("for-each-ref", "--format=%(refname)").splitlines()) - {line.split("\t")[1] for line in refs}
    assert new == {COPY}


def test_hooks_and_filters_of_the_author_do_not_run(clone, ledger, tmp_path):
    marks = tmp_path / "marks"
    for name in ("pre-push", "reference-transaction", "post-index-change", "pre-commit", "commit-msg", "pre-auto-gc"):
        clone.hook(name, f"echo {name} >> {marks}; exit 1")
    clone.git("config", "filter.marked.clean", f"tee -a {marks}")
    clone.write(".gitattributes", "* filter=marked\n")
    clone.git("config", "commit.gpgSign", "true")
    clone.git("config", "gpg.program", "/nonexistent")
    published(ledger)
    assert not marks.exists()


@pytest.mark.parametrize(
    "options",
    [
        ["--depth=1"],
        ["--filter=blob:none"],
        ["--filter=tree:0"],
        ["--bare"],
        ["--mirror"],
        ["--no-checkout", "--depth=1"],
    ],
    ids=" ".join,
)
def test_any_kind_of_clone_will_do_and_stays_what_it_is(remote, tmp_path, elsewhere, options):
    for number in range(4):
        published(elsewhere, replace(KEY, post=f"earlier {number}"))
    clone = remote.clone(tmp_path / "odd", *options)
    if "--mirror" in options:
        clone.git("config", "remote.origin.mirror", "false")  # git refuses to push single refs from a mirror
    kind = clone.git("rev-parse", "--is-shallow-repository")
    ledger = opened(clone)
    assert len(ledger.entries(KEY.site)) == 4
    published(ledger)
    published(elsewhere, OTHER)
    again = opened(clone)
    assert len(again.entries(KEY.site)) == 6
    assert isinstance(claim(again, OTHER), Held)
    assert clone.git("rev-parse", "--is-shallow-repository") == kind
    assert "?" not in clone.git("rev-list", "--objects", "--missing=print", COPY)


def test_a_shallow_clone_fetches_no_past(remote, tmp_path, elsewhere):
    published(elsewhere)
    clone = remote.clone(tmp_path / "shallow", "--depth=1")
    assert opened(clone).get(KEY).state is State.PUBLISHED
    assert clone.git("rev-list", "--count", COPY) == "1"


def test_a_first_look_of_another_process_in_a_shallow_clone_hides_no_past_from_this_one(remote, tmp_path, elsewhere):
    published(elsewhere)
    clone = remote.clone(tmp_path / "shallow", "--depth=1")
    ledger = opened(clone)
    assert len(ledger.entries(KEY.site)) == 1
    published(elsewhere, OTHER)
    past = clone.git("rev-list", "--count", "HEAD")
    clone.git("fetch", "--quiet", "--depth=1", "origin", REF)  # what a process does that has seen nothing yet
    assert len(ledger.entries(KEY.site)) == 2
    assert clone.git("rev-list", "--count", "HEAD") == past


def test_a_ledger_that_was_rewound_is_not_taken_for_the_same_in_a_shallow_clone_either(remote, tmp_path, elsewhere):
    published(elsewhere)
    ledger = opened(remote.clone(tmp_path / "shallow", "--depth=1"))
    assert len(ledger.entries(KEY.site)) == 1
    remote.git("update-ref", REF, f"{remote.head(REF)}~1")
    assert "was replaced" in problem_of(lambda: claim(ledger, OTHER)).what


def test_a_worktree_with_a_detached_head_and_nobody_s_name_will_do(remote, clone, tmp_path, monkeypatch):
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    clone.git("config", "user.useConfigOnly", "true")
    clone.git("worktree", "add", "--quiet", "--detach", str(tmp_path / "tree"))
    published(GitLedger("origin", tmp_path / "tree" / "_posts", alive=lambda _: True))
    assert remote.git("log", "-1", "--format=%an <%ae>", REF) == "crosspost <crosspost@localhost>"


def test_the_owner_of_the_clone_has_done_it(remote, clone, ledger):
    clone.git("config", "user.name", "Jo")
    clone.git("config", "user.email", "jo@blog.example")
    claim(ledger)
    assert remote.git("log", "-1", "--format=%an <%ce>", REF) == "Jo <jo@blog.example>"


def test_a_remote_may_be_given_by_its_address(remote, clone):
    published(opened(clone, remote.folder.as_uri()))
    assert opened(clone).get(KEY).state is State.PUBLISHED


# --- readable by a person


def test_the_log_reads_like_a_diary(remote, ledger):
    published(ledger)
    ledger.mark_written_back(KEY, NOW)
    ledger.amend(KEY, text_digest="edited", now=NOW)
    ledger.spend("urn:li:person:jo", NOW.date(), 1)
    ledger.note("told", "expiry", "7 days", NOW)
    ledger.baseline(KEY.site, NOW)
    ledger.doubt(sent(ledger, OTHER), "no answer", NOW)
    assert remote.git("log", "--format=%s", "--reverse", REF).splitlines() == [
        "_posts/2026-11-22-a.md: new -> claimed",
        "_posts/2026-11-22-a.md: claimed -> sending",
        "_posts/2026-11-22-a.md: sending -> published",
        "_posts/2026-11-22-a.md: address in the file",
        "_posts/2026-11-22-a.md: edited",
        "requests: urn:li:person:jo, 2026-11-22",
        "note: told, expiry",
        "baseline: https://blog.example",
        "_posts/2026-11-22-b.md: new -> claimed",
        "_posts/2026-11-22-b.md: claimed -> sending",
        "_posts/2026-11-22-b.md: sending -> uncertain",
    ]
    assert "no answer" in remote.git("log", "-1", "--format=%b", REF)
    assert "by runner/1" in remote.git("log", "-1", "--format=%b", REF)


def test_a_step_adds_one_line_to_one_file(remote, ledger):
    published(ledger)
    (stat,) = remote.git("log", "-1", "--format=", "--numstat", REF).splitlines()
    added, removed, path = stat.split("\t")
    assert (added, removed) == ("1", "0")
    assert path.startswith("entries/")
    assert "2026-11-22-a-" in path
    line = json.loads(remote.at(path, REF).splitlines()[-1])
    assert (line["before"], line["state"], line["post"], line["url"]) == ("sending", "published", KEY.post, RECEIPT.url)


def test_names_of_posts_cannot_forge_a_message(remote, ledger):
    claim(ledger, replace(KEY, post="a\n\nforged: x -> y\0\x1b[31m\ud800"))
    assert "\nforged" not in remote.git("log", "-1", "--format=%s%n%b", REF)


def test_an_import_reads_the_same_on_every_machine(remote, ledger, elsewhere):
    source = MemoryLedger(alive=lambda _: True)
    published(source)
    source.doubt(sent(source, OTHER), "no answer", NOW)
    ledger.load(source.dump(), owner="me", now=NOW + LEASE)
    for key in (KEY, OTHER):
        assert elsewhere.history(key) == ledger.history(key)
        assert (ledger.history(key)[-1].owner, ledger.history(key)[-1].reason) == ("me", "imported")
    assert elsewhere.dump() == ledger.dump()


def test_what_is_beside_the_entries_reads_the_same_on_every_machine(ledger, elsewhere):
    odd = "ä 🎉 \n\0 \u2028 half a pair \ud83d {}"
    for day in (NOW.date(), NOW.date() + timedelta(days=20)):
        ledger.spend("urn:li:person:jo", day, 2)
        ledger.spend(odd, day, 3)
    for subject in ("told", odd):
        ledger.note(subject, "a", "1", NOW)
        ledger.note(subject, odd, odd, NOW)
    ledger.note("told", "a", None, NOW)
    ledger.record_upload(Upload(payer=odd, digest="d", kind="image", urn="urn:li:image:1", at=NOW))
    ledger.baseline(odd, NOW)
    assert sorted(elsewhere.dump(), key=str) == sorted(ledger.dump(), key=str)
    assert (elsewhere.notes("told"), elsewhere.notes(odd)) == ({odd: odd}, {"a": "1", odd: odd})
    assert elsewhere.upload(odd, "d").at == elsewhere.recorded_baseline(odd) == NOW
    ledger.note("told", odd, None, NOW)
    ledger.spend(odd, NOW.date(), 1)
    assert (elsewhere.notes("told"), elsewhere.spent(odd, NOW.date())) == ({}, 4)


# --- the remote decides


def test_the_same_step_at_the_same_second_is_taken_once(clone, remote, tmp_path):
    """Two equal commits would be one to the remote, and both machines would believe that theirs came first."""
    machines = [opened(remote.clone(tmp_path / f"machine-{number}")) for number in range(2)]
    sent(machines[0])
    assert [len(machine.entries(KEY.site)) for machine in machines] == [1, 1]
    later = NOW + 2 * LEASE
    assert [len(machine.sweep(KEY.site, later)) for machine in machines] == [1, 0]


@pytest.mark.parametrize("options", [[], ["--depth=1"]], ids=["full", "shallow"])
def test_processes_in_one_clone_do_not_disturb_each_other(remote, tmp_path, elsewhere, options):
    claim(elsewhere)
    clone = remote.clone(tmp_path / "shared", *options)
    ledgers = [opened(clone) for _ in range(4)]

    def run(number):
        for post in range(3):
            published(ledgers[number], replace(KEY, post=f"{number}-{post}"))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(run, range(4)))
    states = Counter(entry.state for entry in opened(clone).entries(KEY.site).values())
    assert states == {State.PUBLISHED: 12, State.CLAIMED: 1}


def test_a_push_is_never_forced(clone, ledger, monkeypatch):
    pushes, real = [], subprocess.Popen

    def popen(command, **options):
        pushes.append(command)
        return real(command, **options)

    monkeypatch.setattr(subprocess, "Popen", popen)
    published(ledger)
    words = [word for command in pushes for word in command]
    assert sum("push" in command for command in pushes) == 3
    assert not [word for word in words if word.startswith(("--force", "-f", "+"))]


def test_a_retry_and_the_request_that_it_counts_are_one_push(remote, ledger):
    the_claim = sent(ledger)
    assert ledger.doubt(the_claim, "no answer", NOW)
    before = int(remote.git("rev-list", "--count", REF))
    assert ledger.mark_retry(the_claim, NOW, Spending(payer="a", day=NOW.date(), requests=1))
    assert int(remote.git("rev-list", "--count", REF)) == before + 1
    assert ledger.spent("a", NOW.date()) == 1


def test_the_files_that_linkedin_has_are_pushed_with_the_next_step(remote, clone, ledger):
    the_claim = claim(ledger)
    uploads = [Upload(payer="a", digest=str(n), kind="image", urn=f"urn:li:image:{n}", at=NOW) for n in range(3)]
    for upload in uploads:
        ledger.record_upload(upload)
    assert [ledger.upload("a", upload.digest) for upload in uploads] == uploads
    assert remote.git("rev-list", "--count", REF) == "1"
    assert ledger.mark_sending(the_claim, request_digest="r", now=NOW, lease=LEASE)
    assert remote.git("rev-list", "--count", REF) == "2"
    other, newer = opened(clone), replace(uploads[0], urn="urn:li:image:9")
    assert [other.upload("a", upload.digest) for upload in uploads] == uploads
    other.record_upload(newer)
    sent(other, OTHER)
    assert ledger.settle(the_claim, RECEIPT, NOW)
    assert opened(clone).upload("a", "0") == newer  # ours was pushed once


def test_files_that_linkedin_has_are_on_record_whoever_was_faster_and_whatever_answer_was_lost(clone, ledger, tmp_path):
    the_claim = claim(ledger)
    upload = Upload(payer="a", digest="d", kind="image", urn="urn:li:image:1", at=NOW)
    ledger.record_upload(upload)
    claim(opened(clone), OTHER)
    lose(clone, tmp_path)
    assert ledger.mark_sending(the_claim, request_digest="r", now=NOW, lease=LEASE)
    assert opened(clone).upload("a", "d") == upload
    other, newer = opened(clone), replace(upload, urn="urn:li:image:2")
    other.record_upload(newer)
    sent(other, replace(KEY, post="third"))
    assert ledger.settle(the_claim, RECEIPT, NOW)
    assert opened(clone).upload("a", "d") == newer  # ours was pushed once


# --- no answer, no remote, no permission


def test_a_push_whose_answer_was_lost_is_looked_for_and_found(remote, clone, ledger, tmp_path):
    claim(ledger, OTHER)
    lose(clone, tmp_path)
    answers = spy_on_pushes(ledger)
    the_claim = claim(ledger)
    assert answers == ["unknown"]
    assert isinstance(the_claim, Claim)
    assert the_claim.token == ledger.get(KEY).token
    assert ledger.get(KEY).attempts == 1
    assert ledger.mark_sending(the_claim, request_digest="r", now=NOW, lease=LEASE)
    assert remote.git("rev-list", "--count", REF) == "3"


def spy_on_pushes(ledger):
    answers, real = [], ledger._ref.push

    def spy(commit):
        answer = real(commit)
        answers.append(answer.answer.value)
        return answer

    ledger._ref.push = spy
    return answers


def test_a_push_that_never_arrives_is_an_error_and_changes_nothing(remote, clone, ledger, tmp_path):
    the_claim = claim(ledger)
    before = remote.head(REF)
    at_the_other_end(clone, tmp_path, "echo 'no way in' >&2; exit 1")
    answers = spy_on_pushes(ledger)
    problem = problem_of(lambda: ledger.mark_sending(the_claim, request_digest="r", now=NOW, lease=LEASE))
    assert "can be read and not written" in problem.what
    assert "contents: write" in problem.fix
    assert (answers, remote.head(REF)) == (["unknown"] * 3, before)


def test_a_remote_that_is_down_is_an_error_before_anything_is_sent(remote, ledger):
    the_claim = claim(ledger)
    remote.folder.rename(remote.folder.with_name("away"))
    for step in (
        lambda: claim(ledger, OTHER),
        lambda: ledger.mark_sending(the_claim, request_digest="r", now=NOW, lease=LEASE),
        lambda: ledger.entries(KEY.site),
    ):
        problem = problem_of(step)
        assert problem.linkedin_has == "nothing was sent"
        assert "cannot be used: git " in problem.what
    remote.folder.with_name("away").rename(remote.folder)
    assert ledger.mark_sending(the_claim, request_digest="r", now=NOW, lease=LEASE)


def test_a_refused_push_says_who_refuses_and_why(remote, ledger):
    claim(ledger)
    remote.hook("pre-receive", "echo 'the ledger is closed on Sundays'; exit 1")
    problem = problem_of(lambda: claim(ledger, OTHER))
    assert problem.what == "origin refuses the ledger: the ledger is closed on Sundays"
    assert "contents: write" in problem.fix
    assert ledger.get(OTHER) is None


def test_a_receipt_that_the_remote_does_not_take_is_in_the_error(remote, ledger):
    the_claim = sent(ledger)
    remote.hook("pre-receive", "exit 1")
    problem = problem_of(lambda: ledger.settle(the_claim, RECEIPT, NOW))
    assert problem.linkedin_has == f"LinkedIn has the post: {RECEIPT.url}"
    assert ledger.sweep(KEY.site, NOW) == ()
    assert ledger.get(KEY).state is State.SENDING


def test_a_token_in_an_address_is_never_shown(clone, ledger, monkeypatch):
    monkeypatch.setattr(push, "NETWORK_SECONDS", 5)
    for address in (f"https://ci:{TOKEN}@127.0.0.1:9/blog.git", f"https://{TOKEN}@127.0.0.1:9/blog.git"):
        clone.git("remote", "set-url", "origin", address)
        problem_of(lambda: claim(opened(clone)))
        problem = problem_of(lambda address=address: claim(opened(clone, address)))
        assert "127.0.0.1:9/blog.git" in problem.what
        assert TOKEN not in opened(clone, address)._ref.copy


def test_where_there_is_no_such_remote_or_no_repository_git_says_so(clone, tmp_path):
    assert "nowhere" in problem_of(lambda: claim(opened(clone, "nowhere"))).what
    (tmp_path / "empty").mkdir()
    ledger = GitLedger("origin", tmp_path / "empty", alive=lambda _: True)
    assert "not a git repository" in problem_of(lambda: claim(ledger)).what


def test_a_remote_that_is_read_elsewhere_than_written_is_found_out(remote, clone, tmp_path):
    """As in a fork: what is pushed could not be seen by anybody who fetches."""
    other = a_repository(tmp_path / "fork.git", bare=True)
    clone.git("remote", "set-url", "--push", "origin", other.folder.as_uri())
    assert "is gone" in problem_of(lambda: claim(opened(clone))).what
    clone.git("remote", "set-url", "--push", "origin", str(remote.folder))
    clone.git("update-ref", "-d", COPY)
    assert isinstance(claim(opened(clone)), Claim)


# --- what is not a ledger, or not one that can be trusted


def put(remote, files, *, parents=()):
    """Move the ref on the remote to a commit with these files, and return it."""
    lines = []
    for path, content in files.items():
        lines.append(f"100644 {remote.git('hash-object', '-w', '--stdin', stdin=content)}\t{path}\n")
    index = {"GIT_INDEX_FILE": str(remote.folder / "index.test")}
    (remote.folder / "index.test").unlink(missing_ok=True)
    remote.git("update-index", "--index-info", stdin="".join(lines), environ=index)
    options = [part for parent in parents for part in ("-p", parent)]
    tree = remote.git("write-tree", environ=index)
    commit = remote.git("commit-tree", *options, "-m", "by hand", tree)
    remote.git("update-ref", REF, commit)
    return commit


def files_of(remote):
    paths = remote.git("ls-tree", "-r", "--name-only", REF).splitlines()
    return {path: remote.at(path, REF).decode() for path in paths}


def refused_untouched(remote, ledger):
    """Every use is refused, and the ref stays where it was."""
    before = remote.head(REF)
    problem = problem_of(lambda: ledger.get(KEY))
    problem_of(lambda: claim(ledger))
    problem_of(lambda: ledger.baseline(KEY.site, NOW))
    assert remote.head(REF) == before
    return problem


@pytest.mark.parametrize(
    "files",
    [
        {"README": "mine"},
        {MARK: "{}"},
        {MARK: "no"},
        {MARK: '["crosspost ledger"]'},
        {MARK: '{"format": "crosspost ledger"}'},
    ],
    ids=str,
)
def test_what_is_not_a_ledger_is_refused_untouched(remote, ledger, files):
    put(remote, files)
    assert "is not a ledger of crosspost; it was left untouched" in refused_untouched(remote, ledger).what


def test_a_newer_ledger_is_refused_untouched_also_in_the_middle_of_a_run(remote, ledger):
    claim(ledger)
    newer = files_of(remote) | {MARK: '{"format": "crosspost ledger", "version": 2}'}
    put(remote, newer, parents=[remote.head(REF)])
    problem = refused_untouched(remote, ledger)
    assert "newer crosspost (version 2" in problem.what
    assert "upgrade" in problem.fix


def test_a_ledger_of_this_version_holds_what_it_did_on_the_day_it_was_released(remote, ledger):
    """Written out here, so that a change of the format cannot pass unnoticed."""
    line = {
        "at": "2026-11-22T13:15:08.000000Z",
        "state": "claimed",
        "site": KEY.site,
        "account": "default",
        "post": KEY.post,
        "author": "urn:li:person:jo",
        "text_digest": "t",
        "attempts": 1,
        "token": "0",
        "owner": "runner/1",
        "lease_until": "2026-11-22T13:25:08.000000Z",
        "claimed_at": "2026-11-22T13:15:08.000000Z",
    }
    digest = hashlib.sha256(json.dumps([KEY.site, KEY.account, KEY.post]).encode()).hexdigest()[:32]
    files = {
        MARK: '{"format": "crosspost ledger", "version": 1}',
        f"entries/{digest[:2]}/2026-11-22-a-{digest}.jsonl": json.dumps(line) + "\n",
        "baselines.json": '{"https://blog.example": "2026-11-22T00:00:00.000000Z"}',
        "spending/2026-11.json": '{"urn:li:person:jo": {"2026-11-22": 3}}',
    }
    put(remote, files)
    assert (ledger.get(KEY).state, ledger.get(KEY).lease_until) == (State.CLAIMED, NOW + LEASE)
    assert ledger.spent("urn:li:person:jo", NOW.date()) == 3
    assert ledger.recorded_baseline(KEY.site) == datetime(2026, 11, 22, tzinfo=UTC)


def damaged(text, **changes):
    """The text of an entry's file, with the last line changed."""
    *rest, last = text.splitlines()
    fields = {name: value for name, value in (json.loads(last) | changes).items() if value != "gone"}
    return "\n".join([*rest, json.dumps(fields)]) + "\n"


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text[:-20],
        lambda _: "",
        lambda text: text.partition("\n")[2],
        lambda text: damaged(text, state="sent"),
        lambda text: damaged(text, before="failed"),
        lambda text: damaged(text, attempts="1"),
        lambda text: damaged(text, sending_at=5),
        lambda text: damaged(text, token="gone"),
        lambda text: damaged(text, at="yesterday"),
        lambda text: damaged(text, post="another"),
        lambda text: damaged(text, colour="red"),
    ],
)
def test_a_damaged_file_is_named_and_the_way_out_works(remote, clone, ledger, damage):
    published(ledger)
    good, files = remote.head(REF), files_of(remote)
    (path,) = (path for path in files if path.startswith("entries/"))
    bad = put(remote, files | {path: damage(files[path])}, parents=[good])
    fresh = opened(clone)
    problem = refused_untouched(remote, fresh)
    assert "is damaged" in problem.what
    assert path in problem.what
    command = problem.fix.partition("put its files back: ")[2].partition("; do not")[0].replace("GOOD", good)
    assert clone.head(COPY) == bad
    subprocess.run(["sh", "-c", command], cwd=clone.folder, check=True, capture_output=True, env=os.environ | NAMES)
    assert fresh.get(KEY).state is State.PUBLISHED
    assert ledger.get(KEY).state is State.PUBLISHED


NAMES = {f"GIT_{role}_{what}": "jo@blog.example" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}


def test_a_stranger_s_file_among_the_others_is_damage(remote, ledger):
    claim(ledger)
    put(remote, files_of(remote) | {"index.html": "x"}, parents=[remote.head(REF)])
    assert "index.html does not belong there" in refused_untouched(remote, ledger).what


def test_a_file_under_another_s_name_is_damage(remote, ledger):
    claim(ledger)
    files = files_of(remote)
    (path,) = (path for path in files if path.startswith("entries/"))
    put(remote, files | {"entries/00/copy.jsonl": files[path]}, parents=[remote.head(REF)])
    assert f"entries/00/copy.jsonl holds what belongs into {path}" in refused_untouched(remote, ledger).what


def test_a_ledger_that_is_gone_is_not_taken_for_a_new_one(remote, clone, ledger):
    published(ledger)
    remote.git("update-ref", "-d", REF)
    problem = problem_of(lambda: claim(opened(clone)))
    assert "is gone" in problem.what
    command = problem.fix.partition("put it back: ")[2].partition(";")[0]
    subprocess.run(command.split(), cwd=clone.folder, check=True, capture_output=True)
    assert isinstance(claim(opened(clone)), Held)


def test_a_ledger_that_was_rewound_or_replaced_is_not_taken_for_the_same(remote, clone, ledger):
    published(ledger)
    tip = remote.head(REF)
    remote.git("update-ref", REF, f"{tip}~1")
    assert "was replaced" in problem_of(lambda: claim(opened(clone), OTHER)).what
    put(remote, {MARK: '{"format": "crosspost ledger", "version": 1}'})
    problem = problem_of(lambda: claim(opened(clone), OTHER))
    assert "was replaced" in problem.what
    command = problem.fix.partition("if this is meant: ")[2]
    subprocess.run(command.split(), cwd=clone.folder, check=True)
    assert isinstance(claim(opened(clone), OTHER), Claim)


# --- how a step is taken, with a remote that does as it is told


@pytest.fixture
def origin():
    return Origin()


def at(origin):
    return ledger_at(OriginRef(origin), alive=lambda _: True)


@pytest.mark.parametrize("fate", ["arrives, answer lost", "arrives late", "lost"])
def test_a_step_counts_once_whatever_becomes_of_its_push(origin, fate):
    ledger = at(origin)
    origin.fate = fate
    the_claim = claim(ledger)
    assert at(origin).get(KEY).token == the_claim.token
    origin.fate = fate
    assert ledger.mark_sending(the_claim, request_digest="r", now=NOW, lease=LEASE)
    origin.fate = fate
    assert ledger.settle(the_claim, RECEIPT, NOW)
    assert [step.after.value for step in at(origin).history(KEY)] == ["claimed", "sending", "published"]


def test_a_refusal_is_decided_on_what_the_remote_has_now(origin):
    one, other = at(origin), at(origin)
    the_claim = claim(one)
    assert isinstance(claim(other), Held)
    one.release(the_claim, NOW)
    assert isinstance(claim(other), Claim)


def test_a_lost_race_is_decided_again(origin):
    one, other = at(origin), at(origin)
    assert one.get(KEY) is other.get(KEY) is None
    assert isinstance(claim(one), Claim)
    assert isinstance(claim(other), Held)
    assert isinstance(claim(other, OTHER), Claim)


def test_who_loses_every_race_gives_up(origin):
    class Outrun(OriginRef):
        def push(self, commit):
            claim(at(origin), replace(KEY, post=commit))
            return super().push(commit)

    problem = problem_of(lambda: claim(ledger_at(Outrun(origin), alive=lambda _: True)))
    assert "changed by others 200 times in a row" in problem.what


def test_only_what_has_changed_is_read(origin):
    read = []

    class Counting(OriginRef):
        def read(self, hashes):
            read.append(len(hashes))
            return super().read(hashes)

    ledger, elsewhere = ledger_at(Counting(origin), alive=lambda _: True), at(origin)
    for number in range(10):
        claim(elsewhere, replace(KEY, post=str(number)))
    assert ledger.get(KEY) is None
    claim(elsewhere)
    assert ledger.get(KEY).state is State.CLAIMED
    claim(ledger, OTHER)
    ledger.get(OTHER)
    assert read == [11, 1]


def test_importing_the_package_does_not_pay_for_git():
    code = "import sys, crosspost.ledger; print('crosspost.ledger.git' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "False\n"
