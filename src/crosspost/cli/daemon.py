"""`crosspost daemon`."""

from __future__ import annotations

import os
from dataclasses import replace

import click

from crosspost.cli.options import Console, common, stay, working_folder


@click.command()
@click.option(
    "--http", "port", type=click.IntRange(0, 65535), metavar="PORT", help="Serve /healthz, /readyz, /metrics."
)
@click.option("--log-format", type=click.Choice(["text", "json"]), default="text", help="How the log is written.")
@common
def daemon(console: Console, *, port: int | None, log_format: str) -> int:
    """Watch the site and publish on schedule until stopped.

    SIGTERM stops: a post that is on its way is waited for. SIGHUP reads the settings anew. The log goes to standard error.

    \b
    crosspost daemon --http 9464
    crosspost daemon --log-format json
    """  # noqa: D301 - click reads the backspace character as "keep these lines"
    from crosspost.clock import SystemClock  # noqa: PLC0415 - `--help` must not pay for it
    from crosspost.daemon import journal  # noqa: PLC0415 - see above
    from crosspost.daemon.monitor import Monitor, Vitals  # noqa: PLC0415 - see above
    from crosspost.daemon.service import Daemon  # noqa: PLC0415 - see above
    from crosspost.daemon.stopping import LeavingClock, Stop  # noqa: PLC0415 - see above
    from crosspost.daemon.systemd import Systemd  # noqa: PLC0415 - see above

    stay()
    journal.start(console.redactor, as_json=log_format == "json", verbose=console.verbose, quiet=console.quiet)
    clock, stop, vitals, here = SystemClock(), Stop(), Vitals(), working_folder()
    monitor = None if port is None else Monitor(vitals, port)
    if monitor:
        console.say(f"{monitor.url}/healthz /readyz /metrics")
    try:
        return Daemon(
            lambda: replace(console.unattended(here), clock=LeavingClock(clock, stop)),
            clock=clock,
            stop=stop,
            systemd=Systemd.here(os.environ),
            vitals=vitals,
        ).run()
    finally:
        if monitor:
            monitor.close()
