"""What a post costs: `crosspost preview --json`, against remark with strip-markdown and against pandoc.

The whole of ours counts: settings, files found and read, front matter, repair, Liquid, fitting, little text, JSON. What one
post more costs is what a run over all posts of a blog takes longer than a run over one of them (the average over each of
them), for each of the others; the line below has what a run costs once as well, a run for each blog. Of remark the conversion
alone counts, in a process that is warm; of pandoc a process a post, as a script would call it.
"""

import contextlib
import io
import json
import os
import resource
import shutil
import subprocess
import tempfile
import time
from collections.abc import Collection, Iterator
from pathlib import Path

from turns import Work, table, take_turns

from crosspost.cli import main
from crosspost.errors import PostUnreadable
from crosspost.jekyll.site import JekyllSite

SHARED = Path(os.environ.get("CROSSPOST_SHARED", Path(__file__).parents[3] / "shared"))
ROUNDS = 15
PANDOC_POSTS = 10
PACKAGES = ("remark@15", "strip-markdown@6")
OURS = "crosspost preview --json, one post more"
WITH_RUN = "crosspost preview --json, with what a run costs once"


def measure() -> Iterator[str]:
    """Yield the lines of the report."""
    folders = sorted(folder for folder in (SHARED / "corpus").glob("*/") if any(folder.rglob("_posts")))
    blogs = {folder: posts for folder in folders if (posts := _bodies(folder))}
    bodies = [body for posts in blogs.values() for body in posts.values()]
    if len(bodies) < 200:
        yield f"Skipped: {SHARED} holds {len(bodies)} posts, and at least 200 are wanted."
        return
    with tempfile.TemporaryDirectory() as name, contextlib.ExitStack() as stack:
        folder = Path(name)
        contenders: dict[str, Work] = {
            OURS: lambda: sum(_preview(blog) - _alone(blog, blogs[blog]) for blog in blogs),
            WITH_RUN: lambda: sum(map(_preview, blogs)),
        }
        units = {OURS: len(bodies) - len(blogs), WITH_RUN: len(bodies)}
        reasons = []
        if isinstance(remark := _remark(folder, bodies, stack), str):
            reasons.append(remark)
        else:
            contenders["remark + strip-markdown, warm"] = remark
            units["remark + strip-markdown, warm"] = len(bodies)
        if shutil.which("pandoc"):
            sample = bodies[:: max(len(bodies) // PANDOC_POSTS, 1)][:PANDOC_POSTS]
            contenders["pandoc, a process a post"] = lambda: _pandoc(sample)
            units["pandoc, a process a post"] = len(sample)
        else:
            reasons.append("Without pandoc, which is not installed.")
        yield f"{len(bodies)} real posts of {len(blogs)} blogs, {sum(map(len, bodies)) // len(bodies):,} characters each on average."
        yield ""
        yield from table(take_turns(contenders, ROUNDS), OURS, units)
        yield from reasons


def _bodies(blog: Path) -> dict[str, str]:
    site = JekyllSite(blog)
    found = {}
    for key in sorted(site.keys()):
        with contextlib.suppress(PostUnreadable):
            if post := site.read(key):
                found[key] = post.body
    return found


def _alone(blog: Path, posts: Collection[str]) -> float:
    """Preview each post in a run of its own, and return what one of these costs on average."""
    return sum(_preview(blog, post) for post in posts) / len(posts)


def _preview(blog: Path, *posts: str) -> float:
    """Preview a blog, or some of its posts, within this process, which is warm as well."""
    with contextlib.chdir(blog), contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        start = time.process_time()
        main(["preview", "--json", *posts])
        return time.process_time() - start


def _remark(folder: Path, bodies: list[str], stack: contextlib.ExitStack) -> Work | str:
    """Return a round of remark in a Node that stays, or why there is none."""
    if not (shutil.which("node") and shutil.which("npm")):
        return "Without remark: Node is not installed."
    (folder / "package.json").write_text('{"type": "module", "private": true}', encoding="utf-8")
    command = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", *PACKAGES]
    installed = subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True, timeout=300)
    if installed.returncode:
        return f"Without remark: npm cannot install {' '.join(PACKAGES)} here."
    (folder / "bodies.json").write_text(json.dumps(bodies), encoding="utf-8")
    shutil.copy(Path(__file__).with_name("remark.mjs"), folder)
    node = stack.enter_context(
        subprocess.Popen(["node", "remark.mjs"], cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    )

    def once() -> float:
        node.stdin.write("\n")
        node.stdin.flush()
        return float(node.stdout.readline())

    stack.callback(node.stdin.close)
    return once


def _pandoc(bodies: list[str]) -> float:
    start = resource.getrusage(resource.RUSAGE_CHILDREN)
    for body in bodies:
        subprocess.run(
            ["pandoc", "--from=gfm", "--to=plain"],
            input=body,
            text=True,
            capture_output=True,
            check=True,
            encoding="utf-8",
        )
    end = resource.getrusage(resource.RUSAGE_CHILDREN)
    return end.ru_utime + end.ru_stime - start.ru_utime - start.ru_stime
