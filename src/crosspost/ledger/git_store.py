"""How a ledger in git takes a step: decide in memory, commit, push; where somebody was faster, decide again from scratch."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from crosspost.git.push import Answer
from crosspost.ledger.content import Content
from crosspost.ledger.git_files import MARK, changed_files, check_mark, mark, read_file
from crosspost.ledger.git_message import message
from crosspost.ledger.git_problems import crowded, refused, told, unanswered
from crosspost.ledger.memory import MemoryLedger
from crosspost.ledger.problems import NOTHING_SENT, while_linkedin_has

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from crosspost.ledger.git_ref import RemoteRef

Result = TypeVar("Result")

# Of those who push at once one gets through, so this many lost races in a row mean that something is wrong.
_RACES = 200
# Pushes without an answer of which the remote then knows nothing.
_FAILURES = 3


@dataclass(frozen=True, slots=True)
class _Known:
    """What is on the remote, or would be.

    Attributes:
        tip: The commit, None where there is no ledger yet.
        hashes: Of its files, by path.
        content: What they say. Never changed: steps are decided on copies.
    """

    tip: str | None
    hashes: Mapping[str, str]
    content: Content


class GitStore:
    """The ledger's content, on the ref of a remote.

    Args:
        ref: The ref.
        alive: Tells whether an owner may still be at work.
        new_token: Makes unique names, of claims and of commits.
    """

    def __init__(self, ref: RemoteRef, *, alive: Callable[[str], bool], new_token: Callable[[], str]) -> None:
        self._ref = ref
        self._alive = alive
        self._new_token = new_token
        self._lock = threading.RLock()
        self._known: _Known | None = None
        self._waiting: list[Callable[[MemoryLedger], object]] = []

    def _read(self, ask: Callable[[MemoryLedger], Result]) -> Result:
        """Answer a question from what the remote has now."""
        with self._lock, while_linkedin_has(NOTHING_SENT), told(self._ref):
            return ask(self._book(self._look().content.copy()))

    def _recall(self, ask: Callable[[MemoryLedger], Result]) -> Result:
        """Answer a question from what this object knows; for what may be out of date at no more cost than work done again."""
        with self._lock, while_linkedin_has(NOTHING_SENT), told(self._ref):
            return ask(self._book((self._known or self._look()).content.copy()))

    def _write_later(self, change: Callable[[MemoryLedger], object]) -> None:
        """Make a change with the next step, in its push. Here it counts at once; where no step follows, it is forgotten."""
        with self._lock:
            self._waiting.append(change)

    def _write(self, decide: Callable[[MemoryLedger], Result], linkedin_has: str = NOTHING_SENT) -> Result:
        """Take a step; return when the remote has it.

        A step that changes something needs no look before it: if the remote has moved on, it refuses the push. A step
        that changes nothing is decided on what the remote has now, since nothing else would find it out of date.

        Args:
            decide: The step. Called for each decision anew, each time on content of its own.
            linkedin_has: What LinkedIn has if this fails, for the message.

        Raises:
            LedgerError: The remote cannot be used. Whether it has the step, only a later look can tell.
        """
        with self._lock, while_linkedin_has(linkedin_has), told(self._ref):
            fresh = self._known is None
            known = self._known or self._look()
            pushed: dict[str, Result] = {}
            failures: list[str] = []
            for _ in range(_RACES):
                result, after = self._decide(known, decide)
                if after is known and fresh:
                    return result
                if after is not known:
                    pushed[str(after.tip)] = result
                    if self._is_taken(after, failures):
                        return result
                known, fresh = self._look(), True
                # One whose answer was lost may have arrived, and perhaps only after an earlier look.
                for commit, its_result in pushed.items():
                    if known.tip and self._ref.contains(known.tip, commit):
                        self._waiting.clear()
                        return its_result
                if len(failures) == _FAILURES:
                    raise unanswered(self._ref, failures[-1])
            raise crowded(self._ref, _RACES)

    def _is_taken(self, after: _Known, failures: list[str]) -> bool:
        """Push a commit; tell whether the remote said that it took it. A push without an answer is added to `failures`."""
        push = self._ref.push(str(after.tip))
        if push.answer is Answer.REFUSED:
            raise refused(self._ref, push.said)
        if push.answer is Answer.UNKNOWN:
            failures.append(push.said)
        if push.answer is Answer.DONE:
            self._known = after
            self._waiting.clear()
        return push.answer is Answer.DONE

    def _decide(self, known: _Known, decide: Callable[[MemoryLedger], Result]) -> tuple[Result, _Known]:
        """Return what a step gives and what would be on the remote after it, `known` itself where nothing changes."""
        content = known.content.copy()
        result = decide(self._book(content))
        files = changed_files(known.content, content)
        if not files:
            return result, known
        if known.tip is None:
            files[MARK] = mark()
        words = message(known.content, content, self._new_token())
        commit, hashes = self._ref.commit(known.tip, files, words)
        return result, _Known(commit, {**known.hashes, **hashes}, content)

    def _look(self) -> _Known:
        """Return what the remote has now; only what has changed since the last look is read."""
        tip = self._ref.tip()
        if self._known is None or self._known.tip != tip:
            self._known = self._load(tip)
        return self._known

    def _load(self, tip: str | None) -> _Known:
        if tip is None:
            return _Known(None, {}, Content())
        hashes, last = self._ref.files(tip), self._known
        if last is None or not last.hashes.keys() <= hashes.keys():
            last = _Known(None, {}, Content())
        changed = [path for path, each in hashes.items() if last.hashes.get(path) != each]
        files = dict(zip(changed, self._ref.read([hashes[path] for path in changed]), strict=True))
        if MARK in files or MARK not in hashes:
            check_mark(files.pop(MARK, None))
        content = last.content.copy()
        for path, data in files.items():
            read_file(content, path, data)
        return _Known(tip, hashes, content)

    def _book(self, content: Content) -> MemoryLedger:
        book = MemoryLedger(alive=self._alive, new_token=self._new_token, content=content)
        for change in self._waiting:
            change(book)
        return book
