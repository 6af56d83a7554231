"""Uploads: announced, sent, processed; what is refused on the way, and what a post may do with them meanwhile."""

import contextlib
import struct
import zlib
from datetime import timedelta

import httpx
import pytest

from crosspost.sandbox import Member, Token
from crosspost.sandbox.media import kinds

AUTHOR = "urn:li:person:sandbox-member"
PDF = b"%PDF-1.7\n/Type /Page\n"
MP4 = b"\x00\x00\x00\x18ftypmp42" + bytes(75_000)


def png(width=2, height=1):
    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IEND", b"")


def jpeg(width=2, height=1, start=0xC0):
    comment = b"\xff\xfe\x00\x04hi"
    frame = b"\xff" + bytes([start]) + struct.pack(">HBHHB", 11, 8, height, width, 1) + b"\x01\x11\x00"
    return b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff" + comment + frame + b"\xff\xd9"


def gif(frames=1, width=2, height=1):
    frame = b"\x21\xf9\x04\x00\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x80\x00\x00\x00\xff\xff\xff\x02\x02D\x01\x00"
    return (
        b"GIF89a" + struct.pack("<HH", width, height) + b"\x80\x00\x00\x00\x00\x00\xff\xff\xff" + frame * frames + b";"
    )


def enc(urn):
    return urn.replace(":", "%3A")


def code(response):
    assert response.status_code == 400, response.text
    return response.json()["errorDetails"]["inputErrors"][0]["code"]


@pytest.fixture
def partner(start_sandbox, connect):
    return connect(start_sandbox(profile="partner"))


def status(client, urn):
    response = client.get(f"/rest/{urn.split(':')[2]}s/{enc(urn)}")
    assert response.status_code == 200, response.text
    return response.json()["status"]


# --- images and documents --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["image", "document"])
def test_an_announcement_is_answered_as_recorded(sandbox, linkedin, sandbox_clock, kind):
    value = linkedin.announce(kind)
    assert list(value) == ["uploadUrlExpiresAt", "uploadUrl", kind]
    assert value["uploadUrlExpiresAt"] == round(sandbox_clock().timestamp() * 1000) + 24 * 3_600_000
    assert value["uploadUrl"].startswith(f"{sandbox.url}/dms-uploads/")
    assert value[kind].startswith(f"urn:li:{kind}:")


@pytest.mark.parametrize(("kind", "data"), [("image", png()), ("document", PDF)])
def test_a_file_waits_then_is_processed_then_ready(partner, sandbox_clock, kind, data):
    announced = partner.announce(kind)
    urn = announced[kind]
    assert status(partner, urn) == "WAITING_UPLOAD"
    response = partner.put(announced["uploadUrl"], data)
    assert (response.status_code, response.content) == (201, b"")
    assert status(partner, urn) == "PROCESSING"
    sandbox_clock.advance(seconds=1.9)
    assert status(partner, urn) == "PROCESSING"
    sandbox_clock.advance(seconds=0.1)
    assert status(partner, urn) == "AVAILABLE"


@pytest.mark.parametrize("kind", ["image", "document"])
def test_a_self_serve_app_is_not_told_how_far_it_is(linkedin, kind):
    response = linkedin.get(f"/rest/{kind}s/{enc(linkedin.announce(kind)[kind])}")
    message = f"Accessing this {kind} resource is forbidden. Please check your permissions for this resource"
    assert response.status_code == 403
    assert response.text == f'{{"status":403,"serviceErrorCode":100,"code":"ACCESS_DENIED","message":"{message}"}}'


def test_a_put_needs_the_bearer_of_the_owner(start_sandbox, connect):
    other = Token(member=Member(urn="urn:li:person:other"))
    client = connect(start_sandbox(tokens={"sandbox-token": Token(), "two": other}))
    url = client.announce()["uploadUrl"]
    assert client.put(url, png(), Authorization="").status_code == 401
    assert client.put(url, png(), Authorization="Bearer wrong").status_code == 401
    assert client.put(url, png(), Authorization="Bearer two").status_code == 404
    assert client.put(url + "x", png()).status_code == 404
    assert client.put(url, png()).status_code == 201


def test_an_announcement_needs_an_owner_that_the_token_may_be(linkedin):
    def announce(body, **headers):
        url = "/rest/images?action=initializeUpload"
        return linkedin.http.post(url, json=body, headers=linkedin.headers | headers).status_code

    good = {"initializeUploadRequest": {"owner": AUTHOR}}
    assert announce(good) == 200
    assert announce({"initializeUploadRequest": {"owner": "urn:li:person:somebody"}}) == 403
    assert announce({"initializeUploadRequest": {"owner": AUTHOR, "extra": 1}}) == 403
    assert announce({"initializeUploadRequest": {}}) == 422
    assert announce(good, **{"LinkedIn-Version": ""}) == 400
    assert linkedin.http.post("/rest/images", json=good, headers=linkedin.headers).status_code == 404


@pytest.mark.parametrize("age", [24 * 3600 - 1, 24 * 3600])
def test_an_upload_address_expires_after_a_day(linkedin, sandbox_clock, age):
    url = linkedin.announce()["uploadUrl"]
    sandbox_clock.advance(seconds=age)
    response = linkedin.put(url, png())
    if age < 24 * 3600:
        assert response.status_code == 201
    else:
        assert code(response) == "EXPIRED_UPLOAD_URL"


@pytest.mark.parametrize("data", [png(), jpeg(), jpeg(start=0xC2), gif(), gif(250)], ids=len)
def test_png_jpeg_and_gif_are_images(partner, sandbox_clock, data):
    urn = partner.upload(data)
    sandbox_clock.advance(seconds=2)
    assert status(partner, urn) == "AVAILABLE"


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("image", b""),
        ("image", b"RIFF\x00\x00\x00\x00WEBPVP8 "),
        ("image", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("image", PDF),
        ("document", png()),
        ("document", b"plain text"),
    ],
)
def test_what_is_no_such_file_is_refused(linkedin, kind, data):
    assert linkedin.put(linkedin.announce(kind)["uploadUrl"], data).status_code == 415


@pytest.mark.parametrize(
    ("name", "expected"), [("image/png", 201), ("image/jpeg", 415), ("multipart/form-data", 415), ("", 415)]
)
def test_the_declared_type_has_to_be_the_files(linkedin, name, expected):
    response = linkedin.put(linkedin.announce()["uploadUrl"], png(), **{"Content-Type": name})
    assert response.status_code == expected


def test_too_many_bytes_are_refused(linkedin):
    url = linkedin.announce()["uploadUrl"]
    assert linkedin.put(url, png() + bytes(8_000_000)).status_code == 413
    assert linkedin.put(url, png() + bytes(7_000_000)).status_code == 201


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("image", png(6013, 6013)),  # 36,156,169 pixels
        ("image", jpeg(36_152, 1001)),
        ("image", gif(width=65_000, height=600)),
        ("image", gif(251)),
        ("image", png()[:20]),
        ("image", png(0, 5)),
        ("image", jpeg()[:25]),
        ("image", b"\xff\xd8\xff"),
        ("document", PDF + b"/Encrypt 5 0 R"),
        ("document", PDF * 301),
    ],
    ids=lambda value: value if isinstance(value, str) else f"{len(value)} bytes",
)
def test_what_cannot_be_processed_fails_a_while_after_its_upload(partner, sandbox_clock, kind, data):
    urn = partner.upload(data, kind)
    assert status(partner, urn) == "PROCESSING"
    sandbox_clock.advance(seconds=2)
    assert status(partner, urn) == "PROCESSING_FAILED"
    content = {"media": {"id": urn, "title": "T"}}
    assert code(partner.post(content=content)) == "MEDIA_ASSET_PROCESSING_FAILED"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("image/png", png(30, 20)),
        ("image/gif", gif(width=30, height=20)),
        ("image/jpeg", jpeg(30, 20)),
        ("image/jpeg", jpeg(30, 20).replace(b"\xff\xfe\x00\x04hi", b"\xff\xc4\x00\x09\x08\x00\x01\x00\x01\x00\x01")),
        ("image/jpeg", jpeg(30, 20).replace(b"\xff\xfe\x00\x04hi", b"\xff\x01\xff\xff")),
    ],
    ids=["png", "gif", "jpeg", "jpeg with a table before its frame", "jpeg with a bare marker and a fill byte"],
)
def test_width_and_height_are_read_from_the_header(name, data):
    assert kinds.dimensions(name, data) == (30, 20)


def test_just_under_the_pixel_limit_is_fine():
    assert kinds.defect("image/png", png(6012, 6013)) is None
    assert kinds.defect("image/png", png(6012, 6014)) is not None


def test_a_processing_can_be_made_to_fail(sandbox, linkedin, sandbox_clock):
    sandbox.fault("processing-failed", on="PUT /dms-uploads/image/{key}")
    bad, good = linkedin.upload(png()), linkedin.upload(png())
    sandbox_clock.advance(seconds=2)
    assert code(linkedin.post("bad", content={"media": {"id": bad}})) == "MEDIA_ASSET_PROCESSING_FAILED"
    assert linkedin.post("good", content={"media": {"id": good}}).status_code == 201


@pytest.mark.parametrize("kind", ["image", "document", "video"])
def test_an_announcement_may_name_a_host_of_somebody_else(sandbox, linkedin, kind):
    sandbox.fault("foreign-upload-url", on=f"POST /rest/{kind}s?action=initializeUpload")
    more = {"fileSizeBytes": 80_000} if kind == "video" else {}
    assert "https://uploads.example.com/" in str(linkedin.announce(kind, **more))


@pytest.mark.parametrize("kind", ["drop-after-commit", "500", "503", "429", "redirect"])
def test_faults_strike_uploads_too(sandbox, linkedin, kind):
    sandbox.fault(kind, on="PUT /dms-uploads/image/{key}")
    url = linkedin.announce()["uploadUrl"]
    with contextlib.suppress(httpx.TransportError):
        assert linkedin.put(url, png()).status_code != 201
    assert linkedin.put(url, png()).status_code == 201


# --- posts and media that are not ready ------------------------------------------------------------------------------


def test_a_post_with_media_that_wait_for_their_upload_is_refused(linkedin):
    response = linkedin.post(content={"media": {"id": linkedin.announce()["image"]}})
    assert code(response) == "MEDIA_ASSET_WAITING_UPLOAD"
    assert response.json()["message"].endswith("Media asset is waiting upload")


def test_a_post_with_media_in_process_is_answered_201_and_never_appears(sandbox, linkedin, sandbox_clock):
    response = linkedin.post("phantom", content={"media": {"id": linkedin.upload(png())}})
    urn = response.headers["x-restli-id"]
    assert response.status_code == 201
    sandbox_clock.advance(hours=1)
    assert sandbox.posts == ()
    assert [post.urn for post in sandbox.phantoms] == [urn]
    assert "phantom" not in linkedin.http.get("/feed").text
    assert linkedin.delete(f"/rest/posts/{enc(urn)}").status_code == 404
    assert [post["urn"] for post in linkedin.http.get("/_sandbox/phantoms").json()] == [urn]


def test_the_phantom_can_be_switched_off(start_sandbox, connect):
    sandbox = start_sandbox(early_media="accept")
    client = connect(sandbox)
    client.post(content={"media": {"id": client.upload(png())}})
    assert len(sandbox.posts) == 1


def test_the_processing_time_is_a_setting(start_sandbox, connect):
    sandbox = start_sandbox(processing=timedelta(0))
    client = connect(sandbox)
    client.post(content={"media": {"id": client.upload(png())}})
    assert len(sandbox.posts) == 1


# --- videos ----------------------------------------------------------------------------------------------------------

PART = 4_194_304


def announce_video(client, size):
    return client.announce("video", fileSizeBytes=size, uploadCaptions=False, uploadThumbnail=False)


def put_parts(client, announced, data):
    etags = []
    for part in announced["uploadInstructions"]:
        piece = data[part["firstByte"] : part["lastByte"] + 1]
        headers = {"Content-Type": "application/octet-stream"}
        response = client.http.put(part["uploadUrl"], content=piece, headers=headers)
        assert response.status_code == 200, response.text
        assert response.headers["etag"].startswith('"')
        etags.append(response.headers["etag"].strip('"'))
    return etags


def finalize(client, urn, etags, token=""):
    body = {"finalizeUploadRequest": {"video": urn, "uploadToken": token, "uploadedPartIds": etags}}
    return client.http.post("/rest/videos?action=finalizeUpload", json=body, headers=client.headers)


def test_a_video_goes_up_in_parts_and_its_status_is_told_to_everybody(sandbox, linkedin, sandbox_clock):
    data = MP4 + bytes(PART)
    announced = announce_video(linkedin, len(data))
    bounds = [(part["firstByte"], part["lastByte"]) for part in announced["uploadInstructions"]]
    assert bounds == [(0, PART - 1), (PART, len(data) - 1)]
    assert announced["uploadToken"] == ""
    urn = announced["video"]
    etags = put_parts(linkedin, announced, data)
    assert status(linkedin, urn) == "WAITING_UPLOAD"
    response = finalize(linkedin, urn, etags)
    assert (response.status_code, response.content) == (200, b"")
    assert status(linkedin, urn) == "PROCESSING"
    sandbox_clock.advance(seconds=2)
    assert status(linkedin, urn) == "AVAILABLE"
    assert linkedin.post(content={"media": {"id": urn, "title": "Clip"}}).status_code == 201
    assert linkedin.http.get(f"/feed/media/{enc(urn)}").content == data


def test_a_part_is_sent_without_the_bearer(linkedin):
    url = announce_video(linkedin, len(MP4))["uploadInstructions"][0]["uploadUrl"]
    assert linkedin.put(url, MP4).status_code == 400


def test_a_part_has_its_own_length_and_place(linkedin):
    url = announce_video(linkedin, len(MP4))["uploadInstructions"][0]["uploadUrl"]
    headers = {"Content-Type": "application/octet-stream"}
    assert linkedin.http.put(url, content=MP4[:-1], headers=headers).status_code == 400
    assert linkedin.http.put(url, content=MP4, headers={"Content-Type": "video/mp4"}).status_code == 415
    for other in (url[:-1] + "1", url[:-1] + "x", url.replace("/0", "x/0")):
        assert linkedin.http.put(other, content=MP4, headers=headers).status_code == 404


def test_the_parts_have_to_be_named_in_order(linkedin):
    data = MP4 + bytes(PART)
    announced = announce_video(linkedin, len(data))
    etags = put_parts(linkedin, announced, data)
    for wrong in (etags[::-1], etags[:1], [f'"{etag}"' for etag in etags], []):
        assert finalize(linkedin, announced["video"], wrong).status_code == 400
    assert finalize(linkedin, announced["video"], etags).status_code == 200
    assert finalize(linkedin, "urn:li:video:never-was", etags).status_code == 404


@pytest.mark.parametrize(
    ("size", "expected"), [(74_999, 400), (75_000, 200), (500_000_001, 400), (-1, 400), (True, 422), ("80000", 422)]
)
def test_a_video_has_a_size(linkedin, size, expected):
    body = {"initializeUploadRequest": {"owner": AUTHOR, "fileSizeBytes": size}}
    response = linkedin.http.post("/rest/videos?action=initializeUpload", json=body, headers=linkedin.headers)
    assert response.status_code == expected


def test_a_video_belongs_to_who_announced_it(start_sandbox, connect):
    other = Token(member=Member(urn="urn:li:person:other"))
    sandbox = start_sandbox(tokens={"sandbox-token": Token(), "two": other})
    mine, theirs = connect(sandbox), connect(sandbox, Authorization="Bearer two")
    body = {"initializeUploadRequest": {"owner": AUTHOR, "fileSizeBytes": 80_000}}
    url = "/rest/videos?action=initializeUpload"
    assert theirs.http.post(url, json=body, headers=theirs.headers).status_code == 403
    announced = announce_video(mine, len(MP4))
    etags = put_parts(mine, announced, MP4)
    assert finalize(theirs, announced["video"], etags).status_code == 404
    assert theirs.get(f"/rest/videos/{enc(announced['video'])}").status_code == 404


def test_what_is_no_mp4_fails(linkedin, sandbox_clock):
    announced = announce_video(linkedin, 80_000)
    finalize(linkedin, announced["video"], put_parts(linkedin, announced, bytes(80_000)))
    sandbox_clock.advance(seconds=2)
    assert status(linkedin, announced["video"]) == "PROCESSING_FAILED"


def test_the_processing_of_a_video_can_be_made_to_fail(sandbox, linkedin, sandbox_clock):
    sandbox.fault("processing-failed", on="PUT /dms-uploads/video/{key}/{part}")
    announced = announce_video(linkedin, len(MP4))
    finalize(linkedin, announced["video"], put_parts(linkedin, announced, MP4))
    sandbox_clock.advance(seconds=2)
    assert status(linkedin, announced["video"]) == "PROCESSING_FAILED"


def test_the_address_of_a_part_lives_30_days(linkedin, sandbox_clock):
    announced = announce_video(linkedin, len(MP4))
    sandbox_clock.advance(days=30)
    url = announced["uploadInstructions"][0]["uploadUrl"]
    response = linkedin.http.put(url, content=MP4, headers={"Content-Type": "application/octet-stream"})
    assert code(response) == "EXPIRED_UPLOAD_URL"
