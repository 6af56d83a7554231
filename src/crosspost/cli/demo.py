"""`crosspost demo`."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import click

from crosspost.cli.options import Console, common


@click.command()
@click.option("--keep", is_flag=True, help="Leave the server and the sample site up to look at, until Ctrl-C.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Of the server; 0 takes a free one.")
@common
def demo(console: Console, *, keep: bool, port: int) -> int:
    """Do the whole job on a sample site against a local server; needs no account.

    Six posts: an ordinary one with a picture, one with Unicode-bold letters, one damaged by a wrong encoding, one too long, one already
    published, one for the future.

    \b
    crosspost demo --keep
    """  # noqa: D301 - click reads the backspace character as "keep these lines"
    from crosspost.clock import SystemClock  # noqa: PLC0415 - `--help` must not pay for it
    from crosspost.demo.sample import API_DAY  # noqa: PLC0415 - see above
    from crosspost.demo.show import Demonstration  # noqa: PLC0415 - see above
    from crosspost.sandbox.server import Sandbox  # noqa: PLC0415 - see above

    # An app that may ask whether LinkedIn is done with a picture; others wait five seconds.
    server = Sandbox(port=port, today=API_DAY, profile="partner", processing=timedelta(0))
    # Windows removes no file that is open, as the ledger is until the end; its own clean-up takes what is left.
    with tempfile.TemporaryDirectory(prefix="crosspost-demo-", ignore_cleanup_errors=True) as folder, server:
        for piece in Demonstration(folder=Path(folder), server=server, clock=SystemClock()).tell():
            console.result({"told": piece}, piece + "\n")
        console.result({"feed": server.feed_url}, f"feed: {server.feed_url}")
        if keep:
            console.say(f"site: {folder}\nstop with Ctrl-C; the site is removed then")
            with suppress(KeyboardInterrupt):
                server.serve_forever()
        else:
            console.say("look at the feed with: crosspost demo --keep")
    return 0
