"""Messages to people, through Apprise: mail, chat, phone, whatever its URLs name. Those carry passwords and are never told."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

log = logging.getLogger(__name__)


class AppriseNotifier:
    """`ports.Notifier` over Apprise.

    Args:
        urls: As in Apprise's documentation.
    """

    def __init__(self, urls: Sequence[str]) -> None:
        self._urls = urls

    def tell(self, title: str, body: str) -> bool:
        """See `ports.Notifier.tell`."""
        try:
            import apprise  # noqa: PLC0415 - an extra, and slow to import
        except ImportError:
            log.warning("notify.urls: nobody can be told: install crosspost-linkedin[notify]")
            return False
        logging.getLogger("apprise").setLevel(logging.CRITICAL)  # its messages may hold parts of a URL
        told = [self._one(apprise, number, url, title, body) for number, url in enumerate(self._urls, start=1)]
        return any(told)

    def _one(self, apprise: object, number: int, url: str, title: str, body: str) -> bool:
        try:
            messenger = apprise.Apprise()  # type: ignore[attr-defined] # Apprise has no types
            if not messenger.add(url):
                log.warning("notify.urls: Apprise does not understand entry %d", number)
                return False
            sent = bool(messenger.notify(title=title, body=body))
        except Exception as error:  # noqa: BLE001 - a plugin's defect is no reason to stop, and its words may hold a URL
            log.warning("notify.urls: entry %d did not take a message (%s)", number, type(error).__name__)
            return False
        if not sent:
            log.warning("notify.urls: entry %d did not take a message", number)
        return sent
