"""Which files a post may name, and what documents and videos have to be."""

import hashlib
import io
import os
import time
import zipfile
import zlib

import httpx
import pytest

from crosspost.errors import FileUnusable
from crosspost.media import documents, kinds, site_files, videos
from crosspost.media.fetch import fetch
from crosspost.media.flaw import Flaw
from crosspost.media.places import Places, Remote
from crosspost.media.site_files import SiteFiles
from crosspost.model import Document, Picture, Video
from media_samples import box, mp4, pdf, png

POST = "_posts/2026-11-22-a.md"
URL = "https://blog.example"


@pytest.fixture
def root(tmp_path):
    root = tmp_path / "site"
    (root / "_posts").mkdir(parents=True)
    (root / "assets" / "my pictures").mkdir(parents=True)
    (root / "assets" / "a.png").write_bytes(png("a"))
    (root / "assets" / "my pictures" / "b.png").write_bytes(png("b"))
    (root / "_posts" / "beside.png").write_bytes(png("c"))
    (tmp_path / "secret.png").write_bytes(png("secret"))
    return root


@pytest.fixture
def find(root):
    places = Places(root=root, url=URL, baseurl="/blog")

    def found(source):
        path = places.find(source, POST)
        return path if isinstance(path, Remote) else path.relative_to(root.resolve()).as_posix()

    return found


@pytest.mark.parametrize(
    ("source", "path"),
    [
        ("/assets/a.png", "assets/a.png"),
        ("assets/a.png", "assets/a.png"),
        (" assets/a.png ", "assets/a.png"),
        ("/blog/assets/a.png", "assets/a.png"),
        ("https://blog.example/blog/assets/a.png", "assets/a.png"),
        ("http://BLOG.example/assets/a.png?v=2#x", "assets/a.png"),
        ("//blog.example/assets/a.png", "assets/a.png"),
        ("/assets/a.png?v=2", "assets/a.png"),
        ("/assets/my%20pictures/b.png", "assets/my pictures/b.png"),
        ("/assets/my pictures/b.png", "assets/my pictures/b.png"),
        ("beside.png", "_posts/beside.png"),
        ("../assets/a.png", "assets/a.png"),
        ("assets/../assets/a.png", "assets/a.png"),
    ],
)
def test_a_name_leads_to_a_file_of_the_site(find, source, path):
    assert find(source) == path


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("../secret.png", "outside the site"),
        ("/../secret.png", "outside the site"),
        ("%2e%2e/secret.png", "outside the site"),
        ("../../secret.png", "outside the site"),
        ("link.png", "outside the site"),
        ("folder/secret.png", "outside the site"),
        ("file:///etc/passwd", "no file of the site"),
        ("data:image/png;base64,AAAA", "no file of the site"),
        ("ftp://blog.example/a.png", "no file of the site"),
        ("https://cdn.example/a.png", "lies on cdn.example"),
        ("https://blog.example.evil.example/a.png", "lies on blog.example.evil.example"),
        ("https://blog.example:8443/a.png", "lies on blog.example"),
        ("https://user:word@blog.example/a.png", "lies on blog.example"),
        ("https://[/a.png", "no address"),
        ("/etc/passwd", "not there"),
        ("assets", "not there"),
        ("assets/none.png", "not there"),
        ("assets/a.png\x00", "not there"),
        ("", "not there"),
        ("/", "not there"),
        ("http://blog.example/none.png", "not there"),
    ],
)
def test_nothing_else_is_read(find, root, source, said):
    (root / "link.png").symlink_to(root.parent / "secret.png")
    (root / "folder").symlink_to(root.parent, target_is_directory=True)
    with pytest.raises(Flaw, match=said) as caught:
        find(source)
    assert caught.value.code == "XP403"


def test_a_link_inside_the_site_is_followed(find, root):
    (root / "link.png").symlink_to(root / "assets" / "a.png")
    assert find("link.png") == "assets/a.png"


def test_links_in_a_circle_are_no_file(find, root):
    (root / "x.png").symlink_to(root / "y.png")
    (root / "y.png").symlink_to(root / "x.png")
    with pytest.raises(Flaw, match="not there"):
        find("x.png")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes are a thing of Unix")
def test_a_pipe_is_no_file(find, root):
    os.mkfifo(root / "pipe.png")
    with pytest.raises(Flaw, match="not there"):
        find("pipe.png")


def test_what_only_the_site_has_is_to_be_fetched_over_https(find):
    assert find("https://blog.example/none.png") == Remote("https://blog.example/none.png")


def files(root, url=URL):
    return SiteFiles(Places(root=root, url=url, baseurl=""))


def test_what_is_seen_is_what_is_opened(root):
    for attachment in (Picture(source="assets/a.png"), Document(source="a.pdf"), Video(source="a.mp4")):
        (root / "a.pdf").write_bytes(pdf())
        (root / "a.mp4").write_bytes(mp4())
        seen, opened = files(root).look(POST, attachment), files(root).open(POST, attachment)
        data = opened.read(0, opened.file.size + 1)
        assert seen == opened.file
        assert (len(data), hashlib.sha256(data).hexdigest()) == (seen.size, seen.digest)


def test_a_finding_names_post_line_file_and_remedy(root):
    with pytest.raises(FileUnusable) as caught:
        files(root).look(POST, Picture(source="none.png", line=7))
    finding = caught.value.finding
    assert (finding.post, finding.line, finding.code, finding.message) == (POST, 7, "XP403", "none.png is not there")
    assert finding.fix


def test_a_file_that_may_not_be_read_is_a_finding(root, monkeypatch):
    def denied(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.open", denied)
    with pytest.raises(FileUnusable, match="cannot be read: Permission denied"):
        files(root).look(POST, Picture(source="assets/a.png"))


def test_looking_asks_no_network_and_opening_fetches(root, monkeypatch):
    asked = []
    monkeypatch.setattr(site_files, "fetch", lambda url, limit: asked.append((url, limit)) or png("x"))
    remote = Picture(source="https://blog.example/x.png")
    assert files(root).look(POST, remote) is None
    assert asked == []
    assert files(root).open(POST, remote).file.media_type == "image/png"
    assert asked == [("https://blog.example/x.png", 100_000_000)]


def test_a_picture_that_is_far_too_large_is_not_read(root):
    with (root / "huge.png").open("wb") as file:
        file.truncate(100_000_001)
    with pytest.raises(FileUnusable, match="more than 100 MB"):
        files(root).look(POST, Picture(source="huge.png"))


# --- fetching -------------------------------------------------------------------------------------------------------


def served(answers):
    return httpx.MockTransport(lambda request: answers[str(request.url)])


def test_a_file_is_fetched_from_the_site_alone():
    answers = {
        "https://blog.example/a": httpx.Response(301, headers={"Location": "/b"}),
        "https://blog.example/b": httpx.Response(200, content=b"data"),
    }
    assert fetch("https://blog.example/a", 10, served(answers)) == b"data"


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (httpx.Response(302, headers={"Location": "https://elsewhere.example/"}), "another host"),
        (httpx.Response(302, headers={"Location": "http://blog.example/b"}), "another host"),
        (httpx.Response(302, headers={"Location": "/a"}), "again and again"),
        (httpx.Response(404), "answers 404"),
        (httpx.Response(200, content=b"x" * 11), "more than"),
    ],
)
def test_whatever_else_the_site_says_is_a_flaw(answer, said):
    with pytest.raises(Flaw, match=said):
        fetch("https://blog.example/a", 10, served({"https://blog.example/a": answer}))


def test_a_large_file_is_fetched_in_the_time_of_a_large_file():
    class Pieces(httpx.SyncByteStream):
        def __iter__(self):
            return iter([bytes(16_384)] * 3200)

    begun = time.process_time()
    answers = {"https://blog.example/a": httpx.Response(200, stream=Pieces())}
    assert len(fetch("https://blog.example/a", 100_000_000, served(answers))) == 52_428_800
    assert time.process_time() - begun < 3  # 0.1 where each byte is copied twice, 40 where with every piece of it


def test_a_site_that_is_down_is_a_flaw():
    def down(request):
        raise httpx.ConnectError("no")

    with pytest.raises(Flaw, match="cannot be fetched"):
        fetch("https://blog.example/a", 10, httpx.MockTransport(down))


# --- documents ------------------------------------------------------------------------------------------------------


def checked(data):
    return documents.check(io.BytesIO(data), len(data))


def office(*names):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (pdf(), "application/pdf"),
        (office("word/document.xml"), "wordprocessingml.document"),
        (office("ppt/presentation.xml"), "presentationml.presentation"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "application/msword"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "PowerPoint Document".encode("utf-16-le"), "vnd.ms-powerpoint"),
    ],
)
def test_documents_are_known_by_their_content(data, media_type):
    assert checked(data).endswith(media_type)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (office("xl/workbook.xml"), "XP404"),
        (b"PK\x03\x04broken", "XP404"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"Workbook", "XP404"),
        (png(), "XP404"),
        (b"", "XP404"),
        (pdf() + b"trailer<</Encrypt 5 0 R>>", "XP404"),
        (pdf(301), "XP405"),
    ],
)
def test_documents_that_linkedin_does_not_take_are_refused(data, code):
    with pytest.raises(Flaw) as caught:
        checked(data)
    assert caught.value.code == code


def test_300_pages_are_taken():
    assert checked(pdf(300)) == "application/pdf"


def test_pages_in_compressed_object_streams_are_counted_too():
    packed = zlib.compress(b"<</Type/Page>>" * 301)
    data = (
        b"%%PDF-1.5\n7 0 obj<</Type/ObjStm/N 301/Length %d>>stream\n" % len(packed) + packed + b"\nendstream endobj\n"
    )
    with pytest.raises(Flaw, match="301 pages"):
        checked(data)


def test_a_broken_object_stream_stops_nothing():
    assert checked(b"%PDF-1.5\n7 0 obj<</Type/ObjStm>>stream\nnonsense\nendstream") == "application/pdf"


def test_a_document_has_at_most_100_megabytes():
    with pytest.raises(Flaw, match="100 MB"):
        documents.check(io.BytesIO(pdf()), 100_000_001)


# --- videos ---------------------------------------------------------------------------------------------------------


def test_of_a_video_the_place_is_not_sent(root):
    data = mp4()
    (root / "a.mp4").write_bytes(data)
    opened = files(root).open(POST, Video(source="a.mp4"))
    sent = opened.read(0, len(data))
    assert len(sent) == len(data)
    assert data.count(b"udta") == 2
    assert sent.count(b"udta") == 0
    assert [at for at in range(len(data)) if sent[at] != data[at]] == [
        at + i for at in videos.check(io.BytesIO(data), len(data)) for i in range(4)
    ]


def test_a_video_read_in_parts_is_the_same_video(root):
    data = mp4()
    (root / "a.mp4").write_bytes(data)
    opened = files(root).open(POST, Video(source="a.mp4"))
    whole = opened.read(0, len(data))
    for size in (1, 7, 4096):
        end = min(len(data), 400)
        assert b"".join(opened.read(first, min(size, end - first)) for first in range(0, end, size)) == whole[:end]


@pytest.mark.parametrize(
    ("data", "code", "said"),
    [
        (mp4(74_999), "XP405", "0.07 MB"),
        (mp4(seconds=2.9), "XP405", "2.9 seconds"),
        (mp4(seconds=1801), "XP405", "1,801.0 seconds"),
        (mp4(brand=b"qt  "), "XP404", "QuickTime"),
        (png(), "XP404", "PNG"),
        (mp4()[:24] + bytes(100_000), "XP404", "index is missing"),
        (mp4()[:24] + b"\x00\x00\x00\x01moov" + bytes(100_000), "XP404", "broken"),
        (box(b"ftyp", b"mp42" + bytes(8)) + box(b"mdat", bytes(100_000)), "XP404", "index is missing"),
        (mp4()[:-10], "XP404", "broken"),
    ],
)
def test_videos_that_linkedin_does_not_take_are_refused(data, code, said):
    with pytest.raises(Flaw) as caught:
        videos.check(io.BytesIO(data), len(data))
    assert caught.value.code == code
    assert said in caught.value.message


@pytest.mark.parametrize("seconds", [3, 1800, 0])
def test_videos_of_3_seconds_to_30_minutes_are_taken(seconds):
    assert videos.check(io.BytesIO(mp4(seconds=seconds)), len(mp4()))


def test_each_type_has_a_word_for_people():
    assert kinds.word("video/quicktime") == "QuickTime"
