"""Sixty real posts as digests of their texts: the texts are their authors', so none of them is kept here.

    python tests/corpus/snapshots.py [--write]

A text that changed is shown against the text of the newest commit that still gives the digest kept, if there is one.
"""

import difflib
import hashlib
import io
import json
import os
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
FILE = Path(__file__).with_name("snapshots.json")
SHARED = Path(os.environ.get("CROSSPOST_SHARED", ROOT.parent / "shared"))
_COMMITS = 20  # looked through for the code that gave the old text


def kept() -> dict[str, dict[str, object]]:
    """Return digest and length of each text as it was accepted, by the post's path below the corpus."""
    return json.loads(FILE.read_text(encoding="utf-8"))


def texts(shared: Path, keys: list[str]) -> dict[str, str]:
    """Return what readers would see of these posts, with the default settings."""
    from crosspost.compose import compose  # noqa: PLC0415 -- as above
    from crosspost.policy import TextPolicy  # noqa: PLC0415 -- as above
    from real_posts import real_posts  # noqa: PLC0415 -- found by a path that `main` may have to add

    posts = {post.key: post for post in real_posts(shared) if post.key in keys}
    return {key: compose(posts[key].post(), posts[key].site, TextPolicy()).text for key in keys}


def digest(text: str) -> dict[str, object]:
    """Return what is kept of a text."""
    return {"sha256": hashlib.sha256(text.encode()).hexdigest(), "length": len(text)}


def _texts_of(commit: str, keys: list[str]) -> dict[str, str]:
    """Return the texts that the code of a commit gives; empty where it cannot be run today."""
    archive = subprocess.run(["git", "archive", commit, "src"], cwd=ROOT, check=True, capture_output=True).stdout
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(fileobj=io.BytesIO(archive)) as source:
            source.extractall(folder, filter="data")
        environment = {**os.environ, "PYTHONPATH": f"{folder}/src"}
        command = [sys.executable, __file__, "--texts", *keys]
        run = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        return json.loads(run.stdout) if run.returncode == 0 else {}


def _before(changed: dict[str, str]) -> dict[str, str]:
    """Return the accepted texts of what changed, as far as a recent commit still gives them."""
    wanted, found = kept(), {}
    log = ["git", "log", f"-{_COMMITS}", "--format=%h", "--", "src/crosspost/compose", "src/crosspost/text"]
    for commit in subprocess.run(log, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split():
        missing = [key for key in changed if key not in found]
        if not missing:
            break
        found |= {key: text for key, text in _texts_of(commit, missing).items() if digest(text) == wanted[key]}
    return found


def _show(key: str, text: str, before: str | None) -> None:
    print(f"\n=== {key}")  # noqa: T201 -- for a person to read
    if before is None:
        print(text)  # noqa: T201 -- as above
        return
    for line in difflib.unified_diff(before.split("\n"), text.split("\n"), "accepted", "now", lineterm="", n=1):
        print(line)  # noqa: T201 -- as above


def main(*arguments: str) -> int:
    """Show what changed; with `--write` accept it."""
    sys.path.insert(0, str(ROOT / "tests"))
    if arguments[:1] == ("--texts",):
        json.dump(texts(SHARED, list(arguments[1:])), sys.stdout)
        return 0
    wanted = kept()
    now = texts(SHARED, list(wanted))
    changed = {key: text for key, text in now.items() if digest(text) != wanted[key]}
    before = _before(changed)
    for key, text in changed.items():
        _show(key, text, before.get(key))
    print(f"{len(changed)} of {len(wanted)} changed")  # noqa: T201 -- as above
    if "--write" in arguments:
        accepted = {key: digest(now[key]) for key in sorted(now)}
        FILE.write_text(json.dumps(accepted, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return bool(changed) and "--write" not in arguments


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
