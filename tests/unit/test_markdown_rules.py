"""docs/markdown.md is the list of rules; each of its examples is a test."""

import re
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from crosspost.compose.render import render
from crosspost.model import Site

PAGE = Path(__file__).parents[2] / "docs" / "markdown.md"
SITE = Site(
    url="https://example.com",
    post_urls={"2024-01-31-first": "https://example.com/2024/first/"},
    file_url={path: f"https://example.com/{path.removesuffix('.md')}" for path in ("about.md", "files/a.pdf")}.get,
    includes={
        "note.html": '<div class="note">{{ include.title }}: {{ include.text }}{{ include.more }}</div>',
        "ads.html": '<ins data-slot="{{ include.slot }}"></ins>\n<script>\nshow("{{ site.data.ads }}");\n</script>\n',
        "/_posts/part.md": "A *part* of {{ page.title }}\n",
    },
)
CONFIGS = {
    "jemoji": {"plugins": ["jemoji"]},
    "smart": {"kramdown": {"smart_quotes": "lsquo,rsquo,ldquo,rdquo"}},
    "smart-german": {"kramdown": {"smart_quotes": ["sbquo", "lsquo", "bdquo", "ldquo"]}},
}
FRONT_MATTER = {"title": "Ten tips", "path": "_posts/2024-01-31-ten-tips.md", "url": "https://example.com/2024/tips/"}

_FENCE = re.compile(r"(`{3,})(\w*)(.*)")


@dataclass
class Pair:
    options: str
    given: str
    wanted: str = ""


@dataclass
class Rule:
    name: str
    words: str = ""
    pairs: list[Pair] = field(default_factory=list)


def rules(page):
    """Read the page: `###` opens a rule; an `input` block and the `output` block after it are a pair."""
    found = []
    lines = iter(page.split("\n"))
    for line in lines:
        if line.startswith("### "):
            found.append(Rule(line.removeprefix("### ")))
        elif found and (fence := _FENCE.fullmatch(line)):
            text = "\n".join(iter(lambda: next(lines), fence[1]))
            if fence[2] == "input":
                found[-1].pairs.append(Pair(fence[3], text))
            elif fence[2] == "output":
                found[-1].pairs[-1].wanted = text
        elif found:
            found[-1].words += line
    return found


# CommonMark 0.31 and GitHub Flavored Markdown, by section; kramdown's syntax page; Jekyll's Liquid.
CONSTRUCTS = {
    "CommonMark": (
        "Paragraph · Soft line break that was meant · Soft line break that an editor made · Hard line break · "
        "Backslash escape · Entity · ATX heading · Setext heading · Emphasis and strong · Inline code · Bullet list · "
        "Ordered list · Nested list · Item of several blocks · Block quote · Fenced code · Indented code · Thematic break · "
        "Inline link · Reference link · Autolink · Image · HTML blocks · Inline HTML · Comment"
    ),
    "GitHub": "Strikethrough · Task list · Table · Bare address · Alert · Footnote · Emoji short code",
    "kramdown": (
        "Heading attributes · Heading without a blank · Definition list · Table without a header · Display math · "
        "Block attributes · Span attributes · Attribute definition and options · Comment extension · Table of contents · "
        "Abbreviation · End-of-block marker · Markdown within HTML · Quotation marks and dashes"
    ),
    "HTML": (
        "HTML table · HTML definition list · HTML post · Details · Embedded player · Script, style and drawing · "
        "Superscript and subscript"
    ),
    "Jekyll": (
        "Variable and filter · Logic · raw · comment · highlight · post_url and link · include · include without text · include_relative · gist · "
        "What cannot be evaluated · Excerpt separator"
    ),
    "ours": "Title repeated · Relative link · Links as footnotes · Links dropped · Linked image · Link to an e-mail address or a telephone · Link around blocks · Link without a scheme · Inline math · Diagram",
}


RULES = rules(PAGE.read_text(encoding="utf-8"))
PAIRS = [pytest.param(pair, id=f"{rule.name}-{number}") for rule in RULES for number, pair in enumerate(rule.pairs)]


def rendered(pair):
    options = pair.options.split()
    links = next((option.removeprefix("links=") for option in options if option.startswith("links=")), "inline")
    markup = "html" if "html" in options else "markdown"
    site = replace(SITE, config=next((CONFIGS[option] for option in options if option in CONFIGS), {}))
    return render(pair.given, markup=markup, title="Ten tips", site=site, page=FRONT_MATTER, links=links)


@pytest.mark.parametrize("pair", PAIRS)
def test_the_example_renders_as_the_page_says(pair):
    assert rendered(pair).text == pair.wanted


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_gives_its_reason_and_an_example(rule):
    assert len(rule.words) > 20
    assert rule.pairs


@pytest.mark.parametrize("family", CONSTRUCTS)
def test_every_construct_has_a_rule(family):
    names = {rule.name for rule in RULES}
    assert [construct for construct in CONSTRUCTS[family].split(" · ") if construct not in names] == []


def test_no_example_of_the_page_is_left_out():
    assert len(PAIRS) == PAGE.read_text(encoding="utf-8").count("\n```output\n")
