"""`crosspost dashboard`."""

from __future__ import annotations

import socket
import sys

import click

from crosspost.cli.options import Console, common, stay, working_folder
from crosspost.errors import Problem, SettingsError


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), default=8767, show_default=True, help="0 takes a free one.")
@click.option("--open/--no-open", "show", default=True, help="Open it in the browser, where there is one.")
@click.option(
    "--refresh", type=click.IntRange(1), default=15, show_default=True, help="Seconds between two looks at the queue."
)
@common
def dashboard(console: Console, *, port: int, show: bool, refresh: int) -> int:
    """Show queue, calendar, previews and history on a page of this machine, and settle there what needs a person.

    The address has a key and works for you alone. Stop with Ctrl-C.

    \b
    crosspost dashboard --port 0 --no-open
    """  # noqa: D301 - click reads the backspace character as "keep these lines"
    try:
        import uvicorn  # noqa: PLC0415 - an extra

        from crosspost.dashboard.app import application  # noqa: PLC0415 - see above
        from crosspost.dashboard.guard import Guard  # noqa: PLC0415 - see above
    except ImportError as error:
        what = f"the dashboard needs a package that is not installed ({error.name})"
        raise SettingsError(Problem(what=what, fix="pip install 'crosspost-linkedin[web]'")) from error
    console.workshop()  # what is wrong with the settings is told here, before a browser opens
    listening = _listen(port)
    guard = Guard(listening.getsockname()[1])
    app = application(lambda: console.unattended(working_folder()), guard, refresh=refresh)
    console.result({"url": guard.address}, guard.address)
    console.say("stop it with Ctrl-C")
    if show and not console.json:
        click.launch(guard.address)
    stay()
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False, server_header=False))
    server.run(sockets=[listening])
    return 0


def _listen(port: int) -> socket.socket:
    """Listen on this machine alone, before the address is told."""
    listening = socket.socket()
    if sys.platform != "win32":  # there it would let another program have the same port
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind(("127.0.0.1", port))
        listening.listen()  # a browser that is quicker than the server waits instead of being refused
    except OSError as error:
        listening.close()
        what = f"port {port} cannot be used: {error.strerror}"
        raise SettingsError(Problem(what=what, fix="name another one with --port, or 0 for a free one")) from error
    return listening
