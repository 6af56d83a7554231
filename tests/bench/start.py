"""What it costs to start: `--version` against Python alone, and a run with nothing to do against another tool's help."""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from sites import Ran, crosspost, make_site, ripen
from turns import table, take_turns

POSTS = 500
ROUNDS = 15
PACKAGE = "@humanwhocodes/crosspost"


def measure() -> Iterator[str]:
    """Yield the lines of two tables: time on the clock, a process each."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        site, home = make_site(folder / "blog", POSTS), folder / "home"

        def python() -> float:
            return Ran(sys.executable, "-c", "pass", cwd=site, home=home).took

        def version() -> float:
            return Ran(Path(sys.executable).with_name("crosspost"), "--version", cwd=site, home=home).took

        contenders = {"crosspost --version": version, "python -c pass": python}
        yield from table(take_turns(contenders, ROUNDS), "crosspost --version", dict.fromkeys(contenders, 1))
        yield ""
        ripen()
        ours, theirs = "crosspost publish --due, nothing due", f"{PACKAGE} --help"
        contenders = {ours: lambda: crosspost("publish", "--due", cwd=site, home=home).took}
        program = _installed(folder)
        if program:
            contenders[theirs] = lambda: (
                Ran(program, "--help", cwd=site, home=home, code=1).took
            )  # its help is an error
        yield from table(take_turns(contenders, ROUNDS), ours, dict.fromkeys(contenders, 1))
        if not program:
            yield f"Without {PACKAGE}: Node is not here, or npm cannot install it."


def _installed(folder: Path) -> Path | None:
    """Install the other tool as `npx` would, and return its program: npx itself would take still longer."""
    if not (shutil.which("node") and shutil.which("npm")):
        return None
    (folder / "package.json").write_text('{"private": true}', encoding="utf-8")
    command = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", PACKAGE]
    installed = subprocess.run(command, cwd=folder, check=False, capture_output=True, timeout=300)
    program = folder / "node_modules" / ".bin" / "crosspost"
    return program if installed.returncode == 0 and program.exists() else None
