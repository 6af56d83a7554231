"""The ref of a remote in memory, with answers that get lost, and pushes that arrive late.

It stands in for `crosspost.ledger.git_ref.RemoteRef` where thousands of pushes are needed; the contract runs over the real
one, and so does the state machine, more briefly.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from crosspost.git.push import Answer, Push
from crosspost.ledger.git import GitLedger

FATES = ("arrives, answer lost", "arrives late", "lost")


@dataclass
class Origin:
    """The remote: commits, the one that its ref is at, and what becomes of the next push."""

    commits: dict = field(default_factory=dict)  # name: (parent, {path: hash})
    blobs: dict = field(default_factory=dict)
    tip: str | None = None
    fate: str = ""
    late: str | None = None

    def take(self, commit):
        """Move on to a commit as git does: only from its parent."""
        if self.commits[commit][0] == self.tip:
            self.tip = commit
        return self.tip == commit


class OriginRef:
    """What one clone sees of the remote."""

    remote, copy = "origin", "refs/crosspost/origin/ledger"

    def __init__(self, origin):
        self.origin = origin

    def tip(self):
        found, late = self.origin.tip, self.origin.late
        self.origin.late = None
        if late:
            self.origin.take(late)  # after somebody has looked in vain
        return found

    def contains(self, commit, earlier):
        while commit not in {None, earlier}:
            commit = self.origin.commits[commit][0]
        return commit == earlier

    def files(self, commit):
        return dict(self.origin.commits[commit][1])

    def read(self, hashes):
        return [self.origin.blobs[each] for each in hashes]

    def commit(self, parent, files, message):
        hashes = {path: hashlib.sha256(data).hexdigest() for path, data in files.items()}
        self.origin.blobs |= {hashes[path]: data for path, data in files.items()}
        before = self.files(parent) if parent else {}
        name = hashlib.sha256(f"{parent}{sorted(hashes.items())}{message}".encode()).hexdigest()
        self.origin.commits[name] = (parent, before | hashes)
        return name, hashes

    def push(self, commit):
        fate, self.origin.fate = self.origin.fate, ""
        if fate == "arrives late":
            self.origin.late = commit
        elif fate != "lost":
            taken = self.take(commit)
            if not fate:
                return Push(Answer.DONE if taken else Answer.RACED, "")
        return Push(Answer.UNKNOWN, "the remote end hung up unexpectedly")

    def take(self, commit):
        return self.origin.take(commit)


class ForcingRef(OriginRef):
    """The mistake of a push with `--force`."""

    def take(self, commit):
        self.origin.tip = commit
        return True


def ledger_at(ref, *, made=GitLedger, **options):
    """Return a ledger whose remote is `ref`."""
    ledger = made("origin", Path(), **options)
    ledger._ref = ref
    return ledger
