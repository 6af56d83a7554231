"""`crosspost sandbox`."""

from __future__ import annotations

from contextlib import suppress
from typing import Literal

import click

from crosspost.cli.options import Console, common, stay


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="0 takes a free one.")
@click.option(
    "--profile",
    type=click.Choice(["self-serve", "partner"]),
    default="self-serve",
    show_default=True,
    help="What the app may do; a partner also reads, and publishes for the page urn:li:organization:123.",
)
@common
def sandbox(console: Console, *, port: int, profile: Literal["self-serve", "partner"]) -> int:
    """Run a server on this machine that behaves like the LinkedIn API, with a feed page to look at.

    \b
    # Point crosspost at it, in another terminal:
    export CROSSPOST_LINKEDIN__API_URL=http://127.0.0.1:8765 LINKEDIN_ACCESS_TOKEN=sandbox-token
    """  # noqa: D301 - click reads the backspace character as "keep these lines"
    from crosspost.sandbox import DEMO_TOKEN, Sandbox  # noqa: PLC0415 - `--help` must not pay for it

    stay()
    with Sandbox(port=port, profile=profile) as server, suppress(KeyboardInterrupt):  # Ctrl-C is how it is meant to end
        console.result({"url": server.url, "feed": server.feed_url}, f"API   {server.url}\nfeed  {server.feed_url}")
        console.say(
            "in another terminal:\n"
            f"  export CROSSPOST_LINKEDIN__API_URL={server.url} CROSSPOST_LINKEDIN__OAUTH_URL={server.url} "
            f"LINKEDIN_ACCESS_TOKEN={DEMO_TOKEN}\nstop it with Ctrl-C"
        )
        server.serve_forever()
    return 0
