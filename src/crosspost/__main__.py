"""`python -m crosspost` and the console scripts."""

from __future__ import annotations

import gc
import os
import sys

# Python looks for garbage among each 700 new objects; a command makes a hundred thousand that it needs to its end, and little
# garbage. It was 3 % of publishing 200 posts, and 6 % of finding nothing due. What runs until it is stopped sets it back.
_MANY = 200_000
_PLUGINS = "pydantic.plugin._loader"


class _NoPlugins(type(sys)):  # type: ignore[misc]  # `types.ModuleType`, without an import for `--version`
    """The module in which pydantic looks for plugins, and finds none. Whoever wants something else of it gets the real one."""

    get_plugins = tuple

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):  # what Python itself looks for while it imports
            raise AttributeError(name)
        from importlib import import_module  # noqa: PLC0415 - hardly ever

        del sys.modules[_PLUGINS]
        return getattr(import_module(_PLUGINS), name)


def main() -> None:
    """Run the command line and exit with its code."""
    if sys.argv[1:] == ["--version"]:  # asked by scripts and support: answered before anything heavy is imported
        from crosspost import __version__  # noqa: PLC0415 - see above

        sys.stdout.write(f"crosspost {__version__}\n")
        return
    gc.set_threshold(_MANY)
    _leave_out()
    import signal  # noqa: PLC0415 - see above

    # What `timeout`, a cancelled CI job and a shutdown send ends a command as Ctrl-C does: a post on its way is told of, and
    # recorded as uncertain now instead of when its lease ends. The daemon has an answer of its own.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    from crosspost.cli import main as cli  # noqa: PLC0415 - see above

    code = cli(sys.argv[1:])
    gc.freeze()  # or Python looks for garbage among all that ends with it anyway: 30 ms of each command
    sys.exit(code)


def _leave_out() -> None:
    """Keep other packages from looking for what this process has no use for: 30 to 60 ms of each command."""
    # pydantic would read the metadata of every installed package for plugins (its documentation, "Plugins"). Told not to,
    # it still imports what reads them, and with it email and csv: 8 ms.
    if os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__") == "__all__":
        sys.modules.setdefault(_PLUGINS, _NoPlugins(_PLUGINS))
    # httpx's own command line, with rich and pygments where they are installed; it does without (`httpx/__init__.py`).
    sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]  # None: not to be found (Python, "The import system")


if __name__ == "__main__":
    main()
