"""Benchmarks: each module beside this one that has a `measure` measures one thing against what people would use instead.

    python tests/bench/run.py [NAME...]      all by default; prints tables

Ratios count, not milliseconds: whatever is compared runs side by side, in turns, on one machine.
"""

import importlib
import sys
from pathlib import Path

HERE = Path(__file__).parent
NOT_BENCHMARKS = {"run", "turns"}


def names() -> list[str]:
    """Return the benchmarks there are."""
    return sorted(path.stem for path in HERE.glob("*.py") if path.stem not in NOT_BENCHMARKS)


def main(*chosen: str) -> int:
    """Run the benchmarks chosen and print what they say."""
    if unknown := set(chosen) - set(names()):
        sys.stderr.write(f"there is no benchmark {', '.join(sorted(unknown))}; there are {', '.join(names())}\n")
        return 2
    for name in chosen or names():
        sys.stdout.write(f"## {name}\n\n")
        for line in importlib.import_module(name).measure():
            sys.stdout.write(f"{line}\n")
            sys.stdout.flush()
        sys.stdout.write("\n")
    return 0


if __name__ == "__main__":
    sys.path[:0] = [str(HERE), str(HERE.parent)]
    sys.exit(main(*sys.argv[1:]))
