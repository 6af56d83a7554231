"""A crosspost process that is killed at a chosen step.

The steps are the calls of everything that touches the world: ledger, publisher, HTTP, files, disk. The process is
killed with SIGKILL right before or right after such a call, so that no handler, no `finally` and no flush runs.
"""

from __future__ import annotations

import functools
import multiprocessing
import os
import pkgutil
import signal
import time
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import crosspost
from crosspost.cli import main

if TYPE_CHECKING:
    from multiprocessing.context import BaseContext

STEPS = {
    ("crosspost.ledger.sqlite", "SqliteLedger"): (
        *("sweep", "baseline", "entries", "claim", "mark_sending", "settle", "fail", "doubt"),
        *("release", "mark_written_back", "get", "record_upload"),
    ),
    ("crosspost.linkedin.client", "LinkedInPublisher"): ("author", "prepare", "send"),
    ("crosspost.jekyll.site", "JekyllSite"): ("read", "write_back"),
    ("httpx", "HTTPTransport"): ("handle_request",),
    ("os", None): ("replace", "fsync"),
}


def context() -> BaseContext:
    """Return what starts children in milliseconds: forked from a small process that has read every module already.

    Modules of the tests cannot be among them: that process does not know their folder.
    """
    forkserver = multiprocessing.get_context("forkserver")
    names = [module.name for module in pkgutil.walk_packages(crosspost.__path__, "crosspost.")]
    others = ["httpx", "httpcore", "anyio", "yaml", "pyromark", "liquid", "ftfy", "sqlite3", "zoneinfo", "tzlocal"]
    forkserver.set_forkserver_preload([name for name in names if not name.endswith("__main__")] + others)
    return forkserver


def run(arguments: list[str], folder: str, environ: dict[str, str], die_at: int, log: str) -> None:
    """Run one command line in `folder`; be killed at step number `die_at` (0: never). Write the steps to `log`."""
    os.chdir(folder)
    os.environ.update(environ)
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    steps = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    count = 0

    def tick(name: str) -> None:
        nonlocal count
        count += 1
        os.write(steps, f"{name}\n".encode())
        if count == die_at:
            os.kill(os.getpid(), signal.SIGKILL)

    for (module, owner), names in STEPS.items():
        holder = import_module(module)
        holder = getattr(holder, owner) if owner else holder
        for name in names:
            setattr(holder, name, _ticking(getattr(holder, name), name, tick))
    code = main(arguments)
    os.write(steps, f"exit {code}\n".encode())
    os._exit(code)


def run_traced(arguments: list[str], folder: str, environ: dict[str, str], pause: float) -> None:
    """Run one command line in `folder` once a tracer watches this process; exit with its code.

    Args:
        arguments: Of crosspost.
        folder: Where it runs.
        environ: Beside the environment of the test.
        pause: Seconds that the identical retry waits, instead of thirty.
    """
    from crosspost.pipeline import evidence  # noqa: PLC0415 the parent has loaded it

    os.chdir(folder)
    os.environ.update(environ)
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    evidence.PAUSE, evidence.AFTERWARDS = timedelta(seconds=pause), timedelta(0)
    while environ.get("TRACED") and not _is_traced():
        time.sleep(0.001)
    os._exit(main(arguments))


def _is_traced() -> bool:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return "TracerPid:\t0\n" not in status


def _ticking(function, name, tick):
    @functools.wraps(function)
    def wrapped(*args, **kwargs):
        tick(f"before {name}")
        result = function(*args, **kwargs)
        tick(f"after {name}")
        return result

    return wrapped
