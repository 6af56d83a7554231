"""What a working tree is at: its branch and upstream, and whether somebody is in the middle of something."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from crosspost.errors import Problem
from crosspost.git import Git, GitError, GitFailed

if TYPE_CHECKING:
    from collections.abc import Mapping

# In the git folder while a command of the author's waits to be continued (git: wt-status.c, wt_status_get_state).
_IN_PROGRESS = {
    "MERGE_HEAD": "merge",
    "rebase-merge": "rebase",
    "rebase-apply": "rebase",
    "CHERRY_PICK_HEAD": "cherry-pick",
    "REVERT_HEAD": "revert",
    "BISECT_LOG": "bisect",
}
# CI machines check out a commit, not a branch, and say here which branch it is of.
_BRANCH_OF_CI = ("CI_COMMIT_BRANCH", "GITHUB_REF", "BITBUCKET_BRANCH", "CIRCLE_BRANCH", "BUILD_SOURCEBRANCH")
_HEADS = "refs/heads/"


@dataclass(frozen=True, slots=True)
class Upstream:
    """A branch of a remote: the remote's name and the full name of the ref there."""

    remote: str
    ref: str

    @property
    def branch(self) -> str:
        """The short name of the branch."""
        return self.ref.removeprefix(_HEADS)

    def __str__(self) -> str:
        return f"{self.branch} on {self.remote}"


@dataclass(frozen=True, slots=True)
class Checkout:
    """A working tree and its repository."""

    git: Git
    top: Path

    @classmethod
    def of(cls, folder: Path, environ: Mapping[str, str]) -> Checkout:
        """Return the working tree that a folder belongs to: of a submodule or of a linked worktree, where it is one.

        Raises:
            GitError: There is none.
        """
        git = Git(folder, environ)
        try:
            top = Path(git.text("rev-parse", "--show-toplevel"))
        except GitFailed as error:
            if "not a git repository" not in error.said:
                raise
            raise GitError(
                Problem(what=f"{folder} is in no git repository", fix='run "git init", or set writeback.git = "off"')
            ) from error
        return cls(Git(top, environ), top)

    def head(self) -> str:
        """Return the hash of the commit that is checked out.

        Raises:
            GitError: There is none yet.
        """
        ran = self.git.attempt("rev-parse", "--verify", "--quiet", "HEAD^{commit}")
        if ran.code:
            raise GitError(Problem(what=f"{self.top} has no commit yet", fix="commit your site first"))
        return ran.out.decode().strip()

    def branch(self) -> str | None:
        """Return the branch that is checked out, None where HEAD is detached."""
        ran = self.git.attempt("symbolic-ref", "--quiet", "--short", "HEAD")
        return None if ran.code else ran.out.decode("utf-8", "surrogateescape").strip()

    def in_progress(self) -> Problem | None:
        """Return what the author is in the middle of, None where nothing."""
        folder = Path(self.git.text("rev-parse", "--absolute-git-dir"))
        found = next((word for name, word in _IN_PROGRESS.items() if (folder / name).exists()), None)
        if found is None:
            return None
        return Problem(what=f"a {found} is in progress in {self.top}", fix="finish it, or give it up, and run again")

    def upstream(self) -> Upstream:
        """Return the branch of a remote that belongs to what is checked out.

        Raises:
            GitError: None does, or which one is not known.
        """
        branch = self.branch()
        return self._of_ci() if branch is None else self._of_branch(branch)

    def _of_branch(self, branch: str) -> Upstream:
        remote, ref = (self._setting(f"branch.{branch}.{key}") for key in ("remote", "merge"))
        if not remote or not ref or remote == ".":
            fix = f"git push --set-upstream {self._remote() or 'origin'} {branch}"
            raise GitError(Problem(what=f"the branch {branch} has no upstream", fix=fix))
        return Upstream(remote, ref)

    def _of_ci(self) -> Upstream:
        said = (self.git.variables().get(name, "") for name in _BRANCH_OF_CI)
        named = next(
            (name for name in said if name and (name.startswith(_HEADS) or not name.startswith("refs/"))), None
        )
        remote = self._remote()
        if not named or not remote:
            raise GitError(
                Problem(what="no branch is checked out, and nothing says which one to push to", fix="git switch BRANCH")
            )
        return Upstream(remote, _HEADS + named.removeprefix(_HEADS))

    def _remote(self) -> str | None:
        remotes = self.git.text("remote").split("\n")
        return "origin" if "origin" in remotes else remotes[0] or None

    def _setting(self, key: str) -> str:
        return self.git.attempt("config", "--get", key).out.decode("utf-8", "surrogateescape").strip()

    def signs(self) -> bool:
        """Tell whether commits are signed here."""
        return self.git.attempt("config", "--type=bool", "--get", "commit.gpgSign").out.strip() == b"true"

    def is_ancestor(self, older: str, newer: str) -> bool:
        """Tell whether `newer` has everything that `older` has."""
        return self.git.attempt("merge-base", "--is-ancestor", older, newer).code == 0
