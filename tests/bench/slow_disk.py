"""A disk that takes 2 ms for a flush, as a network's or a spinning one with a cache does: fsync and fdatasync return late.

By strace ("Tampering" in strace(1)), which stops a process at these two calls and at no others: without `trace`, seccomp has
nothing to filter, and each system call waits for the one strace of all processes.
"""

import shutil

SECONDS = 0.002
WRAPPER = (
    *("strace", "-D", "-f", "--seccomp-bpf", "-qq", "-o", "/dev/null", "-e", "trace=fsync,fdatasync"),
    *("-e", f"inject=fsync,fdatasync:delay_exit={SECONDS * 1e6:.0f}"),
)


def is_there() -> bool:
    """Tell whether this machine has what it takes."""
    return shutil.which("strace") is not None
