"""The media that were announced or uploaded, and what has become of them."""

from __future__ import annotations

import secrets
import threading
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

Status = Literal["WAITING_UPLOAD", "PROCESSING", "AVAILABLE", "PROCESSING_FAILED"]
MediaKind = Literal["image", "document", "video"]

# Real ids begin with a letter or two for the kind and the data centre; a client must not read them.
_PREFIXES: dict[MediaKind, str] = {"image": "D4E10AQ", "document": "D4E1FAQ", "video": "D5605AQ"}
LIFETIMES: dict[MediaKind, timedelta] = {
    "image": timedelta(hours=24),  # recorded
    "document": timedelta(hours=24),
    "video": timedelta(days=30),  # documented: about 30 days
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """One image, document or video.

    Attributes:
        key: What its upload address has at the end.
        expires_at: When that address does.
        data: Empty before the upload.
        media_type: By the first bytes.
        defect: Why its processing fails, None where it does not.
        size: Of a video, announced; its parts by index, each with its ETag, wait in `parts`.
    """

    urn: str
    kind: MediaKind
    owner: str
    key: str
    expires_at: datetime
    data: bytes = field(default=b"", repr=False)
    media_type: str = ""
    uploaded_at: datetime | None = None
    defect: str | None = None
    size: int = 0
    parts: Mapping[int, tuple[str, bytes]] = field(default_factory=dict, repr=False)


class Assets:
    """All media, safe to use from several threads."""

    def __init__(self, *, now: Callable[[], datetime], processing: timedelta) -> None:
        """Start empty; `processing` is how long a file is looked at after its upload."""
        self._now = now
        self._processing = processing
        self._lock = threading.Lock()
        self._all: dict[str, Asset] = {}

    def announce(self, kind: MediaKind, owner: str, *, size: int = 0) -> Asset:
        """Return a new asset that waits for its upload."""
        with self._lock:
            asset = Asset(
                urn=f"urn:li:{kind}:{_PREFIXES[kind]}{secrets.token_urlsafe(12)}",
                kind=kind,
                owner=owner,
                key=secrets.token_urlsafe(18),
                expires_at=self._now() + LIFETIMES[kind],
                size=size,
            )
            self._all[asset.urn] = asset
            return asset

    def get(self, urn: str) -> Asset | None:
        """Return an asset by its URN."""
        with self._lock:
            return self._all.get(urn)

    def by_key(self, key: str) -> Asset | None:
        """Return an asset by the end of its upload address."""
        with self._lock:
            return next((asset for asset in self._all.values() if asset.key == key), None)

    def has_expired(self, asset: Asset) -> bool:
        """Tell whether the upload address is too old."""
        return self._now() >= asset.expires_at

    def store(self, asset: Asset, data: bytes, *, media_type: str, defect: str | None) -> None:
        """Keep the uploaded file and begin to process it."""
        with self._lock:
            self._all[asset.urn] = replace(
                asset, data=data, media_type=media_type, uploaded_at=self._now(), defect=defect, parts={}
            )

    def store_part(self, asset: Asset, index: int, etag: str, data: bytes, *, defect: str | None) -> None:
        """Keep one part of a video; a part that comes again takes the place of the earlier one."""
        with self._lock:
            known = self._all[asset.urn]
            parts = {**known.parts, index: (etag, data)}
            self._all[asset.urn] = replace(known, parts=parts, defect=defect or known.defect)

    def status(self, asset: Asset) -> Status:
        """Return how far an asset is, by the clock."""
        if asset.uploaded_at is None:
            return "WAITING_UPLOAD"
        if self._now() - asset.uploaded_at < self._processing:
            return "PROCESSING"
        return "PROCESSING_FAILED" if asset.defect else "AVAILABLE"
