"""What can keep a ledger in git from being used, in the words that a person needs."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from crosspost.errors import LedgerError, Problem
from crosspost.git import GitError
from crosspost.git.command import without_credentials
from crosspost.ledger.git_files import VERSION, DamagedLedger, NewerLedger, NotALedger
from crosspost.ledger.git_ref import REF, RemoteRef, Rewritten

if TYPE_CHECKING:
    from collections.abc import Iterator

_UPGRADE = "upgrade crosspost, then run it again"
_ELSEWHERE = f"keep {REF} for crosspost alone, or set [ledger] url to another repository"
_PERMISSION = f"let this job write to {REF}: a token with write access (on GitHub 'permissions: contents: write'), no rule against it"
_REACH = "see whether 'git ls-remote' and 'git push' work here by hand, then run crosspost again"


@contextmanager
def told(ref: RemoteRef) -> Iterator[None]:
    """Turn what git and the files say into LedgerError.

    Raises:
        LedgerError: For everything that a person can mend.
    """
    where = f"the ledger at {without_credentials(ref.remote)}"
    try:
        yield
    except GitError as error:
        what = f"{where} cannot be used: {error.problem.what}"
        raise _error(what, _REACH, error.problem.detail) from error
    except NotALedger as error:
        what = f"{REF} at {without_credentials(ref.remote)} is not a ledger of crosspost; it was left untouched"
        raise _error(what, _ELSEWHERE, str(error)) from error
    except NewerLedger as error:
        what = f"{where} was made by a newer crosspost (version {error.version} of its files; this one knows {VERSION})"
        raise _error(what, _UPGRADE) from error
    except DamagedLedger as error:
        raise _error(f"{where} is damaged: {error}", _restore(ref)) from error
    except Rewritten as error:
        raise _rewritten(where, ref, error) from error


def refused(ref: RemoteRef, said: str) -> LedgerError:
    """Return the error of a remote that will not have the ledger."""
    what = f"{without_credentials(ref.remote)} refuses the ledger: {said}"
    return _error(what, _PERMISSION)


def unanswered(ref: RemoteRef, said: str) -> LedgerError:
    """Return the error of a remote that can be read, and on which no push arrives."""
    what = f"the ledger at {without_credentials(ref.remote)} can be read and not written: {said}"
    return _error(what, _PERMISSION)


def crowded(ref: RemoteRef, tries: int) -> LedgerError:
    """Return the error of a step that lost every race."""
    what = f"the ledger at {without_credentials(ref.remote)} was changed by others {tries} times in a row"
    return _error(what, "let fewer crosspost runs share it at once, then run crosspost again")


def _rewritten(where: str, ref: RemoteRef, error: Rewritten) -> LedgerError:
    if error.found is None:
        what = f"{where} is gone; this clone has seen it at {error.seen[:12]}"
        fix = f"put it back: git push {_name(ref)} {error.seen}:{REF}"
    else:
        what = (
            f"{where} was replaced: {error.found[:12]} does not go on from {error.seen[:12]}, which this clone has seen"
        )
        fix = "compare the two with 'git log', and put back what is missing: without it posts could go out twice"
    return _error(what, f"{fix}; if this is meant: git update-ref -d {ref.copy}")


def _restore(ref: RemoteRef) -> str:
    """Return how to go on from an earlier commit without losing the later ones."""
    commit = f'$(git commit-tree GOOD^{{tree}} -p {ref.copy} -m "restore")'
    return (
        f"find the last good commit in 'git log -p {ref.copy}' and put its files back: "
        f"git push {_name(ref)} {commit}:{REF}; do not delete the ref: without it posts could go out twice"
    )


def _name(ref: RemoteRef) -> str:
    return without_credentials(ref.remote)


def _error(what: str, fix: str, detail: str | None = None) -> LedgerError:
    return LedgerError(Problem(what=what, fix=fix, detail=detail))
