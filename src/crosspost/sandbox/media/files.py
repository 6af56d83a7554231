"""Images and documents: announced, sent in one PUT with the bearer, then processed ("Images API", "Documents API")."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from crosspost.sandbox import answers, checks, schema
from crosspost.sandbox.media import kinds
from crosspost.sandbox.messages import Refused, json_response
from crosspost.sandbox.schema import Field

if TYPE_CHECKING:
    from collections.abc import Callable

    from crosspost.sandbox.guard import Guard
    from crosspost.sandbox.media.assets import Asset, Assets, MediaKind
    from crosspost.sandbox.messages import Request, Response

# Of images no number is published; third parties use 5 or 8 MB.
LARGEST: dict[MediaKind, int] = {"image": 8_000_000, "document": 100 * 1024 * 1024}
_INITIALIZE = Field(type=dict, fields={"initializeUploadRequest": Field(type=dict, fields={"owner": Field()})})
_RESOURCES: dict[MediaKind, str] = {"image": "partnerApiImages", "document": "partnerApiDocuments"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """The endpoints of one kind of media, and what they work on.

    Attributes:
        base: Where the server listens, for the upload address.
    """

    kind: MediaKind
    guard: Guard
    assets: Assets
    base: Callable[[], str]

    def initialize(self, request: Request) -> Response:
        """`POST /rest/{images,documents}?action=initializeUpload`."""
        caller = self.guard.versioned(request)
        caller.permit(f"{_RESOURCES[self.kind]}.ACTION-initializeUpload", granted=bool(caller.authors))
        body = cast("dict[str, dict[str, str]]", schema.read(request, _INITIALIZE))
        owner = body["initializeUploadRequest"]["owner"]
        caller.author(owner)
        asset = self.assets.announce(self.kind, owner)
        value = {
            "uploadUrlExpiresAt": _milliseconds(asset),
            "uploadUrl": upload_address(request, f"{self.base()}/dms-uploads/{self.kind}/{asset.key}"),
            self.kind: asset.urn,
        }
        return json_response(200, {"value": value})

    def put(self, request: Request) -> Response:
        """`PUT` to the upload address: the whole file, once, with the bearer of its owner; 201, empty."""
        caller = self.guard.upload(request)
        asset = self.assets.by_key(request.path.rpartition("/")[2])
        if asset is None or asset.owner not in caller.authors:
            raise Refused(answers.not_found())
        if self.assets.has_expired(asset):
            raise Refused(answers.invalid_value("EXPIRED_UPLOAD_URL", "The upload URL has expired"))
        media_type = self._checked_type(request)
        defect = "on demand" if request.fault == "processing-failed" else kinds.defect(media_type, request.body)
        self.assets.store(asset, request.body, media_type=media_type, defect=defect)
        return answers.uploaded()

    def get(self, request: Request) -> Response:
        """`GET /rest/{images,documents}/{urn}`: how far it is. A self-serve app is not told (documented)."""
        caller = self.guard.versioned(request)
        if not caller.reads:
            raise Refused(answers.media_forbidden(self.kind))
        asset = self.assets.get(checks.media_urn(request.path.rpartition("/")[2], self.kind))
        if asset is None or asset.owner not in caller.authors:
            raise Refused(answers.not_found())
        return json_response(200, {"id": asset.urn, "owner": asset.owner, "status": self.assets.status(asset)})

    def _checked_type(self, request: Request) -> str:
        if len(request.body) > LARGEST[self.kind]:
            raise Refused(answers.too_large())
        media_type = kinds.media_type(self.kind, request.body)
        if media_type is None:
            raise Refused(answers.unsupported_media_type())
        if self.kind == "image" and request.media_type not in {media_type, "application/octet-stream"}:
            raise Refused(answers.unsupported_media_type())
        return media_type


def _milliseconds(asset: Asset) -> int:
    return round(asset.expires_at.timestamp() * 1000)


def upload_address(request: Request, address: str) -> str:
    """Return the address to tell; on demand one that a client must not follow, because the bearer goes with the PUT."""
    return "https://uploads.example.com/steal" if request.fault == "foreign-upload-url" else address
