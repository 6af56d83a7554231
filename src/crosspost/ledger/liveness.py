"""Who holds a claim, and whether that process still lives.

An optimisation only: what is not known for certain counts as alive, and the lease decides. No promise rests on it.
"""

from __future__ import annotations

import os
import socket
import sys


def owner() -> str:
    """Return the name of this process in the ledger: `host/pid`."""
    return f"{socket.gethostname()}/{os.getpid()}"


def alive(owner: str) -> bool:
    """Tell whether `owner` may still be at work; False only for a process of this machine that is gone.

    >>> alive("another-machine/1"), alive("written by hand")
    (True, True)
    """
    host, _, pid = owner.rpartition("/")
    if host != socket.gethostname() or not (pid.isascii() and pid.isdigit()) or int(pid) < 1:
        return True
    return _process_exists(int(pid))


def by_lease_alone(_owner: str) -> bool:
    """Take every owner for alive, so that nothing but the end of its lease says otherwise."""
    return True


def _process_exists(pid: int) -> bool:
    if sys.platform == "win32":
        return True  # os.kill(pid, 0) would send CTRL_C_EVENT there (Python documentation, os.kill)
    try:
        os.kill(pid, 0)  # signal 0 checks and sends nothing (POSIX, kill)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True  # it belongs to somebody else, or the number is none that this system could have given
    return True
