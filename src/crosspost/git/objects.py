"""Make blobs, trees and commits in a repository's object store. Nobody's index, working tree or branch is touched."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from crosspost.git.command import Git

FILE_MODE = "100644"
_NAME, _EMAIL = "crosspost", "crosspost@localhost"  # where the repository's owner has set none, as on a CI machine


@dataclass(frozen=True, slots=True)
class Blob:
    """One file in a tree or index: its mode in octal digits, and the hash of its content."""

    mode: str
    hash: str


def blobs(git: Git, commit: str, paths: Iterable[str]) -> dict[str, Blob]:
    """Return the files of a commit among `paths`, given from the top of the tree on; what it does not have is left out.

    Raises:
        GitError: There is no such commit.
    """
    wanted = list(paths)
    if not wanted:
        return {}
    out = git.run("ls-tree", "-z", "--full-tree", commit, "--", *wanted)
    entries = [line.partition("\t") for line in out.decode("utf-8", "surrogateescape").split("\0") if line]
    found = {path: head.split(" ") for head, _, path in entries}
    return {path: Blob(mode, object_hash) for path, (mode, kind, object_hash) in found.items() if kind == "blob"}


def read(git: Git, blob: Blob) -> bytes:
    """Return the content of a file, as it is in the object store: no filter, no line end is changed."""
    return git.run("cat-file", "blob", blob.hash)


def write(git: Git, content: bytes) -> str:
    """Put content into the object store, as it stands, and return its hash."""
    return git.run("hash-object", "-w", "--stdin", "--no-filters", stdin=content).decode().strip()


def tree(git: Git, base: str | None, changes: Mapping[str, Blob | None]) -> str:
    """Return the hash of a tree.

    Args:
        git: The repository.
        base: A commit or tree to start from; None for the empty tree.
        changes: Path from the top on, to a file, or to None for a file that goes.
    """
    lines = (
        f"{blob.mode if blob else 0} {blob.hash if blob else '0' * 40}\t{path}\0" for path, blob in changes.items()
    )
    with tempfile.TemporaryDirectory(prefix="crosspost-") as folder:
        index = {"GIT_INDEX_FILE": str(Path(folder, "index"))}
        git.run("read-tree", base or "--empty", environ=index)
        git.run(
            "update-index", "-z", "--index-info", stdin="".join(lines).encode("utf-8", "surrogateescape"), environ=index
        )
        # A partial clone need not have the other files.
        return git.text("write-tree", "--missing-ok", environ=index)


def commit(git: Git, tree_hash: str, parents: Sequence[str], message: str, *, sign: bool = False) -> str:
    """Make a commit and return its hash. Its author is the repository's owner, else crosspost.

    Raises:
        GitError: For example where it could not be signed.
    """
    options = [part for parent in parents for part in ("-p", parent)] + (["-S"] if sign else [])
    return (
        git.run("commit-tree", tree_hash, *options, "-F", "-", stdin=message.encode(), environ=identity(git))
        .decode()
        .strip()
    )


def identity(git: Git) -> dict[str, str]:
    """Return environment variables that name an author and committer where the user has named none.

    git itself would guess from the machine's name, or refuse.
    """
    known, configured = git.variables(), _configured(git)
    found = {}
    for role in ("AUTHOR", "COMMITTER"):
        for what, default in (("NAME", _NAME), ("EMAIL", _EMAIL)):
            variables = {f"GIT_{role}_{what}"} | ({"EMAIL"} if what == "EMAIL" else set())
            keys = {f"{role}.{what}".lower(), f"user.{what}".lower()}
            if not (keys & configured or any(known.get(name) for name in variables)):
                found[f"GIT_{role}_{what}"] = default
    return found


def _configured(git: Git) -> set[str]:
    """Return the keys of names and addresses that the user has set to something (git-config, `--get-regexp`)."""
    out = git.attempt("config", "-z", "--get-regexp", r"^(user|author|committer)\.(name|email)$").out.decode()
    return {key for key, _, value in (line.partition("\n") for line in out.split("\0")) if value.strip()}
