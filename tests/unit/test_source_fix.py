"""The author's own file, mended: the clean original byte for byte, or nothing."""

from datetime import UTC, datetime
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crosspost.demo import sample
from crosspost.errors import WriteBackRefused
from crosspost.jekyll.source_fix import source_fix
from crosspost.model import Site
from crosspost.text import repair, unstyle

CLEAN = """---
layout: post
title: "Why “good enough” isn’t 🚀 – a café story"
date: 2026-11-22 09:40:00 -0600
tags: [training, déjà vu]
count: 3
---

# It’s the naïve questions

➡️ Ask “why” three times – it’s worth the coût.

📌 Don’t stop at the façade: `naÃ¯ve` in code stays.
"""


def styled(text):
    """Bold sans-serif letters, as formatter sites make them."""
    return "".join(
        chr(0x1D5D4 + ord(c) - 65)
        if c.isascii() and c.isupper()
        else chr(0x1D5EE + ord(c) - 97)
        if c.isascii() and c.islower()
        else c
        for c in text
    )


def fixed(data):
    return source_fix("p.md", data).after


@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "bom"])
@pytest.mark.parametrize("codec", ["cp1252", "cp1254", "latin-1"])
def test_a_damaged_file_becomes_its_clean_original(codec, mark, ends):
    clean = CLEAN.replace("`naÃ¯ve` in code stays", "nothing more").replace("\n", ends)
    damaged = clean.encode().decode(codec, "ignore").encode()
    assert fixed(mark + damaged) == mark + clean.encode()


def test_styled_letters_in_title_and_text_become_plain():
    title, line = "Why your title is silent", "Read this twice"
    text = f'---\ntitle: "{title}"\n---\n\n{line}, please.\n'
    bold = text.replace(title, styled(title)).replace(line, styled(line))
    assert fixed(bold.encode()) == text.encode()


@pytest.mark.parametrize("text", [CLEAN, CLEAN.replace("\n", "\r\n"), CLEAN.rstrip("\n"), "no front matter, façade\n"])
def test_a_clean_file_stays_as_it_is(text):
    assert fixed(text.encode()) == text.encode()


def test_what_was_altered_is_listed_with_its_line():
    damaged = "---\ntitle: x\n---\n\nIt’s fine – really.\n".encode().decode("cp1252").encode()
    (repair, *_) = source_fix("p.md", damaged).repairs
    assert (repair.step, repair.line) == ("mojibake", 5)


def test_a_file_in_another_encoding_is_refused():
    with pytest.raises(WriteBackRefused) as caught:
        source_fix("p.md", "façade".encode("latin-1"))
    assert "UTF-8" in caught.value.problem.fix


def test_a_repair_that_would_change_a_key_is_refused():
    damaged = "---\ntitle: “It’s” – fine\ncafé: 1\nnaïve – “key”: 2\n---\n\nIt’s “fine” – really.\n"
    with pytest.raises(WriteBackRefused) as caught:
        source_fix("p.md", damaged.encode().decode("cp1252", "ignore").encode())
    assert "front matter" in caught.value.problem.what


@pytest.mark.parametrize("page", ["cp1252", "cp1253"])
def test_what_its_file_had_before_mends_a_file_unless_the_rest_would_then_look_undamaged(page):
    former = "---\ntitle: x\n---\n\nIt’s “fine” – ✅ really.\n"
    damaged = f"{former}✅ Done\n".encode().decode(page, "ignore").encode()
    site = Site(former=lambda _key: [former])
    if page == "cp1252":
        assert source_fix("p.md", damaged, site).after.decode() == f"{former}✅ Done\n"
    else:
        with pytest.raises(WriteBackRefused, match="what is open would look undamaged"):
            source_fix("p.md", damaged, site)


def test_a_file_is_not_mended_in_part_if_the_other_part_would_look_undamaged():
    """Of `nhỏ` the last byte is lost, and `á»` is how a quotation may end."""
    text = "---\ntitle: x\n---\n\nNăm ngoái tôi mở một quán cà phê. Không ai hỏi: “Bạn có?” Hãy thử một việc thật nhỏ. Còn bạn?\n"
    damaged = text.encode().decode("cp1252", "ignore")
    assert "nhá»." in [one.before for one in repair(damaged).offers]
    with pytest.raises(WriteBackRefused, match="what is open would look undamaged"):
        source_fix("p.md", damaged.encode())


@pytest.mark.parametrize(
    ("line", "stays"),
    [
        ('title: "Ｓａｙ ＂ｈｉ＂ ｔｏ ｍｅ"', True),
        ("title: 'Ｉｔ＇ｓ ｔｉｍｅ'", True),
        ("title: Ｍｙ ｐｌａｎ： ｆｉｎｉｓｈ", True),
        ("title: Ｓａｙ ＂ｈｉ＂", False),
    ],
)
def test_a_letter_that_would_end_the_text_around_it_stays_and_the_rest_of_the_file_is_mended(line, stays):
    text = f"---\r\n{line}\r\nsubtitle: {styled('Read this')}\r\n---\r\n\r\nＳａｙ ＂ｈｉ＂ ｔｏ ｍｅ.\r\n"
    found = source_fix("p.md", text.encode())
    title = line if stays else 'title: Say "hi"'
    assert found.after.decode() == f'---\r\n{title}\r\nsubtitle: Read this\r\n---\r\n\r\nSay "hi" to me.\r\n'
    assert {one.line for one in found.repairs} == ({3, 6} if stays else {2, 3, 6})
    assert {one.line for one in found.offers} == ({2} if stays else set())


@settings(max_examples=25)  # random bytes are what repair takes longest for
@given(st.text(st.characters(codec="utf-8"), max_size=80), st.sampled_from(["cp1252", "cp1254"]))
def test_twice_is_once_and_lines_stay_lines(text, codec):
    data = f"---\ntitle: x\n---\n{text}".encode().decode(codec, "ignore").encode()
    try:
        once = fixed(data)
    except WriteBackRefused:
        return
    assert fixed(once) == once
    assert once.count(b"\n") == data.count(b"\n")


@pytest.mark.parametrize("name", sample.AGES)
def test_the_demos_posts_become_their_clean_originals(name):
    moment = datetime(2026, 11, 22, 9, 40, tzinfo=UTC)
    clean = (files("crosspost.demo") / "site" / f"{name}.md").read_text(encoding="utf-8")
    clean = clean.replace("{date}", f"{moment:%Y-%m-%d %H:%M:%S %z}")
    damaged = sample._sample(name, moment)
    assert (damaged == clean) is (name != "wrong-encoding")
    assert fixed(damaged.encode()) == unstyle(clean).text.encode()
