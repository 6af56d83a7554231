"""A machine that is thrown away: one crosspost process, killed at a step that others could notice."""

from __future__ import annotations

from datetime import timedelta

import dying
from crosspost.clock import SystemClock

# What leaves the machine. Everything else goes with it.
STEPS = {
    ("crosspost.ledger.git_ref", "RemoteRef"): ("push",),
    ("crosspost.linkedin.client", "LinkedInPublisher"): ("send",),
    ("httpx", "HTTPTransport"): ("handle_request",),
    ("crosspost.jekyll.site", "JekyllSite"): ("write_back",),
}


def run(arguments: list[str], folder: str, environ: dict[str, str], die_at: int, log: str) -> None:
    """See `dying.run`; with HOURS_LATER in `environ` the clock of the process shows a later time."""
    dying.STEPS = STEPS
    now, later = SystemClock.now, timedelta(hours=int(environ.get("HOURS_LATER", "0")))
    SystemClock.now = lambda clock: now(clock) + later
    dying.run(arguments, folder, environ, die_at, log)
