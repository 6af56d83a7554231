"""Small pictures, documents and videos, made anew for each test."""

from __future__ import annotations

import io
import random
import struct

from PIL import Image

SECRET = "SECRETCAMERA"


def picture(size=(60, 30)) -> Image.Image:
    """Return a picture in which no two corners are alike: red, green, blue, black."""
    image = Image.new("RGB", size, "gray")
    width, height = size
    for corner, color in (((0, 0), "red"), ((1, 0), "lime"), ((0, 1), "blue"), ((1, 1), "black")):
        x, y = corner[0] * (width // 2), corner[1] * (height // 2)
        image.paste(color, (x, y, x + width // 2, y + height // 2))
    return image


def encoded(image: Image.Image, form: str, **options) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def taken_somewhere(orientation: int = 1) -> Image.Exif:
    """Return what a camera writes into a picture: which one it is, and where it was."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = orientation, SECRET
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2] = "N", (52.0, 31.0, 12.0)
    return exif


def png(text: str = "", size=(60, 30)) -> bytes:
    """Return a PNG that differs by `text`."""
    image = picture(size)
    for index, code in enumerate(text.encode()):
        image.putpixel((index, 0), (code, 0, 0))
    return encoded(image, "PNG")


def pdf(pages: int = 1) -> bytes:
    kids = b"".join(b"%d 0 obj<</Type/Page/Parent 2 0 R>>endobj\n" % number for number in range(3, 3 + pages))
    head = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 1>>endobj\n"
    return head + kids + b"trailer<</Root 1 0 R>>\n%%EOF\n"


def box(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(body), name) + body


def mp4(size: int = 100_000, seconds: float = 5, place: bytes = b"+52.5200+013.4050/", brand: bytes = b"mp42") -> bytes:
    """Return what begins like a video of a phone: its length, and the place where it was shot."""
    header = box(b"mvhd", bytes(12) + struct.pack(">II", 1000, int(seconds * 1000)) + bytes(80))
    where = box(b"udta", box(b"\xa9xyz", struct.pack(">HH", len(place), 0x15C7) + place))
    track = box(b"trak", box(b"tkhd", bytes(84)) + where)
    index = box(b"ftyp", brand + bytes(4) + b"mp42isom") + box(b"moov", header + track + where)
    return index + box(b"mdat", random.Random(7).randbytes(max(0, size - len(index) - 8)))
