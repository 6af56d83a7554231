"""The commit, or its like on top of what others pushed, goes to the upstream; never by force."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from crosspost.errors import Problem
from crosspost.git import GitError
from crosspost.git.command import NETWORK_SECONDS
from crosspost.git.push import Answer, Push, push, tip
from crosspost.jekyll.repository.changes import changes
from crosspost.jekyll.repository.commit import make, move_head, while_unlocked
from crosspost.jekyll.repository.message import MARK, urls_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crosspost.jekyll.repository.changes import Edit
    from crosspost.jekyll.repository.checkout import Checkout, Upstream
    from crosspost.ports import Clock

ATTEMPTS = 8  # each lost race means that somebody else's push went through


@dataclass(frozen=True, slots=True)
class Arrived:
    """The upstream has the addresses; `commit` is what it has now, `notice` what the author should know."""

    commit: str
    notice: Problem | None = None


def push_upstream(checkout: Checkout, urls: Mapping[str, str], edit: Edit, clock: Clock) -> Arrived | Problem:
    """Bring what HEAD has of the addresses to the upstream.

    Where the author has commits that are not pushed, nothing is: they are theirs to push, and take crosspost's along.

    Returns:
        What arrived, or why it waits for the author.

    Raises:
        GitError: The upstream could not be reached, or refused.
    """
    upstream = checkout.upstream()
    said = ""
    for _ in range(ATTEMPTS):
        head, theirs = checkout.head(), fetched(checkout, upstream)
        if theirs is None:
            raise GitError(Problem(what=f"there is no branch {upstream}", fix="push it once by hand, and run again"))
        if count := foreign(checkout, theirs, head):
            return _waits(upstream, count)
        new = _on_top(checkout, head, theirs, urls, edit)
        answer = sent(checkout, upstream, new) if new != theirs else None
        if answer is None or answer.answer is Answer.DONE:
            return Arrived(new, None if _follow(checkout, head, new, clock) else _apart(checkout, upstream))
        said = answer.said
    raise lost_every_race(upstream, said)


def fetched(checkout: Checkout, upstream: Upstream) -> str | None:
    """Return the commit that the upstream is at, and have it here; None where there is no such branch."""
    for _ in range(ATTEMPTS):
        found = tip(checkout.git, upstream.remote, upstream.ref)
        if found is None or _has(checkout, found):
            return found
        options = ("--quiet", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules")
        checkout.git.run("fetch", *options, upstream.remote, upstream.ref, timeout=NETWORK_SECONDS)
        if _has(checkout, found):
            return found
    raise lost_every_race(upstream)


def foreign(checkout: Checkout, since: str, until: str) -> int:
    """Count the commits of `until` that `since` does not have and that are not crosspost's."""
    pattern = ("--invert-grep", f"--grep=^{MARK}$")
    return int(checkout.git.text("rev-list", "--count", *pattern, until, f"^{since}"))


def told_since(checkout: Checkout, since: str, until: str) -> dict[str, str]:
    """Return the addresses, path to URL, in crosspost's own commits of `until` that `since` does not have."""
    log = ("log", "--no-show-signature", "--format=%B", f"--grep=^{MARK}$", "--reverse")
    return urls_in(checkout.git.text(*log, until, f"^{since}"))


def sent(checkout: Checkout, upstream: Upstream, commit: str) -> Push:
    """Push a commit. The answer is that the branch has it, or that somebody else was faster.

    Raises:
        GitError: The remote refused, or could not be reached.
    """
    try:
        answer = push(checkout.git, upstream.remote, commit, upstream.ref)
    except GitError:
        # The answer may have been lost behind a push that arrived.
        if tip(checkout.git, upstream.remote, upstream.ref) == commit:
            return Push(Answer.DONE, "")
        raise
    if answer.answer is Answer.REFUSED:
        raise refused(upstream, answer.said)
    if answer.answer is Answer.UNKNOWN and tip(checkout.git, upstream.remote, upstream.ref) == commit:
        return replace(answer, answer=Answer.DONE)
    return answer


def refused(upstream: Upstream, said: str) -> GitError:
    """Return the error for a remote that will not have a push."""
    fix = 'permit the push, or set writeback.git = "branch" to get a branch for a pull request'
    return GitError(Problem(what=f"{upstream.remote} refused the push to {upstream.branch}: {said}", fix=fix))


def lost_every_race(upstream: Upstream, said: str = "") -> GitError:
    """Return the error for a branch that never stands still."""
    what = f"{upstream} could not be moved forward, {ATTEMPTS} times: {said or 'it moved each time'}"
    return GitError(Problem(what=what, fix="run again"))


def _on_top(checkout: Checkout, head: str, theirs: str, urls: Mapping[str, str], edit: Edit) -> str:
    """Return the commit to push: HEAD where it follows from the upstream, else the addresses on top of the upstream."""
    if checkout.is_ancestor(theirs, head):
        return head
    wanted = told_since(checkout, theirs, head) | dict(urls)
    lacking = changes(checkout.git, theirs, wanted, edit)
    return make(checkout, theirs, [theirs], lacking, wanted) if lacking.blobs else theirs


def _follow(checkout: Checkout, head: str, new: str, clock: Clock) -> bool:
    """Bring the branch that is checked out along, as `git pull` would; False where changes of the author's are in the way.

    git's two-tree merge keeps what is staged or changed, and gives up before it touches anything if a file with changes
    would have to change (git-read-tree, "Two Tree Merge").
    """
    if head == new:
        return True
    if checkout.in_progress():
        return False
    checkout.git.attempt("update-index", "-q", "--refresh")
    try:
        while_unlocked(checkout, clock, "-c", "submodule.recurse=false", "read-tree", "-m", "-u", head, new)
    except GitError:
        return False
    return move_head(checkout, head, new)


def _has(checkout: Checkout, commit: str) -> bool:
    # In a partial clone a look must not fetch; what is fetched properly brings its history along.
    return checkout.git.attempt("cat-file", "-e", f"{commit}^{{commit}}", environ={"GIT_NO_LAZY_FETCH": "1"}).code == 0


def _waits(upstream: Upstream, count: int) -> Problem:
    commits = "a commit of yours that is" if count == 1 else f"{count} commits of yours that are"
    return Problem(
        what=f"the addresses are committed and not pushed: there {'is' if count == 1 else 'are'} {commits} not on {upstream}",
        fix="git push takes both along",
    )


def _apart(checkout: Checkout, upstream: Upstream) -> Problem:
    return Problem(
        what=f"{upstream} has the addresses and more; {checkout.top} does not follow, since files in it are changed",
        fix="git pull --rebase --autostash",
    )
