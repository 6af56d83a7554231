"""The edit, made again in whatever version of a file is to be committed.

A merge of texts could conflict where the author changed the line beside; an edit that knows what it wants cannot.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from crosspost.errors import Problem, WriteBackRefused
from crosspost.git.objects import Blob, blobs, read, write

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crosspost.git import Git

Edit = Callable[[bytes, str], bytes]  # content and URL to the content with the URL


@dataclass(frozen=True, slots=True)
class Changes:
    """What a commit lacks.

    Attributes:
        blobs: Path to the file with its address; only files that have it not.
        absent: Paths that the commit does not have.
        refused: Path to why that version of it cannot take the address.
    """

    blobs: dict[str, Blob] = field(default_factory=dict)
    absent: set[str] = field(default_factory=set)
    refused: dict[str, Problem] = field(default_factory=dict)


def changes(git: Git, commit: str, urls: Mapping[str, str], edit: Edit) -> Changes:
    """Return what it takes for `commit` to have the addresses `urls`, path to URL. The new files are in the object store.

    Raises:
        GitError: The repository cannot be read or written.
    """
    found = blobs(git, commit, urls)
    result = Changes(absent=set(urls) - set(found))
    for path, blob in found.items():
        try:
            if new := edited(git, blob, urls[path], edit):
                result.blobs[path] = new
        except WriteBackRefused as error:
            result.refused[path] = error.problem
    return result


def edited(git: Git, blob: Blob, url: str, edit: Edit) -> Blob | None:
    """Return the file with the address in it; None where it has it already.

    Raises:
        WriteBackRefused: This version of it cannot take it.
    """
    before = read(git, blob)
    after = edit(before, url)
    return None if after == before else Blob(blob.mode, write(git, after))
