"""A commit on the branch that is checked out, with crosspost's edit and nothing of the author's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crosspost.errors import Problem, WriteBackRefused
from crosspost.git import GitError, GitFailed, objects
from crosspost.git.objects import Blob
from crosspost.jekyll.repository.changes import Changes, changes, edited
from crosspost.jekyll.repository.message import message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crosspost.jekyll.repository.changes import Edit
    from crosspost.jekyll.repository.checkout import Checkout
    from crosspost.ports import Clock

_ATTEMPTS = 5
_PAUSE = 0.3  # seconds; an editor that sees the file change asks git for its status at once, which holds the index


def commit_here(checkout: Checkout, urls: Mapping[str, str], edit: Edit, clock: Clock) -> tuple[str | None, Changes]:
    """Commit the addresses, path to URL, on top of HEAD. Return the commit, None where HEAD has them all, and the changes.

    First the index learns them, then the branch: whatever ends between the two leaves them staged, never unstaged.

    Raises:
        GitError: Nothing was committed.
    """
    for _ in range(_ATTEMPTS):
        head = checkout.head()
        lacking = changes(checkout.git, head, urls, edit)
        if not lacking.blobs:
            return None, lacking
        made = make(checkout, head, [head], lacking, urls)
        _stage(checkout, urls, lacking, edit, clock)
        if move_head(checkout, head, made):
            return made, lacking
    raise GitError(Problem(what="the branch moved each time a commit was to be made", fix="run again"))


def make(checkout: Checkout, base: str, parents: list[str], lacking: Changes, urls: Mapping[str, str]) -> str:
    """Make a commit of `base` with what it lacks; no branch gets it yet."""
    tree = objects.tree(checkout.git, base, lacking.blobs)
    told = message({path: urls[path] for path in lacking.blobs})
    return objects.commit(checkout.git, tree, parents, told, sign=checkout.signs())


def move_head(checkout: Checkout, before: str, after: str) -> bool:
    """Move the branch that is checked out, if it still is where it was."""
    return checkout.git.attempt("update-ref", "-m", "crosspost: write back", "HEAD", after, before).code == 0


def _stage(checkout: Checkout, urls: Mapping[str, str], lacking: Changes, edit: Edit, clock: Clock) -> None:
    """Put the addresses into the index: into the version that is staged, which may be another one than HEAD's."""
    lines: list[str] = []
    for path, staged in _staged(checkout, lacking).items():
        try:
            new = edited(checkout.git, staged, urls[path], edit)
        except WriteBackRefused:
            continue  # what the author has staged there has another word on it, and it is theirs
        if new:
            lines.append(f"{new.mode} {new.hash}\t{path}\0")
    if lines:
        while_unlocked(checkout, clock, "update-index", "-z", "--index-info", stdin="".join(lines).encode())


def _staged(checkout: Checkout, lacking: Changes) -> dict[str, Blob]:
    """Return what the index has of the files; a file in conflict, or taken out of the index, is left as it is."""
    out = checkout.git.run("ls-files", "-z", "--stage", "--", *lacking.blobs).decode("utf-8", "surrogateescape")
    found: dict[str, Blob] = {}
    for line in filter(None, out.split("\0")):
        head, _, path = line.partition("\t")
        mode, object_hash, stage = head.split(" ")
        if stage == "0":
            found[path] = Blob(mode, object_hash)
    return found


def while_unlocked(checkout: Checkout, clock: Clock, *arguments: str, stdin: bytes = b"") -> None:
    """Run a command that writes the index, again after a moment where another git command has it.

    Raises:
        GitError: It stayed locked, or the command failed otherwise.
    """
    for left in reversed(range(_ATTEMPTS)):
        try:
            checkout.git.run(*arguments, stdin=stdin)
        except GitFailed as error:
            if not left or not re.search(r"index\.lock.*File exists", error.said):
                raise
            clock.sleep(_PAUSE)
        else:
            return
