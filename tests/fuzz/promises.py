"""What must hold for any bytes, whoever makes them up: one function a promise, for atheris and for pytest.

A byte below 128 is that character; the others pick a mark of Markdown, HTML, Liquid or Unicode from `MARKS`, so that a
fuzzer needs one byte for what it would hardly ever spell.
"""

from datetime import UTC, datetime

from crosspost.compose import compose
from crosspost.compose.little_text import gate, parse
from crosspost.compose.render import render
from crosspost.compose.render.rendered import joined_text
from crosspost.findings import CODES
from crosspost.model import Post, Site
from crosspost.policy import TextPolicy
from crosspost.text import repair, unstyle

SITE = Site(url="https://example.com", post_urls={"2024-01-31-a": "https://example.com/a/"})
POLICY = TextPolicy(limit=200)
MARKS = (
    *("[[", "](", "![", "[^1]", "[^1]: ", "[a]: b\n", "**", "__", "~~", "```\n", "> ", "- ", "1. ", "- [x] ", "\n\n", "    "),
    *("<!--", "-->", "<!--more-->", "<div>", "</div>", "<p>", "<ul><li>", "<table><tr><td>", "<pre>", "<a href='", "<br>"),
    *("<script>", "<dl><dt>", "<del>", "&amp;", "&#", '<div markdown="1">', "|", "|-|-|\n", "$$", "\n: ", "---\n", "***\n"),
    *("{%", "%}", "{{", "}}", "{% raw %}", "{% endraw %}", "{% if a %}", "{% endif %}", "{: .a}", "{:toc}\n", "*[a]: b\n"),
    *("\n:a: ", "\\frac{a}{b}", "$x$", "\\\\(", "\\\\)", "<ruby>", "<rt>", "<sup>", "</sup>", "<select>", "<video>", "<noscript>", "<canvas>"),
    *("<div hidden>", "</a>", "<h3>", "mailto:a@b.c", "www.a.b", "`#a`", "[a](#b)\n- [c](#d)", "{{<", ">}}", "[a](b c)", "<a-b>"),
    *("https://example.com/", "#Tag ", "@", "C#", "\\", "…", "“", "”", "é", "ß", "漢", "字。", "한", "я", "ا", "ש", "ก"),
    *("𝗔", "𝗯", "𝑥", "ℝ", "Ａ", "ⓐ", "🅰", "ᴀ", "ʇ", "ₐ", "½", "™", "\u0336", "\u0301", "\u200b", "\u200d", "\ufe0f", "\u202e"),
    *("Ã©", "â€™", "â€", "ğ—", "ğŸ“", "Ð±", "Ã", "\u00a0", "\u00ad", "\ufffd", "📌", "👩‍💻", "1️⃣", "🇨🇷", "\u2028", "\x00", "\r\n"),
)  # fmt: skip


def text_of(data: bytes) -> str:
    """Return the text that `data` spells."""
    return "".join(chr(byte) if byte < 128 else MARKS[(byte - 128) % len(MARKS)] for byte in data)


def repaired(data: bytes) -> None:
    """Repair lists what it changes, changes nothing twice, and makes nothing much longer."""
    _altered_once(text_of(data), repair)


def unstyled(data: bytes) -> None:
    """The same of unstyling."""
    _altered_once(text_of(data), unstyle)


def _altered_once(text, step):
    made = step(text)
    assert (made.text is text) == (not made.repairs), "what changed is listed"
    assert step(made.text).text is made.text, "a second time changes nothing"
    assert len(made.text) <= 2 * len(text), "a repair shortens; a squared letter may become two"
    assert made.text.count("\n") == text.count("\n"), "lines stay lines"


def rendered(data: bytes) -> None:
    """Rendering answers in good form, in Markdown and HTML and for all three kinds of links."""
    text = text_of(data)
    for markup in ("markdown", "html"):
        for links in ("inline", "footnotes", "drop"):
            made = render(text, markup=markup, title="A", site=SITE, page={}, links=links)
            assert made.text == joined_text(made.blocks)
            assert "\x00" not in made.text
            assert all(note.code in CODES for note in made.notes)
            # An address may be named by a reference of three characters; Liquid's loops have a bound of their own.
            assert "{%" in text or len(made.text) <= 100 * (len(text) + 10)


def composed(data: bytes) -> None:
    """What would be sent keeps to the limit and says what is shown."""
    draft = compose(_post(text_of(data)), SITE, POLICY)
    codes = {finding.code for finding in draft.findings}
    assert "XP204" not in codes
    assert gate(draft.wire, draft.text) is None
    assert parse(draft.wire).text == draft.text
    assert draft.length <= draft.limit or "XP302" in codes
    assert draft.text == draft.text.strip("\n")


def _post(body):
    return Post(
        key="_posts/2024-01-31-a.md",
        title="A",
        date=datetime(2024, 1, 31, tzinfo=UTC),
        body=body,
        body_line=4,
        front_matter={},
        markup="markdown",
        canonical_url="https://example.com/a/",
        categories=(),
        tags=("one", "two words"),
        linkedin_url=None,
    )


PROMISES = {"repair": repaired, "unstyle": unstyled, "render": rendered, "compose": composed}
