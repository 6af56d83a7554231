"""One push, never forced, and what its answer means; and a look at what a remote has."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from crosspost.git.command import NETWORK_SECONDS, GitFailed

if TYPE_CHECKING:
    from crosspost.git.command import Git


class Answer(Enum):
    """What the remote made of a push."""

    DONE = "done"  # the ref is what was pushed
    RACED = "raced"  # somebody else moved the ref: fetch, and decide again
    REFUSED = "refused"  # a rule of the remote: it would refuse again
    UNKNOWN = "unknown"  # the remote never said: look before acting


@dataclass(frozen=True, slots=True)
class Push:
    """The answer, and what the remote said, without credentials."""

    answer: Answer
    said: str


# git's words for a lost race: transport.c before anything is sent; builtin/receive-pack.c and refs/files-backend.c
# where two pushes reach the remote at once.
_RACED = re.compile(
    r"\[rejected\]|\((cannot lock ref|failed to (update|lock)|incorrect old value|reference already exists)"
)


def push(
    git: Git,
    remote: str,
    commit: str,
    ref: str,
    *,
    dry_run: bool = False,
    timeout: float = NETWORK_SECONDS,
) -> Push:
    """Ask a remote to move `ref` forward to `commit`; without `ref` there, to make it.

    Args:
        git: The repository.
        remote: Name of a remote, or an address.
        commit: A hash.
        ref: The full name, `refs/heads/main`.
        dry_run: Ask for everything but the change itself: can it be reached, may we write, would it be forward.
        timeout: Seconds.

    Raises:
        GitError: The remote could not be asked, or did not answer: with `dry_run` nothing has changed, without it look.
    """
    flags = ["--dry-run"] if dry_run else []
    arguments = ("push", "--porcelain", "--no-verify", *flags, remote, f"{commit}:{ref}")
    ran = git.attempt(*arguments, timeout=timeout)
    line = next((line for line in ran.out.decode("utf-8", "replace").splitlines() if f":{ref}\t" in line), None)
    if ran.code == 0:
        return Push(Answer.DONE, ran.said)
    if line is None or not line.startswith("!"):
        raise GitFailed.of(arguments, ran)
    summary = line.split("\t")[-1]
    return Push(_meaning(summary), _words(summary, ran.said))


def tip(git: Git, remote: str, ref: str, *, timeout: float = NETWORK_SECONDS) -> str | None:
    """Return the hash that a ref of a remote has now, None where the remote has no such ref.

    Raises:
        GitError: The remote could not be asked.
    """
    lines = git.text("ls-remote", remote, ref, timeout=timeout).splitlines()
    return next((line.split("\t")[0] for line in lines if line.split("\t")[1:] == [ref]), None)


def _meaning(summary: str) -> Answer:
    if "[remote failure]" in summary:
        return Answer.UNKNOWN
    return Answer.RACED if _RACED.search(summary) else Answer.REFUSED


def _words(summary: str, said: str) -> str:
    """Return why, as a person at the remote would say it: its own lines, else git's reason in brackets."""
    own = [line.removeprefix("remote:").strip() for line in said.splitlines() if line.startswith("remote:")]
    return "; ".join(filter(None, own)) or summary.strip()
