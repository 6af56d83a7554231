"""The ref of a remote that holds the ledger, seen from one clone.

The remote moves its ref only from the commit that the pushed one was made on (fast-forward, checked under the ref's lock:
git-push, git-receive-pack), so a push is a compare-and-swap. Nothing here forces.

Of the clone only the object store grows, and one ref of crosspost's own: no file, index, HEAD, branch, tag, FETCH_HEAD
or setting changes. That ref remembers what the remote had, so that the next look fetches little, and so that a ledger
which was deleted or rewound on the remote is not taken for a new one.
"""

from __future__ import annotations

import hashlib
import re
from functools import cached_property
from typing import TYPE_CHECKING

from crosspost.git import Git, GitError, objects
from crosspost.git.command import NETWORK_SECONDS, GitFailed, without_credentials
from crosspost.git.push import Answer, Push, push, tip

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

REF = "refs/crosspost/ledger"
_PLAIN_NAME = re.compile(r"(?!.*(\.\.|\.lock$|\.$))[A-Za-z0-9_-][A-Za-z0-9._-]*")  # git-check-ref-format
_TRIES = 5

# Whatever the user has set for fetches of their own: no tags, nothing pruned, no configured refs, and in a partial clone
# every file, since each one missing would be a request of its own.
_FETCH = (
    *("fetch", "--quiet", "--no-tags", "--no-prune", "--no-write-fetch-head", "--no-recurse-submodules"),
    *("--no-write-commit-graph", "--no-filter", "--refmap="),
)
# Of what is fetched alone. Infinite depth would fetch the past of the author's branches too (git-fetch, "--unshallow").
_WHOLE_PAST = "--depth=1000000"


class Rewritten(Exception):
    """The remote's ledger does not go on from what this clone has seen.

    Attributes:
        seen: The commit that this clone knows.
        found: What the remote has now, None where the ref is gone.
    """

    def __init__(self, seen: str, found: str | None) -> None:
        super().__init__(f"{seen} is not behind {found}")
        self.seen = seen
        self.found = found


class RemoteRef:
    """`refs/crosspost/ledger` of a remote.

    Args:
        remote: Name of a remote, or an address.
        folder: Any folder of the clone.
    """

    def __init__(self, remote: str, folder: Path) -> None:
        self.remote = remote
        self._folder = folder
        self._seen: str | None = None

    @property
    def copy(self) -> str:
        """The clone's own ref: what it knows of the remote's."""
        shown = without_credentials(self.remote)
        name = shown if _PLAIN_NAME.fullmatch(shown) else hashlib.sha256(shown.encode()).hexdigest()[:12]
        return f"refs/crosspost/{name}/ledger"

    def tip(self) -> str | None:
        """Return the commit that the remote has now, with all that belongs to it here; None where it has no ledger.

        Raises:
            GitError: The remote could not be asked.
            Rewritten: It does not go on from what this clone has seen.
        """
        seen = self._seen or self._remembered()
        for last in (False,) * _TRIES + (True,):
            found = tip(self._git, self.remote, REF)
            if found == seen:
                break
            if found is None:
                raise Rewritten(str(seen), None)
            # The ref may move on meanwhile; then a shallow clone has not got what was looked for.
            if self._fetch(seen, last=last) and self.has(found):
                break
        if seen and found != seen and not self._goes_on(str(found), seen):
            raise Rewritten(seen, found)
        self._remember(found)
        return found

    def has(self, commit: str) -> bool:
        """Tell whether a commit is in the clone."""
        return self._git.attempt("rev-parse", "--quiet", "--verify", f"{commit}^{{commit}}").code == 0

    def contains(self, commit: str, earlier: str) -> bool:
        """Tell whether one commit is another, or goes on from it."""
        return commit == earlier or self._git.attempt("merge-base", "--is-ancestor", earlier, commit).code == 0

    def _goes_on(self, commit: str, earlier: str) -> bool:
        """Tell what `contains` does, once what a shallow clone may lack of the past is there.

        A first look of another process in the clone cuts it off: the depth of a fetch holds for the whole clone.
        """
        for _ in range(_TRIES):
            if self.contains(commit, earlier):
                return True
            if not self._is_shallow:
                return False
            self._git.attempt(*_FETCH, _WHOLE_PAST, self.remote, REF, timeout=NETWORK_SECONDS)
        return self.contains(commit, earlier)

    def files(self, commit: str) -> dict[str, str]:
        """Return the path of every file of a commit, with the hash of its content."""
        listed = self._git.run("ls-tree", "-r", "-z", "--full-tree", commit).decode("utf-8", "surrogateescape")
        lines = (line.partition("\t") for line in listed.split("\0") if line)
        return {path: head.split(" ")[2] for head, _, path in lines}

    def read(self, hashes: Sequence[str]) -> list[bytes]:
        """Return the content of files, in order.

        Raises:
            GitError: The clone lacks one.
        """
        if not hashes:
            return []
        out = self._git.run("cat-file", "--batch", stdin="".join(f"{each}\n" for each in hashes).encode())
        contents, at = [], 0
        for each in hashes:
            head_end = out.index(b"\n", at)
            head = out[at:head_end].decode().split(" ")
            if head[1] != "blob":
                raise GitFailed.of(("cat-file",), self._git.attempt("cat-file", "blob", each))
            at = head_end + 1 + int(head[2])
            contents.append(out[head_end + 1 : at])
            at += 1
        return contents

    def commit(self, parent: str | None, files: Mapping[str, bytes], message: str) -> tuple[str, dict[str, str]]:
        """Make a commit that differs from its parent in some files. Nobody sees it before it is pushed.

        Returns:
            Its hash, and the hash of each file's content.
        """
        hashes = {path: objects.write(self._git, data) for path, data in files.items()}
        changes = {path: objects.Blob(objects.FILE_MODE, each) for path, each in hashes.items()}
        tree = objects.tree(self._git, parent, changes)
        return objects.commit(self._git, tree, [parent] if parent else [], message), hashes

    def push(self, commit: str) -> Push:
        """Ask the remote to move on to a commit. Without an answer nobody knows whether it has: look.

        Raises:
            Rewritten: The remote took it, and what is read from the remote is something else.
        """
        try:
            answer = push(self._git, self.remote, commit, REF)
            if answer.answer is Answer.DONE:
                self._confirm(commit)
        except GitError as error:
            return Push(Answer.UNKNOWN, error.problem.what)
        if answer.answer is Answer.DONE:
            self._remember(commit)
        return answer

    @cached_property
    def _git(self) -> Git:
        """The git command, told once who commits."""
        git = Git(self._folder)
        return Git(self._folder, git.variables() | objects.identity(git))

    @cached_property
    def _reads_where_it_writes(self) -> bool:
        """Whether the remote is fetched from where it is pushed to; `pushurl` may say otherwise (git-remote, set-url)."""
        if self._git.attempt("remote", "get-url", self.remote).code:
            return True  # an address
        fetched, pushed = (
            self._git.text("remote", "get-url", "--all", *side, self.remote) for side in ((), ("--push",))
        )
        return fetched == pushed

    def _confirm(self, commit: str) -> None:
        """Where the addresses differ, see that what was pushed can be read: else nobody would learn of it."""
        if self._reads_where_it_writes or tip(self._git, self.remote, REF) == commit:
            return
        found = self.tip()
        if found is None or not self.contains(found, commit):
            raise Rewritten(commit, found)

    def _fetch(self, seen: str | None, *, last: bool) -> bool:
        # What a shallow clone has not seen before needs no past; a full clone must not become a shallow one.
        depth = ["--depth=1"] if seen is None and self._is_shallow else []
        ran = self._git.attempt(*_FETCH, *depth, self.remote, REF, timeout=NETWORK_SECONDS)
        if ran.code and last:
            raise GitFailed.of(("fetch",), ran)
        return ran.code == 0  # else somebody else's fetch in this clone held a lock, perhaps: look again

    @property
    def _is_shallow(self) -> bool:
        return self._git.text("rev-parse", "--is-shallow-repository") == "true"

    def _remembered(self) -> str | None:
        ran = self._git.attempt("rev-parse", "--quiet", "--verify", f"{self.copy}^{{commit}}")
        if ran.code > 1:
            raise GitFailed.of(("rev-parse",), ran)
        return ran.out.decode().strip() or None

    def _remember(self, commit: str | None) -> None:
        if commit is None or commit == self._seen:
            return
        self._seen = commit
        self._git.attempt("update-ref", self.copy, commit)  # a lock of another process's is no obstacle
