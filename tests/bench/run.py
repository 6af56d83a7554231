"""Benchmarks: each module beside this one that has a `measure` measures one thing against what people would use instead.

    python tests/bench/run.py [NAME...]      all by default; prints tables

Ratios count, not milliseconds: whatever is compared runs side by side, in turns, on one machine.
"""

import importlib
import os
import platform
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
PAGE = HERE.parents[1] / "docs" / "benchmarks.md"
HEAD = """\
# Benchmarks

Written by `scripts/bench`, which runs everything side by side on the machine at hand. Ratios count: medians, and in brackets
the middle half of the rounds.

![Processor time of a run with nothing to do, by number of posts](growth.svg)

"""
ALONE = "--alone"
NOT_BENCHMARKS = {"run", "sites", "slow_disk", "through_httpx", "turns"}


def names() -> list[str]:
    """Return the benchmarks there are."""
    return sorted(path.stem for path in HERE.glob("*.py") if path.stem not in NOT_BENCHMARKS)


def main(*chosen: str) -> int:
    """Run the benchmarks chosen and print what they say; all of them also go into docs/benchmarks.md."""
    if unknown := set(chosen) - set(names()):
        sys.stderr.write(f"there is no benchmark {', '.join(sorted(unknown))}; there are {', '.join(names())}\n")
        return 2
    said = [f"{_machine()}\n"]
    for name in chosen or names():
        # In a process of its own: what a child had before it became another program counts as its greatest memory too
        # (Linux, ru_maxrss: crosspost seemed to need 131 MB instead of 44 after a benchmark in this process).
        part = subprocess.run(
            [sys.executable, __file__, ALONE, name], stdout=subprocess.PIPE, encoding="utf-8", check=True
        )
        said.append(part.stdout)
        sys.stdout.write(part.stdout)
        sys.stdout.flush()
    if not chosen:
        PAGE.write_text(HEAD + "\n".join(said).rstrip() + "\n", encoding="utf-8")
    return 0


def one(name: str) -> None:
    """Run one benchmark here, and print what it is about and what it says."""
    module = importlib.import_module(name)
    for line in (f"## {name}", "", " ".join((module.__doc__ or "").split()), "", *module.measure(), ""):
        sys.stdout.write(f"{line}\n")


def _machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    load = (
        "" if os.getloadavg()[0] < 1 else f", busy with other work as well (load {os.getloadavg()[0]:.0f} at the start)"
    )
    return (
        f"Measured on {os.cpu_count()} cores and {memory:.0f} GB of memory{load}; Python {platform.python_version()}."
    )


if __name__ == "__main__":
    sys.path[:0] = [str(HERE), str(HERE.parent)]
    if sys.argv[1:2] == [ALONE]:
        one(sys.argv[2])
    else:
        sys.exit(main(*sys.argv[1:]))
