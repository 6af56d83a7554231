"""Real posts: all of them render, and what a reader gets is words, not markup."""

import re
from datetime import date
from html import escape, unescape

import pytest
import yaml

from crosspost.compose.render import render
from crosspost.compose.render.rendered import joined_text
from crosspost.footer import find_footer
from crosspost.model import Site

_FRONT_MATTER = re.compile(r"(---|\+\+\+)[ \t]*\n(.*?\n)?\1[ \t]*(?:\n|$)", re.DOTALL)
_TAG = re.compile(
    r"</?(?:div|span|strong|em|ul|ol|table|tr|td|br|img|h[1-6]|section|iframe|script|style|kbd|small)\b[^<>\n]*>"
)
_SUFFIXES = (".md", ".markdown", ".html")


def read(path):
    """Body and front matter, as near as a test needs it."""
    text = path.read_text(encoding="utf-8-sig", errors="replace").replace("\r\n", "\n")
    match = _FRONT_MATTER.match(text)
    page = {}
    if match and match[1] == "---":
        try:
            page = yaml.load(match[2] or "", yaml.CSafeLoader)
        except (yaml.YAMLError, ValueError):
            page = {}
    body = text[match.end() :] if match else text
    footer = find_footer(body)
    return body[: footer.start] if footer else body, page if isinstance(page, dict) else {}


@pytest.fixture(scope="module")
def results(shared):
    """Path, source and rendering of every post of the corpus."""
    found = []
    for path in sorted((shared / "corpus").rglob("*")):
        if path.suffix in _SUFFIXES and path.name != "INDEX.md":
            body, page = read(path)
            title = page.get("title")
            site = Site(url="https://example.com")
            markup = "html" if path.suffix == ".html" else "markdown"
            result = render(body, markup=markup, title=str(title or "") or None, site=site, page=page, links="inline")
            found.append((path, body, result))
    return found


def words_outside_code(result):
    return "\n\n".join(block.text for block in result.blocks if block.kind != "code")


def not_meant(matches, body):
    """Leave out what the author shows on purpose: between backticks, with entities, or with backslashes."""
    code = unescape(" ".join(re.findall(r"`+[^`]+`+|<(?:code|samp|kbd|pre)\b.*?</", body, re.DOTALL)))
    return [
        match
        for match in matches
        if match not in code and escape(match, quote=False)[:5] not in body.replace(match, "")
    ]


def test_every_post_renders(results):
    assert len(results) > 300
    for path, _, result in results:
        assert result.text == joined_text(result.blocks), path


def test_no_liquid_reaches_the_reader(results):
    """Posts that show Liquid on purpose put it between `raw` tags."""
    for path, body, result in results:
        if not re.search(r"\{%-?\s*raw", body):
            assert not re.search(r"\{%|\{\{", words_outside_code(result)), path


def test_no_markdown_link_reaches_the_reader(results):
    for path, body, result in results:
        if path.suffix == ".html":  # there it is text, and one post shows it
            continue
        links = re.findall(r"\[[^\[\]\n]{2,}\]\([^)\s]*", words_outside_code(result))
        assert not not_meant(links, body), path


def test_no_tag_reaches_the_reader(results):
    for path, body, result in results:
        tags = _TAG.findall(words_outside_code(result))
        assert not not_meant(tags, body), path


def test_no_attribute_list_reaches_the_reader(results):
    for path, body, result in results:
        attributes = re.findall(r"^\{:.*", words_outside_code(result), re.MULTILINE)
        assert not not_meant(attributes, body), path


def test_no_blank_line_stands_twice_and_no_line_ends_with_a_blank(results):
    for path, _, result in results:
        assert "\n\n\n" not in words_outside_code(result), path
        assert not re.search(r"[ \t]$", result.text, re.MULTILINE), path


def test_the_authors_post_comes_out_as_he_set_it(shared):
    """Without front matter, without the heading that repeats the title, without the footer: his lines and nothing else."""
    (path,) = (shared / "seeds").glob("2024-10-14-*.md")
    source = path.read_text(encoding="utf-8")
    wanted = source.split("---\n", 2)[2].split("\n\n", 1)[1].rpartition("\n\n")[0]
    wanted = "\n".join(line.rstrip() for line in wanted.split("\n"))
    body, page = read(path)
    result = render(body, markup="markdown", title=page["title"], site=Site(), page=page, links="inline")
    assert result.text == wanted
    assert wanted.count("\n") > 40
    assert result.notes == ()


def test_posts_of_that_author_keep_every_line_that_starts_with_an_emoji(results):
    for path, body, result in results:
        if "cloutaiwriter" in str(path):
            given = re.findall(r"^(?:📌|🔹|✅|🎯|💡|👉).{10}", body, re.MULTILINE)
            lines = result.text.split("\n")
            assert [line for line in given if not any(got.startswith(line[:3]) for got in lines)] == [], path


def test_dates_in_a_front_matter_do_no_harm(results):
    """YAML reads dates, lists and mappings; rendering looks into all of them for pictures."""
    page = {"date": date(2024, 1, 31), "tags": [{"a": ["b.png"]}], "image": None}
    assert render("x", markup="markdown", title=None, site=Site(), page=page, links="inline").text == "x"
