"""File events: one call when a burst of them is over.

Which files have changed is not taken from the events, some of which get lost, but from a look at the folder: editors write
a file several times, sync tools under another name first, git touches hundreds.
"""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

log = logging.getLogger(__name__)

_QUIET = 200  # milliseconds without a new event
_LONGEST = 2_000  # milliseconds: whoever writes without end does not keep other files waiting


class Watch:
    """Watches folders, with everything below them, in a thread of its own until it is closed.

    Args:
        folders: Those that are missing are left out.
        on_change: Called, in that thread, after events.
    """

    def __init__(self, folders: Sequence[Path], on_change: Callable[[], None]) -> None:
        self._on_change = on_change
        self._stop = threading.Event()
        self._folders = [folder for folder in folders if folder.is_dir()]
        self._thread = threading.Thread(target=self._run, name="crosspost-watch", daemon=True)
        self.blind = not self._folders
        if self._folders:
            import watchfiles  # noqa: F401, PLC0415 - here, so that the thread watches at once

            self._thread.start()

    def _run(self) -> None:
        from watchfiles import watch  # noqa: PLC0415 - only a daemon pays for it

        try:
            for _ in watch(
                *self._folders,
                watch_filter=None,
                debounce=_LONGEST,
                step=_QUIET,
                stop_event=self._stop,
                ignore_permission_denied=True,
                raise_interrupt=False,
            ):
                self._on_change()
        except (OSError, RuntimeError) as error:  # for example the limit of inotify watches, or a folder that is gone
            self.blind = True
            log.warning("file events cannot be had (%s); the folder is looked at every minute instead", error)

    def close(self) -> None:
        """End the thread."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(2)
