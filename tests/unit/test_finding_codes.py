"""docs/findings.md: every code, its severity, its meaning, and an example that leads to it."""

import re
from datetime import UTC
from pathlib import Path

import pytest
from PIL import Image

from crosspost.compose import layout
from crosspost.errors import PostUnreadable
from crosspost.findings import CODES
from crosspost.jekyll.site import JekyllSite
from crosspost.pipeline.draft import draft as draft_of
from crosspost.policy import AccountPolicy, SchedulePolicy, TextPolicy, WriteBackPolicy

ROOT = Path(__file__).parent.parent.parent
PAGE = (ROOT / "docs" / "findings.md").read_text(encoding="utf-8")
SECTIONS = re.findall(r"^### (XP\d{3}): (.+)\n\n(\w+)\. ", PAGE, re.MULTILINE)
EXAMPLES = re.findall(r"^### (XP\d{3}):(?:(?!^### )[\s\S])*?^```post(.*)\n([\s\S]*?)^```$", PAGE, re.MULTILINE)
POST = "_posts/2024-01-31-a.md"
# No text leads to these: they have tests of their own below.
WITHOUT_EXAMPLE = {"XP001", "XP204", "XP405", "XP407"}


def codes_of(folder, *, limit=3000, url="https://example.com", card="article"):
    """Return the codes that `check` reports for the post in a folder."""
    site = JekyllSite(folder, url="" if url == "none" else url)
    try:
        post = site.read(POST)
    except PostUnreadable as unreadable:
        return {finding.code for finding in unreadable.findings}
    schedule = SchedulePolicy(since=None, timezone=UTC)
    policy = AccountPolicy(
        name="default",
        author="",
        text=TextPolicy(limit=int(limit), card=card),
        schedule=schedule,
        write_back=WriteBackPolicy(),
    )
    return {finding.code for finding in draft_of(site, policy, post).findings}


@pytest.fixture
def post(tmp_path):
    path = tmp_path / POST
    path.parent.mkdir()
    return path


def test_the_page_has_every_code_with_its_severity_and_meaning():
    assert {code: (severity.lower(), meaning) for code, meaning, severity in SECTIONS} == {
        code: (known.severity.value, known.meaning) for code, known in CODES.items()
    }
    assert [code for code, *_ in SECTIONS] == sorted(CODES), "each once, in order"


def test_every_code_that_a_text_can_lead_to_has_an_example():
    assert {code for code, *_ in EXAMPLES} == set(CODES) - WITHOUT_EXAMPLE


@pytest.mark.parametrize(("code", "options", "text"), EXAMPLES, ids=[code for code, *_ in EXAMPLES])
def test_the_example_leads_to_its_code(code, options, text, post):
    words = options.split()
    encoding = "latin-1" if "latin-1" in words else "utf-8"
    post.write_text(text, encoding=encoding)
    if "config" in words:
        (post.parent.parent / "_config.yml").write_text("title: A site\n", encoding="utf-8")
    found = codes_of(post.parent.parent, **dict(word.split("=") for word in words if "=" in word))
    assert code in found
    severities = {CODES[each].severity for each in found}
    assert severities <= {CODES[code].severity, "warning", "note"}, "nothing worse stands in the way"


def test_a_folder_with_the_name_of_a_post_cannot_be_read(post):
    post.mkdir()
    assert codes_of(post.parent.parent) == {"XP001"}


def test_little_text_that_does_not_say_what_was_meant_is_an_error(post, monkeypatch):
    post.write_text("---\ntitle: A title\n---\nThe text (with brackets).\n")
    assert "XP204" not in codes_of(post.parent.parent)
    monkeypatch.setattr(layout, "to_wire", lambda text, **_: text)
    assert "XP204" in codes_of(post.parent.parent)


def test_a_file_over_a_limit_is_an_error(post):
    tiny = b"\x00\x00\x00\x18ftypmp42" + bytes(12)
    (post.parent.parent / "film.mp4").write_bytes(tiny)
    post.write_text("---\ntitle: A title\nlinkedin: {video: film.mp4}\n---\nThe text.\n")
    assert "XP405" in codes_of(post.parent.parent)


def test_a_picture_that_is_sent_in_another_form_is_noted(post):
    Image.new("RGB", (8, 8)).save(post.parent.parent / "a.webp")
    post.write_text("---\ntitle: A title\nimage: a.webp\nlinkedin: {alt: Nothing}\n---\nThe text.\n")
    assert "XP407" in codes_of(post.parent.parent)
