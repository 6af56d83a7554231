"""Pictures: brought into a form that LinkedIn takes, and freed of everything but what one sees."""

import io
import struct
import zlib

import pytest
from PIL import Image, ImageCms

from crosspost.media import gif, pictures
from crosspost.media.flaw import Flaw
from crosspost.media.pictures import BYTE_LIMIT, PIXEL_LIMIT, convert
from media_samples import SECRET, encoded, picture, taken_somewhere

SMOOTH = Image.radial_gradient("L").resize((90, 60)).convert("RGB")
PRIVATE = (SECRET.encode(), b"Exif", b"http://ns.adobe.com", b"xmpmeta", b"eXIf", b"tEXt", b"iTXt")


def shown(ready):
    return Image.open(io.BytesIO(ready.data)).convert("RGB")


def near(one, other, most=40):
    return all(abs(a - b) <= most for a, b in zip(one, other, strict=True))


def refusal(data):
    with pytest.raises(Flaw) as caught:
        convert(data)
    return caught.value


@pytest.mark.parametrize(
    ("form", "options"),
    [
        ("JPEG", {"exif": taken_somewhere(), "comment": SECRET.encode(), "xmp": b"<x:xmpmeta SECRETCAMERA"}),
        ("JPEG", {"exif": taken_somewhere(6), "comment": SECRET.encode()}),
        ("PNG", {"exif": taken_somewhere()}),
        ("WEBP", {"exif": taken_somewhere(), "xmp": b"<x:xmpmeta SECRETCAMERA"}),
        ("AVIF", {"exif": taken_somewhere(), "xmp": b"<x:xmpmeta SECRETCAMERA"}),
        ("TIFF", {"exif": taken_somewhere()}),
    ],
    ids=["jpeg", "jpeg-turned", "png", "webp", "avif", "tiff"],
)
def test_no_place_no_camera_and_no_comment_is_sent(form, options):
    data = encoded(picture(), form, **options)
    assert SECRET.encode() in data, "the sample has it"
    sent = convert(data).data
    assert not [word for word in PRIVATE if word in sent]
    assert not Image.open(io.BytesIO(sent)).getexif()


def test_what_follows_the_end_of_a_jpeg_is_not_sent():
    data = encoded(picture(), "JPEG") + b"ftypmp42" + SECRET.encode()
    assert SECRET.encode() not in convert(data).data


@pytest.mark.parametrize("quality", [30, 60, 95])
def test_a_jpeg_that_needs_no_change_keeps_its_quality(quality):
    data = encoded(SMOOTH, "JPEG", quality=quality, exif=taken_somewhere())
    ready = convert(data)
    assert (ready.media_type, ready.width, ready.height, ready.change) == ("image/jpeg", 90, 60, None)
    before, after = Image.open(io.BytesIO(data)), Image.open(io.BytesIO(ready.data))
    assert after.quantization == before.quantization
    assert near(after.convert("RGB").tobytes(), before.convert("RGB").tobytes(), 16)


@pytest.mark.parametrize(("orientation", "corner"), [(1, "red"), (3, "black"), (6, "blue"), (8, "lime"), (2, "lime")])
def test_a_picture_stands_upright_whatever_the_camera_noted(orientation, corner):
    ready = convert(encoded(picture(), "JPEG", quality=95, exif=taken_somewhere(orientation)))
    colors = {"red": (255, 0, 0), "black": (0, 0, 0), "blue": (0, 0, 255), "lime": (0, 255, 0)}
    assert (ready.width, ready.height) == ((30, 60) if orientation in {6, 8} else (60, 30))
    assert near(shown(ready).getpixel((3, 3)), colors[corner])


@pytest.mark.parametrize(
    ("form", "media_type"),
    [
        ("WEBP", "image/jpeg"),
        ("AVIF", "image/jpeg"),
        ("TIFF", "image/jpeg"),
        ("BMP", "image/png"),
        ("GIF", "image/png"),
    ],
)
def test_forms_that_linkedin_does_not_take_become_some_that_it_does(form, media_type):
    ready = convert(encoded(picture(), form))
    assert ready.media_type == media_type
    assert f"instead of {'WebP' if form == 'WEBP' else form}" in ready.change
    assert near(shown(ready).getpixel((3, 3)), (255, 0, 0))


def test_heic_becomes_jpeg():
    heif = pytest.importorskip("pillow_heif")
    out = io.BytesIO()
    heif.from_pillow(picture((64, 64))).save(out)
    ready = convert(out.getvalue())
    assert (ready.media_type, ready.width) == ("image/jpeg", 64)
    assert near(shown(ready).getpixel((3, 3)), (255, 0, 0))


@pytest.mark.parametrize("form", ["PNG", "WEBP"])
def test_transparency_is_put_on_white(form):
    ready = convert(encoded(Image.new("RGBA", (20, 20), (255, 0, 0, 0)), form))
    assert (ready.media_type, shown(ready).getpixel((5, 5))) == ("image/png", (255, 255, 255))
    assert "on white" in ready.change


def test_a_picture_that_could_be_transparent_and_is_not_is_not_said_to_be():
    assert convert(encoded(picture().convert("RGBA"), "PNG")).change is None


def test_a_transparent_palette_is_put_on_white_too():
    image = Image.new("P", (20, 20))
    image.putpalette([0, 0, 0, 255, 0, 0])
    assert shown(convert(encoded(image, "PNG", transparency=0))).getpixel((5, 5)) == (255, 255, 255)


def test_colours_for_print_become_those_of_screens():
    ready = convert(encoded(Image.new("CMYK", (20, 20), (0, 255, 255, 0)), "JPEG", quality=95))
    assert Image.open(io.BytesIO(ready.data)).mode == "RGB"
    assert near(shown(ready).getpixel((5, 5)), (255, 0, 0))


def test_a_broken_profile_for_print_stops_nothing():
    data = encoded(Image.new("CMYK", (20, 20), (0, 255, 255, 0)), "JPEG", icc_profile=b"no profile at all" * 20)
    assert near(shown(convert(data)).getpixel((5, 5)), (255, 0, 0))


def test_a_colour_profile_is_kept():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for form, options in (("JPEG", {}), ("JPEG", {"exif": taken_somewhere(6)}), ("PNG", {}), ("WEBP", {})):
        ready = convert(encoded(picture(), form, icc_profile=profile, **options))
        assert Image.open(io.BytesIO(ready.data)).info["icc_profile"] == profile


def test_sixteen_bits_of_grey_stay_as_bright_as_they_are():
    assert near(shown(convert(encoded(Image.new("I;16", (9, 9), 32768), "PNG"))).getpixel((2, 2)), (127,) * 3, 2)


def test_too_many_pixels_are_scaled_down():
    ready = convert(encoded(Image.new("L", (8000, 6000), 7), "PNG"))
    assert ready.width * ready.height < PIXEL_LIMIT
    assert abs(ready.width / ready.height - 4 / 3) < 0.01
    assert f"scaled to {ready.width} × {ready.height}" in ready.change


@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_too_many_bytes_become_fewer(form, monkeypatch):
    monkeypatch.setattr(pictures, "BYTE_LIMIT", 60_000)
    noise = Image.effect_noise((400, 300), 100).convert("RGB")
    ready = convert(encoded(noise, form, **({"quality": 100} if form == "JPEG" else {})))
    assert len(ready.data) <= 60_000
    assert ready.media_type == "image/jpeg"
    assert Image.open(io.BytesIO(ready.data)).size == (ready.width, ready.height)


def test_the_same_picture_gives_the_same_bytes():
    data = encoded(picture(), "WEBP")
    assert convert(data) == convert(data)


def test_what_was_converted_needs_no_change():
    for form in ("PNG", "JPEG", "WEBP"):
        once = convert(encoded(SMOOTH, form))
        twice = convert(once.data)
        assert (twice.media_type, twice.change) == (once.media_type, None)
        assert near(shown(twice).tobytes(), shown(once).tobytes(), 16)


def chunk(name, body):
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


@pytest.mark.parametrize("side", [12_000, 50_000])
def test_a_decompression_bomb_is_not_opened(side):
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    bomb = (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(999))) + chunk(b"IEND", b"")
    )
    flaw = refusal(bomb)
    assert flaw.code == "XP405"
    assert "not even opened" in flaw.message


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "none of the known types"),
        (b"hello", "none of the known types"),
        (b"<?xml version='1.0'?><svg xmlns='x'/>", "SVG"),
        (b"%PDF-1.4", "PDF"),
        (b"\x00\x00\x00\x18ftypmp42", "MP4"),
        (encoded(picture(), "JPEG")[:700], "JPEG"),
        (encoded(picture(), "PNG")[:60], "PNG"),
        (b"GIF89a", "GIF"),
        (b"\x89PNG\r\n\x1a\n" + bytes(40), "PNG"),
        (b"\x00\x00\x00\x18ftypavif" + bytes(40), "AVIF"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 " + bytes(40), "WebP"),
    ],
)
def test_what_is_no_picture_or_a_broken_one_is_refused_with_what_it_is(data, said):
    flaw = refusal(data)
    assert flaw.code == "XP404"
    assert said in flaw.message
    assert flaw.fix == "save it as JPEG or PNG"


def animation(frames, **options):
    images = [Image.new("RGB", (9, 9), (index % 256, 255 - index % 256, index // 256)) for index in range(frames)]
    return encoded(images[0], "GIF", save_all=True, append_images=images[1:], loop=0, **options)


def test_an_animation_keeps_its_frames_and_loses_its_comment():
    data = animation(3, comment=SECRET.encode())
    assert SECRET.encode() in data
    ready = convert(data)
    assert (ready.media_type, ready.change) == ("image/gif", None)
    assert SECRET.encode() not in ready.data
    before, after = Image.open(io.BytesIO(data)), Image.open(io.BytesIO(ready.data))
    assert (after.n_frames, after.info["loop"]) == (3, 0)
    for frame in range(3):
        before.seek(frame)
        after.seek(frame)
        assert before.convert("RGB").tobytes() == after.convert("RGB").tobytes()


@pytest.mark.parametrize(("frames", "taken"), [(250, True), (251, False)])
def test_an_animation_has_at_most_250_frames(frames, taken):
    if taken:
        assert gif.bare(convert(animation(frames)).data)[1] == frames
    else:
        assert refusal(animation(frames)).code == "XP405"


def test_an_animation_that_breaks_off_is_refused():
    assert refusal(animation(3)[:-40]).code == "XP404"


def test_of_another_animation_the_first_frame_is_sent_and_said_so():
    frames = [picture(), picture().rotate(180)]
    ready = convert(encoded(frames[0], "WEBP", save_all=True, append_images=frames[1:], lossless=True))
    assert "as the first of 2 frames" in ready.change
    assert near(shown(ready).getpixel((3, 3)), (255, 0, 0))


def test_the_limits_are_linkedins():
    assert (PIXEL_LIMIT, BYTE_LIMIT, pictures.FRAME_LIMIT) == (36_152_320, 5_000_000, 250)
