"""Whether somebody has a file open for writing, where the system can tell."""

from __future__ import annotations

import signal
import sys

if sys.platform == "linux":
    import fcntl


def is_being_written(descriptor: int) -> bool:
    """Tell whether another open file of this or another process could write what `descriptor` reads; False if unknown.

    Linux grants a read lease only on a file that nobody has open for writing (fcntl(2), "Leases"). Other systems, most
    network drives, and files of other users have no leases: there only the comparison of the bytes protects.
    """
    if sys.platform != "linux":
        return False
    try:
        # Whoever opens it for writing meanwhile breaks the lease; the default signal for that would end this process.
        fcntl.fcntl(descriptor, fcntl.F_SETSIG, signal.SIGURG)
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_RDLCK)
    except BlockingIOError:
        return True
    except OSError:
        return False
    fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    return False
