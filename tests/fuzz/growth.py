"""Patterns that parsers stumble over and all examples of docs/markdown.md, and how long each takes when it grows.

    python tests/fuzz/growth.py [WORK...]      print what grows faster than its length, exit 1 if anything does

Time is measured here and not in the test suite: it depends on the machine, and loops inside C are no calls to count.
"""

import re
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from crosspost.compose import compose
from crosspost.compose.render import render
from crosspost.model import Site
from crosspost.policy import TextPolicy
from crosspost.text import repair, unstyle
from real_posts import RealPost

SITE = Site(url="https://example.com")
PATTERNS = {
    pattern.strip() or repr(pattern): pattern
    for pattern in (
        *("[[[[", "]]]]", "[](", "[a](", "[a][", "![", "![a](", "[![", "[a]", "[a]: b\n", "[^1]", "[^a]: b\n\n"),
        *("****", "**a ", "*a_", "_a*", "~~", "~", "``", "` `` ", "```\n", "~~~\n", "$", "$$a", "\\", "\\\n"),
        *("> ", ">", ">\n", "> a\n", "- ", "- a\n", "1. ", "1) a\n\n", "    a\n", "a\n: b\n\n", "- [ ] a\n", "# a\n", "a\n=\n"),
        *("|a|b|\n|-|-|\n", "a|b\n", "| \n", "<!--", "<!-- a>\n\n", "<!-- a -->", "-->", "<![CDATA[ ]>", "<![if a>", "<?"),
        *("<", "<a ", "<a href='", "<a b='>", "</a ", "<div>", "<div>\n\n", "</div>", "<p>", "<ul><li>", "<table><tr><td>"),
        *("<b>", "<script>", "<pre>", "<svg>", "<dl><dt>a<dd>b", '<div markdown="1">', "<br>", "<del>", "&", "&#", "&amp"),
        *("{%", "{% raw %}", "{% if a %}", "{% endif %}", "{% x %}", "{{", "{{ a }}", "}}", "{%- -%}", "{:", "{: .a}\n", "{:toc}\n"),
        *("*[a]: b\n", "{::comment}\n", "^\n", "https://a.example/(", "(https://a.example/)", "<https://a.b/", "www.a ", "#a ", "((a", '"', "“"),
        *("a ", "a\n", "a\n\n", "a. ", " ", "\n", "\u2028", "漢", "漢。", "👩\u200d", "✅ a\n", "1️⃣ a\n"),
        *("[a] [b]\n\n[b]: c\n\n", "[TOC]\n", '<div id="toc">', "|---+---|\n", "[a](b (c) d", "[a](b(c(", "# a\n* TOC\n{:toc}\n"),
        *("\\\\(", "\\\\[a", "$$\\frac{a}{b}$$ ", "$\\alpha$ ", "$$\\frac", "\n:a: ", "- [a](#b)\n", "<ruby><rt>", "<noscript><img>"),
        *("<div hidden>", '<p markdown="1">[a]</p>\n\n[a]: b\n\n', "<a href='b'><p>", "<a href='b.png'><b>", "<svg><text>"),
        *("((", "“a ", "„a“ ", "« a » ", "»a", "a.b.", "#a&b ", "<!-- #a#b ", "{% link a.md %}", "{% link {{ a }} %}", "a'b "),
        *("[[a", "[[a|b]] ", "x^[", "x^[a] ", "%[https://a.b] ", "@[a](", "%%a ", "%%\n", "==a", "\\(a_b", "\\[\n", "<o:p>", "【1†a】"),
        *("[gallery]\n", "[b][/b]\n", "[b]", "[/b]", "[b][i]", "[code]a\n", "[a b=c d=e ", "[tab title='a']b[/tab]", "{{< a ", "{{< a >}}", "{{% a %}}"),
        *(":::a\n", "!!! note\n    a\n", "> [!a] b\n", '=== "a"\n    b\n', "---|\n", "|`a", "+-", "[^a]: b\n[c]: d\n"),
        *("{::nomarkdown}", "{:/}", "{/*", "import 'a", "[x]{.a}", "\xa0 ", "<a href='#1'>1</a>", "[a](https://b.c)'s "),
        *("ğ— ", "ğ—", "Ã© ", "Ã©", "â€ ", "𝗔", "𝗔𝗯 ", "𝑥 ", "ʇ", "a\u0336", "\u0316\u0301", "\u200b", "Ａ", "ᴀ "),
    )
}  # fmt: skip
EXAMPLES = re.compile(r"^(`{3,})input(?P<options>.*)\n(?P<text>(?s:.)*?)\n\1$", re.MULTILINE)
WORK = {
    "render": lambda text: render(text, markup="markdown", title="A", site=SITE, page={}, links="footnotes"),
    "render HTML": lambda text: render(text, markup="html", title="A", site=SITE, page={}, links="inline"),
    "compose": lambda text: compose(_post(text), SITE, TextPolicy(limit=10**6, repair=False)),
    "fit": lambda text: compose(_post(text), SITE, TextPolicy(limit=300, repair=False)),
    "repair": repair,
    "unstyle": unstyle,
}
LENGTH = 10_000
GROWTH = 10
_ALLOWED = 4  # times as much as the growth of the length; what is quadratic takes ten times as much
_TOO_SHORT = 0.05  # seconds: below, a clock says nothing


def seconds(work, text):
    start = time.process_time()
    work(text)
    return time.process_time() - start


def _post(text):
    return RealPost("post.md", text, SITE).post()


def examples():
    """Return every example of the rule page, by its first line."""
    page = (Path(__file__).parents[2] / "docs" / "markdown.md").read_text(encoding="utf-8")
    return {f"{n}: {m['text'][:12]!r}": m["text"] + "\n\n" for n, m in enumerate(EXAMPLES.finditer(page))}


def main(*chosen: str) -> int:
    """Print every pattern whose time grows too fast."""
    found = 0
    for work, run in WORK.items():
        if chosen and work not in chosen:
            continue
        for name, pattern in (PATTERNS | examples()).items():
            short = seconds(run, pattern * (LENGTH // len(pattern)))
            long = seconds(run, pattern * (LENGTH * GROWTH // len(pattern))) if short < 10 else float("inf")
            if long > _TOO_SHORT and long > _ALLOWED * GROWTH * max(short, 0.001):
                found += 1
                sys.stdout.write(
                    f"{work:12}{name:24}{short:8.3f} s for {LENGTH:,} characters, {long:8.3f} s for {GROWTH} times as many\n"
                )
    total = len(chosen or WORK) * len(PATTERNS | examples())
    sys.stdout.write(f"{found} of {total} grow faster than their length\n")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
