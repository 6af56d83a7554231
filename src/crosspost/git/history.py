"""What a repository has of one file: as staged, and as its commits had it. Nothing is written, fetched or run.

Raw differences and contents by hash are as stored: no filter, text conversion or attribute applies. What else a repository's
own settings could start is `core.fsmonitor` (see `Git`), `gpg.program` by `log.showSignature`, and what a partial clone has
for its remote, from which git would fetch what is missing (git's design of partial clones, "Handling Missing Objects").
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crosspost.git.command import Git, GitError, GitTimeout

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

SECONDS = 10  # for one command
MOST_VERSIONS = 50
LONGEST, MOST_BYTES = 1_000_000, 8_000_000  # of one version, and of all
# GIT_NO_LAZY_FETCH came with git 2.45; an older one finds that no protocol is allowed.
_QUIETLY = {"GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_ALLOW_PROTOCOL": ""}
_LOG = ("-c", "log.showRoot=true", "log", "--follow", "--find-renames=20%", "--no-show-signature")
_RAW = (f"--max-count={MOST_VERSIONS}", "--format=", "--raw", "-z", "--no-abbrev")
# git-diff, "Raw output format"; a file has mode 100644 or 100755, a symbolic link another one.
_MADE = re.compile(rb":\d+ 100\d+ [0-9a-f]+ (?P<hash>[0-9a-f]+) [A-Z]\d*")
_THERE = re.compile(rb"^(?P<hash>[0-9a-f]+) blob (?P<size>\d+)$", re.MULTILINE)  # git-cat-file, "Batch output"


def versions(file: Path, environ: Mapping[str, str] | None = None) -> list[bytes]:
    """Return the contents that git has of a file, newest first; renames are followed.

    Args:
        file: Its place, symbolic links resolved.
        environ: See `Git`.

    Returns:
        Empty where git has nothing of the file, where there is no repository that this user may read, and without git.

    Raises:
        GitTimeout: The repository is too large to be asked, or its disk too slow.
    """
    git = Git(file.parent, environ)
    try:
        committed = _run(git, *_LOG, *_RAW, "--", file.name)
        staged = f":./{file.name}".encode("utf-8", "surrogateescape")
        names = [staged, *_made(committed)]
        sizes = _within_limits(_run(git, "cat-file", "--batch-check", stdin=_lines(names)))
        return list(_contents(_run(git, "cat-file", "--batch", stdin=_lines(sizes)), sizes)) if sizes else []
    except GitTimeout:
        raise
    except GitError:
        return []


def _run(git: Git, *arguments: str, stdin: bytes = b"") -> bytes:
    """Run a command for what it says before it fails, if it does: a history may end where nothing was fetched."""
    return git.attempt(*arguments, stdin=stdin, timeout=SECONDS, environ=_QUIETLY).out


def _lines(names: Iterable[bytes]) -> bytes:
    return b"".join(name + b"\n" for name in names)


def _made(raw: bytes) -> Iterator[bytes]:
    """Yield the hashes of what commits made of a file."""
    return (change["hash"] for field in raw.split(b"\0") if (change := _MADE.fullmatch(field)))


def _within_limits(told: bytes) -> dict[bytes, int]:
    """Return the sizes of contents by their hashes, newest first, as far as they are there and not too long in all."""
    sizes: dict[bytes, int] = {}
    for found in _THERE.finditer(told):
        size = int(found["size"])
        if size <= LONGEST and sum(sizes.values()) + size <= MOST_BYTES:
            sizes[found["hash"]] = size
    return sizes


def _contents(told: bytes, sizes: Mapping[bytes, int]) -> Iterator[bytes]:
    """Yield contents, each between a line about it and a line feed (git-cat-file, "Batch output")."""
    at = 0
    for made, size in sizes.items():
        head = b"%s blob %d\n" % (made, size)
        if not told.startswith(head, at):  # gone meanwhile
            return
        at += len(head)
        yield told[at : at + size]
        at += size + 1
