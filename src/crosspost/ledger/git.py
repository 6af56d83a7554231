"""The ledger in a git repository, for machines that are thrown away: on a ref of its own, which the remote guards.

The state machine is that of `MemoryLedger`; here each step is decided on a copy of what the remote has and counts once the
remote has taken the commit. See `git_store` for how, `git_files` for what the commit holds.
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from crosspost.ledger.git_ref import RemoteRef
from crosspost.ledger.git_store import GitStore
from crosspost.ledger.memory import MemoryLedger
from crosspost.ledger.problems import GONE, MAYBE, NOTHING_OF_IT, NOTHING_SENT, REWRITTEN, THERE, UNCHANGED, received
from crosspost.ledger.tokens import new_token

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from crosspost.model import Claim, Receipt, Upload

P = ParamSpec("P")
Result = TypeVar("Result")


def _asks(method: Callable[Concatenate[MemoryLedger, P], Result]) -> Callable[Concatenate[GitStore, P], Result]:
    """Return a question to what the remote has now."""

    @wraps(method)
    def ask(self: GitStore, /, *args: P.args, **options: P.kwargs) -> Result:
        return self._read(lambda book: method(book, *args, **options))

    return ask


def _takes(
    method: Callable[Concatenate[MemoryLedger, P], Result], linkedin_has: str = NOTHING_SENT
) -> Callable[Concatenate[GitStore, P], Result]:
    """Return a step that counts once the remote has it; `linkedin_has` what LinkedIn has if that fails."""

    @wraps(method)
    def take(self: GitStore, /, *args: P.args, **options: P.kwargs) -> Result:
        return self._write(lambda book: method(book, *args, **options), linkedin_has)

    return take


class GitLedger(GitStore):
    """`ports.Ledger` on `refs/crosspost/ledger` of a remote.

    Threads may share an object: a lock lets one call in at a time. Processes may share a clone.

    Args:
        remote: Name of a remote of the clone, or an address.
        folder: Any folder of the clone.
        alive: Tells whether an owner may still be at work. Host names of throw-away machines repeat, so that the lease
            alone should tell: see `open_ledger`.
        new_token: Makes unique names, of claims and of commits.
    """

    def __init__(
        self, remote: str, folder: Path, *, alive: Callable[[str], bool], new_token: Callable[[], str] = new_token
    ) -> None:
        super().__init__(RemoteRef(remote, folder), alive=alive, new_token=new_token)

    get = _asks(MemoryLedger.get)
    entries = _asks(MemoryLedger.entries)
    arrived = _asks(MemoryLedger.arrived)
    history = _asks(MemoryLedger.history)
    recorded_baseline = _asks(MemoryLedger.recorded_baseline)
    spent = _asks(MemoryLedger.spent)
    notes = _asks(MemoryLedger.notes)
    dump = _asks(MemoryLedger.dump)

    baseline = _takes(MemoryLedger.baseline)
    claim = _takes(MemoryLedger.claim)
    mark_sending = _takes(MemoryLedger.mark_sending)
    fail = _takes(MemoryLedger.fail, NOTHING_OF_IT)
    doubt = _takes(MemoryLedger.doubt, MAYBE)
    release = _takes(MemoryLedger.release)
    sweep = _takes(MemoryLedger.sweep)
    mark_written_back = _takes(MemoryLedger.mark_written_back, THERE)
    resolve = _takes(MemoryLedger.resolve, UNCHANGED)
    mark_retry = _takes(MemoryLedger.mark_retry, MAYBE)
    amend = _takes(MemoryLedger.amend, REWRITTEN)
    withdraw = _takes(MemoryLedger.withdraw, GONE)
    reopen = _takes(MemoryLedger.reopen, UNCHANGED)
    spend = _takes(MemoryLedger.spend)
    note = _takes(MemoryLedger.note)
    load = _takes(MemoryLedger.load)

    def settle(self, claim: Claim, receipt: Receipt, now: datetime) -> bool:
        """See `ports.Ledger.settle`."""
        return self._write(lambda book: book.settle(claim, receipt, now), received(receipt))

    def upload(self, payer: str, digest: str) -> Upload | None:
        """See `ports.Ledger.upload`."""
        return self._recall(lambda book: book.upload(payer, digest))

    def record_upload(self, upload: Upload) -> None:
        """See `ports.Ledger.record_upload`. It needs no push of its own: an upload that is forgotten is made again."""
        self._write_later(lambda book: book.record_upload(upload))

    def close(self) -> None:
        """Forget what the remote had. A later call asks it again."""
        with self._lock:
            self._known = None
            self._waiting.clear()
