"""Videos: announced, sent in parts without the bearer, put together, then processed ("Videos API")."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from crosspost.sandbox import answers, checks, schema
from crosspost.sandbox.media import kinds
from crosspost.sandbox.media.files import upload_address
from crosspost.sandbox.messages import Refused, Response, json_response
from crosspost.sandbox.schema import Field

if TYPE_CHECKING:
    from collections.abc import Callable

    from crosspost.sandbox.guard import Guard
    from crosspost.sandbox.media.assets import Asset, Assets
    from crosspost.sandbox.messages import Request
    from crosspost.sandbox.schema import Fields

PART = 4_194_304
SIZES = range(75_000, 500_000_001)  # documented: 75 KB to 500 MB
_INITIALIZE = Field(
    type=dict,
    fields={
        "initializeUploadRequest": Field(
            type=dict,
            fields={
                "owner": Field(),
                "fileSizeBytes": Field(type=int),
                "uploadCaptions": Field(type=bool, required=False),
                "uploadThumbnail": Field(type=bool, required=False),
            },
        )
    },
)
_FINALIZE = Field(
    type=dict,
    fields={
        "finalizeUploadRequest": Field(
            type=dict,
            fields={
                "video": Field(),
                "uploadToken": Field(),
                "uploadedPartIds": Field(type=list, items=Field()),
            },
        )
    },
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Videos:
    """The endpoints and what they work on; `base` is where the server listens."""

    guard: Guard
    assets: Assets
    base: Callable[[], str]

    def initialize(self, request: Request) -> Response:
        """`POST /rest/videos?action=initializeUpload`: an address for each part of 4,194,304 bytes."""
        caller = self.guard.versioned(request)
        caller.permit("partnerApiVideos.ACTION-initializeUpload", granted=bool(caller.authors))
        wanted = cast("dict[str, Fields]", schema.read(request, _INITIALIZE))["initializeUploadRequest"]
        caller.author(wanted["owner"])
        size = cast("int", wanted["fileSizeBytes"])
        if size not in SIZES:
            raise Refused(answers.invalid_value("INVALID_VALUE_FOR_FIELD", f"{size} is not a valid fileSizeBytes"))
        if wanted.get("uploadCaptions") or wanted.get("uploadThumbnail"):
            what = "captions and thumbnails are not in the sandbox"
            raise Refused(answers.invalid_value("INVALID_VALUE_FOR_FIELD", what))
        asset = self.assets.announce("video", cast("str", wanted["owner"]), size=size)
        return json_response(200, {"value": self._instructions(request, asset)})

    def put(self, request: Request) -> Response:
        """`PUT` one part, without Authorization (documented); 200, and its ETag in quotes."""
        if "authorization" in request.headers:
            raise Refused(
                answers.invalid_value("INVALID_VALUE_FOR_FIELD", "an upload of a part takes no Authorization")
            )
        key, _, number = request.path.removeprefix("/dms-uploads/video/").partition("/")
        asset = self.assets.by_key(key)
        index = int(number) if number.isascii() and number.isdigit() and len(number) < 5 else -1
        if asset is None or index not in range(_parts(asset)):
            raise Refused(answers.not_found())
        if self.assets.has_expired(asset):
            raise Refused(answers.invalid_value("EXPIRED_UPLOAD_URL", "The upload URL has expired"))
        if request.media_type != "application/octet-stream":
            raise Refused(answers.unsupported_media_type())
        first, last = _bounds(asset, index)
        if len(request.body) != last - first + 1:
            raise Refused(
                answers.invalid_value("INVALID_VALUE_FOR_FIELD", f"part {index} has {last - first + 1} bytes")
            )
        etag = hashlib.sha256(request.body).hexdigest()[:32]
        defect = "on demand" if request.fault == "processing-failed" else None
        self.assets.store_part(asset, index, etag, request.body, defect=defect)
        return Response(status=200, headers={"ETag": f'"{etag}"'})

    def finalize(self, request: Request) -> Response:
        """`POST /rest/videos?action=finalizeUpload` with the ETags in order, without quotes; 200, empty."""
        caller = self.guard.versioned(request)
        wanted = cast("dict[str, Fields]", schema.read(request, _FINALIZE))["finalizeUploadRequest"]
        asset = self.assets.get(cast("str", wanted["video"]))
        if asset is None or asset.kind != "video" or asset.owner not in caller.authors:
            raise Refused(answers.not_found())
        parts = [asset.parts.get(index) for index in range(_parts(asset))]
        if wanted["uploadedPartIds"] != [part[0] if part else None for part in parts]:
            raise Refused(
                answers.invalid_value("INVALID_VALUE_FOR_FIELD", "uploadedPartIds are not those of the parts")
            )
        data = b"".join(part[1] for part in parts if part)
        media_type = kinds.media_type("video", data)
        defect = asset.defect or (None if media_type else "no MP4")
        self.assets.store(asset, data, media_type=media_type or "", defect=defect)
        return Response(status=200)

    def get(self, request: Request) -> Response:
        """`GET /rest/videos/{urn}`: how far it is; reported to work with tokens of members."""
        caller = self.guard.versioned(request)
        asset = self.assets.get(checks.media_urn(request.path.rpartition("/")[2], "video"))
        if asset is None or asset.owner not in caller.authors:
            raise Refused(answers.not_found())
        return json_response(200, {"id": asset.urn, "owner": asset.owner, "status": self.assets.status(asset)})

    def _instructions(self, request: Request, asset: Asset) -> dict[str, object]:
        instructions = []
        for index in range(_parts(asset)):
            first, last = _bounds(asset, index)
            address = f"{self.base()}/dms-uploads/video/{asset.key}/{index}"
            instructions.append({"uploadUrl": upload_address(request, address), "lastByte": last, "firstByte": first})
        return {
            "uploadUrlsExpireAt": round(asset.expires_at.timestamp() * 1000),
            "video": asset.urn,
            "uploadInstructions": instructions,
            "uploadToken": "",
        }


def _parts(asset: Asset) -> int:
    return -(-asset.size // PART)


def _bounds(asset: Asset, index: int) -> tuple[int, int]:
    return index * PART, min((index + 1) * PART, asset.size) - 1
