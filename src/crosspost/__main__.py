"""`python -m crosspost` and the console scripts."""

from __future__ import annotations

import gc
import sys


def main() -> None:
    """Run the command line and exit with its code."""
    if sys.argv[1:] == ["--version"]:  # asked by scripts and support: answered before anything heavy is imported
        from crosspost import __version__  # noqa: PLC0415 - see above

        sys.stdout.write(f"crosspost {__version__}\n")
        return
    from crosspost.cli import main as cli  # noqa: PLC0415 - see above

    code = cli(sys.argv[1:])
    gc.freeze()  # or Python looks for garbage among all that ends with it anyway: 30 ms of each command
    sys.exit(code)


if __name__ == "__main__":
    main()
