"""What becomes of a remote's answers to pushes."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from repositories import Repository

# Passes on what the remote advertises, and nothing of what it answers: the advertisement ends with a flush packet.
_CUT = """
import sys
source, sink = sys.stdin.buffer, sys.stdout.buffer
while (size := source.read(4)) != b'0000':
    sink.write(size + source.read(int(size, 16) - 4))
sink.write(size)
sink.flush()
source.read()
"""


def at_the_other_end(clone: Repository, folder: Path, command: str) -> None:
    """Let another program take what a clone pushes."""
    script = folder / "receive"
    script.write_text(f"#!/bin/sh\n{command}\n")
    script.chmod(0o755)
    clone.git("config", "remote.origin.receivepack", str(script))


def lose(clone: Repository, folder: Path, *, when: str = "true") -> None:
    """Let what is pushed arrive, and the answer get lost, when a command of the shell succeeds."""
    (folder / "cut.py").write_text(_CUT)
    cut = f'git receive-pack "$@" | {sys.executable} {folder}/cut.py'
    at_the_other_end(clone, folder, f'if {when}; then {cut}; else exec git receive-pack "$@"; fi')


def lose_at_random(clone: Repository, folder: Path, *, one_in: int) -> None:
    """Lose an answer now and then."""
    lose(clone, folder, when=f"[ $(($(od -An -N2 -tu2 /dev/urandom) % {one_in})) -eq 0 ]")
