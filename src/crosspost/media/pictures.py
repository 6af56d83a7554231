"""Pictures as LinkedIn takes them: JPEG, PNG or GIF, upright, in sRGB-like colours, within its limits, without metadata.

A photograph tells where and when it was taken, with which camera, often by whom; none of that was meant to be published.
So what is sent holds pixels and a colour profile, and nothing else of the file.

Limits: Images API (JPG, PNG, GIF of at most 250 frames, fewer than 36,152,320 pixels). No number of bytes is published:
other clients use 5 or 8 MB, so 5 are safe.
"""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crosspost.media import gif, kinds
from crosspost.media.flaw import Flaw, not_taken, over_limit

if TYPE_CHECKING:
    from PIL import Image

PIXEL_LIMIT = 36_152_320
BYTE_LIMIT = 5_000_000
FRAME_LIMIT = 250

SOURCE_LIMIT = 100_000_000
"""Bytes of a file that are read at all."""

_BOMB = 128_000_000  # pixels: some 400 MB once decoded, more than any camera's picture needs on LinkedIn
_DECODERS = {
    "image/jpeg": ("JPEG", "MPO"),
    "image/png": ("PNG",),
    "image/gif": ("GIF",),
    "image/webp": ("WEBP",),
    "image/avif": ("AVIF",),
    "image/heic": ("HEIF",),
    "image/tiff": ("TIFF",),
    "image/bmp": ("BMP",),
}
_EXPORT = "save it as JPEG or PNG"
_PLAIN_MODES = frozenset({"1", "L", "P", "RGB"})
_QUALITIES = (92, 85, 78)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """A picture as it is sent; `change` says in words what a reader may see of the way there."""

    data: bytes
    media_type: str
    width: int
    height: int
    change: str | None = None


def convert(data: bytes) -> Ready:
    """Return a picture as LinkedIn takes it. The same bytes always give the same bytes.

    Raises:
        Flaw: It is none, is broken, or cannot be brought under a limit.
    """
    kind = kinds.media_type(data[: kinds.HEAD])
    if kind not in _DECODERS:
        raise not_taken(f"is no picture that LinkedIn takes ({kinds.word(kind)})", _EXPORT)
    if kind == "image/heic":
        import pillow_heif  # noqa: PLC0415  # heavy, and few pictures need it

        pillow_heif.register_heif_opener()
    try:
        return _animation(data) or _still(data, kind)
    except Flaw:
        raise
    except Exception as error:  # decoders raise what they meet: OSError, SyntaxError, struct.error, ValueError
        raise not_taken(f"cannot be read as a picture ({kinds.word(kind)}): {_said(error)}", _EXPORT) from error


def _said(error: Exception) -> str:
    return " ".join(str(error).split())[:100] or type(error).__name__


def _animation(data: bytes) -> Ready | None:
    """Return a GIF that moves, frame by frame as it is; None for everything else."""
    if not data.startswith(b"GIF8"):
        return None
    bare, frames = gif.bare(data)
    if frames <= 1:
        return None
    if frames > FRAME_LIMIT:
        raise over_limit(f"has {frames} frames; LinkedIn takes {FRAME_LIMIT}", "shorten the animation")
    if len(bare) > BYTE_LIMIT:
        raise over_limit(
            f"has {_megabytes(len(bare))}; 5 MB are safe", "make the animation smaller, or send it as a video"
        )
    with _opened(bare, "image/gif") as image:
        _check_pixels(image, PIXEL_LIMIT)
        image.seek(frames - 1)  # decodes them all
        image.load()
        return Ready(data=bare, media_type="image/gif", width=image.width, height=image.height)


def _still(data: bytes, kind: str) -> Ready:
    with _opened(data, kind) as image:
        _check_pixels(image, _BOMB)
        frames = getattr(image, "n_frames", 1) if kind != "image/jpeg" else 1  # of a JPEG: the same once more, for 3D
        changes = [f"as the first of {frames} frames"] if frames > 1 else []
        image.load()
        if kept := _as_it_is(image):
            return kept
        picture = _plain(_upright(image), changes)
    small = _within_pixels(picture, changes)
    lossless = kind in {"image/png", "image/gif", "image/bmp"} or "on white" in changes
    encoded, media_type, size = _encoded(small, lossless=lossless, changes=changes)
    if media_type != kind:
        changes.insert(0, f"as {kinds.word(media_type)} instead of {kinds.word(kind)}")
    return Ready(data=encoded, media_type=media_type, width=size[0], height=size[1], change=", ".join(changes) or None)


def _opened(data: bytes, kind: str) -> Image.Image:
    from PIL import Image  # noqa: PLC0415  # heavy, and most commands need none of it

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of bombs: see `_check_pixels`; of broken metadata, which is not used
        try:
            return Image.open(io.BytesIO(data), formats=_DECODERS[kind])
        except Image.DecompressionBombError:
            raise _too_many_pixels("far too many pixels") from None


def _check_pixels(image: Image.Image, limit: int) -> None:
    if image.width * image.height >= limit:
        raise _too_many_pixels(f"{image.width:,} × {image.height:,} pixels")


def _too_many_pixels(what: str) -> Flaw:
    return over_limit(f"has {what}, which is not even opened", "scale it down")


def _as_it_is(image: Image.Image) -> Ready | None:
    """Return a JPEG that needs no change, written anew at just its own quality; None for anything else."""
    fits = image.width * image.height < PIXEL_LIMIT
    if image.format != "JPEG" or image.mode not in {"L", "RGB"} or not fits or image.getexif().get(0x0112, 1) != 1:
        return None
    profile = image.info.get("icc_profile")
    image.info = {}  # Pillow would write comment and XMP again
    out = io.BytesIO()
    image.save(out, "JPEG", quality="keep", icc_profile=profile)
    if out.tell() > BYTE_LIMIT:
        image.info = {"icc_profile": profile} if profile else {}
        return None
    return Ready(data=out.getvalue(), media_type="image/jpeg", width=image.width, height=image.height)


def _upright(image: Image.Image) -> Image.Image:
    from PIL import ImageOps  # noqa: PLC0415  # see above

    return ImageOps.exif_transpose(image)


def _plain(image: Image.Image, changes: list[str]) -> Image.Image:
    """Return a picture without transparency, in grey, palette or RGB; its `info` holds a colour profile or nothing."""
    profile = image.info.get("icc_profile")
    if image.mode in {"CMYK", "YCCK", "LAB"}:
        return _to_srgb(image, profile)
    if image.has_transparency_data:
        image = _on_white(image, changes)
    elif image.mode.startswith(("I", "F")):
        image = _eight_bits(image)
    elif image.mode not in _PLAIN_MODES:
        image = image.convert("RGB")
    image = image.copy()
    grey_in_colour = image.mode not in {"RGB", "P"}  # a profile belongs to the colours it was made for
    image.info = {"icc_profile": profile} if profile and not grey_in_colour else {}
    return image


def _on_white(image: Image.Image, changes: list[str]) -> Image.Image:
    """LinkedIn shows transparency on whatever the reader's theme has behind it; white is what a page has."""
    from PIL import Image  # noqa: PLC0415  # see above

    with_alpha = image.convert("RGBA")
    if with_alpha.getchannel("A").getextrema() == (255, 255):
        return with_alpha.convert("RGB")
    changes.append("on white")
    white = Image.new("RGBA", with_alpha.size, "white")
    return Image.alpha_composite(white, with_alpha).convert("RGB")


def _eight_bits(image: Image.Image) -> Image.Image:
    """Return sixteen bits of grey as eight: Pillow's own conversion cuts at 255 instead of scaling (measured, 13.0)."""
    return image.convert("I").point(lambda value: value * (1 / 257)).convert("L")


def _to_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Return a picture made for print in the colours of screens: by its own profile where it has a sound one."""
    from PIL import ImageCms  # noqa: PLC0415  # see above

    if profile:
        try:
            source, target = ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB")
            converted = ImageCms.profileToProfile(image, source, target, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError):
            converted = None
        if converted is not None:
            converted.info = {}
            return converted
    converted = image.convert("RGB")
    converted.info = {}
    return converted


def _within_pixels(image: Image.Image, changes: list[str]) -> Image.Image:
    pixels = image.width * image.height
    if pixels < PIXEL_LIMIT:
        return image
    return _scaled(image, ((PIXEL_LIMIT - 1) / pixels) ** 0.5, changes)


def _scaled(image: Image.Image, factor: float, changes: list[str]) -> Image.Image:
    from PIL import Image  # noqa: PLC0415  # see above

    size = max(1, int(image.width * factor)), max(1, int(image.height * factor))
    info = image.info
    if image.mode in {"1", "P"}:
        image = image.convert("RGB")
    smaller = image.resize(size, Image.Resampling.LANCZOS)
    smaller.info = info
    changes[:] = [
        *(change for change in changes if not change.startswith("scaled")),
        f"scaled to {size[0]} × {size[1]}",
    ]
    return smaller


def _encoded(image: Image.Image, *, lossless: bool, changes: list[str]) -> tuple[bytes, str, tuple[int, int]]:
    """Return bytes under the limit, their type and the size in pixels."""
    profile = image.info.get("icc_profile")
    out = io.BytesIO()
    if lossless:
        image.save(out, "PNG", icc_profile=profile, compress_level=3)  # half the time, an eighth more bytes
        if out.tell() <= BYTE_LIMIT:
            return out.getvalue(), "image/png", image.size
    while True:
        flat = image if image.mode in {"L", "RGB"} else image.convert("RGB")
        for quality in _QUALITIES:
            out = io.BytesIO()
            # 4:4:4, since screenshots and drawings come this way too
            flat.save(out, "JPEG", quality=quality, subsampling=0, optimize=True, icc_profile=profile)
            if out.tell() <= BYTE_LIMIT:
                return out.getvalue(), "image/jpeg", image.size
        image = _scaled(image, 0.75, changes)


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB"
