"""Real posts have the same words in the same order as pandoc's plain text of them.

Pandoc reads Markdown with its own parser and knows nothing of crosspost. Its reader `markdown_phpextra` is the nearest
to kramdown, which calls PHP Markdown Extra its base, with what kramdown's GFM parser (Jekyll's default) has beside it;
`commonmark_x` and `gfm` would follow the rules of crosspost's own parser. The way is that of a site: Markdown to HTML,
which takes raw HTML along, then HTML to `plain`. Liquid is another step, before Markdown: both get its result.

Where the two differ on purpose, a rule below takes the words out and counts them. What is left is printed.
"""

import os
import re
import shutil
import subprocess
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from html import unescape
from pathlib import Path

import pytest

from crosspost.compose.render import render
from crosspost.compose.render.formulas import plain
from crosspost.compose.render.liquid import evaluate
from real_posts import real_posts

READER = (
    "markdown_phpextra"
    "+backtick_code_blocks+strikeout+task_lists+autolink_bare_uris"  # kramdown's GFM parser
    "+lists_without_preceding_blankline"  # as above, where a list ends a paragraph
    "+fenced_code_attributes"  # `~~~js`
    "+startnum"  # crosspost keeps the number that an author gave a list
)
_HAN = "\u2e80-\u2fdf\u3001-\u30ff\u31c0-\u9fff\uf900-\ufaff\uff01-\uff60"
_WORD = re.compile(f"[{_HAN}]|[^\\W_{_HAN}]+")  # a character is a word where a script has no spaces
_ADDRESS = re.compile(r"https?://[^\s<>()\[\]]+(?:\([^\s()]*\)[^\s<>()\[\]]*)*")
_ADDRESS_OF_LINK = re.compile(r" \(https?://[^\s()]*(?:\([^\s()]*\)[^\s()]*)*\)")
# Behind a link to an e-mail address or a telephone; what an author puts in parentheses is taken out on both sides.
_ADDRESS_OF_PERSON = re.compile(r" \((?:[\w.+-]+@[\w.-]+|\+?\d{5,})\)")
_TEX = re.compile(r"(?:\$|\\\\\()[^$`\n]*\\[A-Za-z]{2,}")
_FORMULA = re.compile(r"\$\$([^$`]{1,2000})\$\$|\$(?!\s)([^$`\n]+)(?<!\s)\$(?!\d)|\\\\\((.{1,500}?)\\\\\)")
_NOTE = re.compile(r"\[\d+\]")
_TAG = re.compile(r"<[^<>]*>")
_CODE = r"<(?:pre|code)\b.*?</(?:pre|code)>"

_ATTRIBUTES_LINE = re.compile(r"^[ \t]*\{:[^{}\n]*\}[ \t]*$", re.MULTILINE)
_TABLE_HEAD = re.compile(r"^(?P<cells>.*\|.*)\n(?P<rule>[ \t|:-]*-[ \t]*\|[ \t|:-]*)$", re.MULTILINE)

# What crosspost leaves out on purpose, in the HTML that pandoc makes; docs/markdown.md has the reasons. A match that is
# code or a link with a label stays: `stay` is tried first.
LEFT_OUT = {
    "alternative texts of pictures": (
        r"<img\b[^>]*>|<a\b[^>]*\.(?:png|jpe?g|gif|svg|webp)\"[^>]*>\s*<img\b[^>]*>\s*</a>",
        r"<a\b[^>]*(?<!\.png\")(?<!\.jpg\")(?<!\.jpeg\")(?<!\.gif\")(?<!\.svg\")(?<!\.webp\")>.*?</a>",
    ),
    # They hold no words here; but pandoc would fetch a frame's page.
    "embedded players and drawings": (r"<(iframe|video|audio|object|svg|noscript)\b.*?</\1>|<embed\b[^>]*>", None),
    "diagrams": (r'<pre class="(?:mermaid|plantuml)">.*?</pre>|<div class="mermaid">.*?</div>', None),
    "tables of contents": (
        (
            r"<(ul|ol)\b[^>]*>\s*<li>[^<]*\{:\s*toc\b[^}]*\}\s*</li>\s*</\1>|<p>\[TOC\]</p>|<div id=\"toc\">.*?</div>"
            r"|(?:<p>[^<>]*:</p>\s*)?<ul>(?:\s*<li>\s*<a href=\"#[^\"]*\"[^>]*>[^<]*</a>\s*</li>){2,}\s*</ul>"
        ),
        _CODE,
    ),
    "attribute lists and options": (r"\{:[^{}]*\}", _CODE),
    "short names of emoji": (r":[a-z0-9_+-]+:", _CODE),  # on sites with the plugin jemoji
    "marks of footnotes": (r'<a\b[^>]*class="footnote-(?:ref|back)".*?</a>', None),
}


def words(text):
    return _WORD.findall(unicodedata.normalize("NFKC", _ADDRESS.sub(" ", _NOTE.sub(" ", text))).casefold())


def words_of_html(html):
    alternatives = " ".join(re.findall(r'\balt="([^"]*)"', html))
    return words(unescape(_TAG.sub(" ", html) + " " + alternatives))


@dataclass
class Comparison:
    """One post, both ways."""

    key: str
    pandoc: list = field(default_factory=list)
    crosspost: list = field(default_factory=list)
    refused: bool = False

    @property
    def same(self):
        return self.pandoc == self.crosspost

    @property
    def missing(self):
        return Counter(self.pandoc) - Counter(self.crosspost)

    @property
    def added(self):
        return Counter(self.crosspost) - Counter(self.pandoc)

    def places(self):
        matcher = SequenceMatcher(None, self.pandoc, self.crosspost, autojunk=False)
        for kind, a, b, c, d in matcher.get_opcodes():
            if kind != "equal":
                before, theirs, ours = self.pandoc[max(0, a - 3) : a], self.pandoc[a:b], self.crosspost[c:d]
                yield f"    {' '.join(before)} [-{' '.join(theirs)}-]{{+{' '.join(ours)}+}}"[:150]


class Pandoc:
    """Converts many texts at once: starting pandoc is most of its time."""

    def __init__(self, folder):
        self.folder = folder

    def __call__(self, texts, reader, writer):
        for number, text in enumerate(texts):
            (self.folder / f"{number}.in").write_text(text, encoding="utf-8")
        asked = {"folder": self.folder, "from": reader, "to": writer, "count": len(texts)}
        options = [f"--metadata={key}={value}" for key, value in asked.items()]
        script = Path(__file__).with_name("pandoc_convert.lua")
        command = ["pandoc", "--from=markdown", "--to=plain", f"--lua-filter={script}", *options, os.devnull]
        subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
        return [(self.folder / f"{number}.out").read_text(encoding="utf-8") for number in range(len(texts))]


@pytest.fixture(scope="module")
def pandoc(tmp_path_factory):
    if not shutil.which("pandoc"):
        if os.environ.get("CI"):
            pytest.fail("pandoc is missing: the words of real posts are not compared with anything")
        pytest.skip("pandoc is missing: apt-get install pandoc")
    return Pandoc(tmp_path_factory.mktemp("pandoc"))


def prepared(source, counts):
    """Help pandoc's reader where it lacks a rule of kramdown; no word changes but in formulas.

    A line of attributes is no paragraph, so a block may start after it; a table's rows may be wider than its rule.
    """
    source = _FORMULA.sub(lambda match: _as_text(match, counts), source) if _TEX.search(source) else source
    source = _ATTRIBUTES_LINE.sub(lambda match: f"{match[0]}\n", source)
    return _TABLE_HEAD.sub(lambda head: head[0] + "|---" * (head["cells"].count("|") - head["rule"].count("|")), source)


def _as_text(formula, counts):
    """Return a formula as crosspost writes it; tests/unit/test_formulas.py says how that is."""
    display, inline, mathjax = formula.groups()
    text = plain(display or mathjax or re.sub(r"\\([\\*_|])", r"\1", inline))
    counts["formulas"] += len(words(formula[0])) if text else 0
    return text or formula[0]


def without_liquid(post):
    has_liquid = "{%" in post.body or "{{" in post.body
    return evaluate(post.body, post.site, post.page)[0].text if has_liquid else post.body


def take_out(html, post, counts):
    """Take out what crosspost leaves out, and count its words."""
    for name, (pattern, stay) in LEFT_OUT.items():
        if name == "short names of emoji" and "jemoji" not in str(post.site.config.get("plugins")):
            continue

        def cut(match, name=name):
            if match["out"] is None:
                return match[0]
            counts[name] += len(words_of_html(match[0]))
            return " "

        html = re.sub(f"(?is)(?P<out>{_numbered(pattern)})" + (f"|{stay}" if stay else ""), cut, html)
    # Numbers of footnotes, which crosspost puts in brackets, are those of a list in pandoc's HTML.
    return re.sub(r'(<(?:section|aside)\b[^>]*class="footnotes[^>]*>\s*(?:<hr ?/>\s*)?)<ol>', r"\1<ul>", html)


def _numbered(pattern):
    """Within the group `out` the first group is the second."""
    return pattern.replace(r"\1", r"\2")


def take_out_title(html, title, counts):
    """Take out the first heading, or the opening line, that says the same as the title."""
    wanted = "".join(words(title or ""))
    for index, match in enumerate(re.finditer(r"(?s)<(h[1-6]|p)\b[^>]*>(.*?)</\1>", html)):
        if wanted and (match[1] != "p" or not index) and "".join(words_of_html(match[2])) == wanted:
            counts["headings that repeat the title"] += len(words_of_html(match[2]))
            return html[: match.start()] + html[match.end() :]
    return html


def words_of_crosspost(post, counts):
    made = render(post.body, markup=post.markup, title=post.title, site=post.site, page=post.page, links="inline")
    counts["addresses of links"] += sum(len(_WORD.findall(each)) for each in _ADDRESS_OF_LINK.findall(made.text))
    counts["addresses of people"] += sum(len(_WORD.findall(each)) for each in _ADDRESS_OF_PERSON.findall(made.text))
    refused = any(note.code in {"XP201", "XP203"} for note in made.notes)
    return words(_ADDRESS_OF_PERSON.sub("", _ADDRESS_OF_LINK.sub("", made.text))), refused


@pytest.fixture(scope="module")
def compared(shared, pandoc):
    """Every post both ways, and how many words each rule took."""
    posts, counts = list(real_posts(shared)), Counter()
    html = [without_liquid(post) for post in posts]
    markdown = [index for index, post in enumerate(posts) if post.markup == "markdown"]
    for index, made in zip(
        markdown, pandoc([prepared(html[index], counts) for index in markdown], READER, "html"), strict=True
    ):
        html[index] = made
    pairs = zip(html, posts, strict=True)
    html = [take_out_title(take_out(made, post, counts), post.title, counts) for made, post in pairs]
    results = []
    for post, theirs in zip(posts, pandoc(html, "html", "plain"), strict=True):
        ours, refused = words_of_crosspost(post, counts)
        results.append(Comparison(post.key, words(_ADDRESS_OF_PERSON.sub("", theirs)), ours, refused))
    return results, counts


def table(results, counts):
    sent = [each for each in results if not each.refused]
    rows = {
        "posts compared": len(sent),
        "  identical, word for word in the same order": sum(each.same for each in sent),
        "  same words in another order": sum(not each.same and not each.missing | each.added for each in sent),
        "posts refused for Liquid, compared too": len(results) - len(sent),
        "  identical": sum(each.same for each in results) - sum(each.same for each in sent),
        "words compared": sum(len(each.pandoc) for each in sent),
        "  unexplained, pandoc's only": sum(each.missing.total() for each in sent),
        "  unexplained, crosspost's only": sum(each.added.total() for each in sent),
        **{f"explained: {name}": number for name, number in counts.most_common()},
    }
    lines = [f"{name:60}{number:>9,}" for name, number in rows.items()]
    for each in sent:
        if not each.same:
            lines += [each.key, *list(each.places())[:4]]
    return "\n".join(lines)


def test_real_posts_have_pandocs_words_in_pandocs_order(compared, show_table):
    results, counts = compared
    show_table("Words of real posts, against pandoc", table(results, counts))
    sent = [each for each in results if not each.refused]
    assert len(sent) > 300
    assert sum(each.same for each in sent) >= 0.97 * len(sent)
    total = sum(len(each.pandoc) for each in sent)
    assert sum((each.missing + each.added).total() for each in sent) <= total / 4000


def test_every_rule_explains_something(compared):
    _, counts = compared
    assert set(LEFT_OUT) <= set(counts), "a rule that takes nothing explains nothing"
    assert all(
        counts[name]
        for name in ("addresses of links", "addresses of people", "formulas", "headings that repeat the title")
    )
