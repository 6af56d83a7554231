"""Whatever stands in a file: rendering answers, loses no word, and leaves plain text alone."""

import re
import string
import sys
from difflib import get_close_matches

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from liquid.exceptions import LiquidError
from liquid.lex import get_lexer

from crosspost.compose.render import code_places, comments, foreign, kramdown, links, render, shortcodes
from crosspost.compose.render.liquid_environment import Problems, evaluating
from crosspost.compose.render.liquid_tags import _close_matches
from crosspost.compose.render.rendered import joined_text
from crosspost.compose.render.source import Source
from crosspost.findings import CODES
from crosspost.model import Site
from fuzz.growth import examples

EXAMPLES = list(examples().values())
SITE = Site(url="https://example.com", config={"excerpt_separator": "<!--cut-->"})
MARKS = (
    *(
        "#",
        "##",
        "*",
        "**",
        "_",
        "~",
        "~~",
        "`",
        "```",
        "> ",
        "- ",
        "1. ",
        "[",
        "]",
        "(",
        ")",
        "](",
        "![",
        "[^1]",
        "[^1]: ",
    ),
    *(
        "|",
        "|-|-|",
        "$",
        "$$",
        "\\",
        "&amp;",
        "&#0;",
        "<b>",
        "</b>",
        "<div>",
        "</div>",
        "<p>",
        "<br>",
        "<!--more-->",
        "<!--",
    ),
    *(
        "<ul><li>",
        "</ul>",
        "<table><tr><td>",
        "<script>",
        "</script>",
        "<pre>",
        "</pre>",
        "<details>",
        "<svg>",
        "<a href=x>",
    ),
    *(
        "{% raw %}",
        "{% endraw %}",
        "{% if x %}",
        "{% endif %}",
        "{{ page.title }}",
        "{{",
        "}}",
        "{%",
        "%}",
        "{% highlight x %}",
    ),
    *(
        "{% for i in (1..3) %}",
        "{% endfor %}",
        "{% include x %}",
        "{% assign x = 'y' %}",
        "{% comment %}",
        "{%-",
        "{% x",
    ),
    *(
        "{: .x}",
        "{:toc}",
        "*[a]: b",
        "{::comment}",
        "{:/}",
        "^",
        ": def",
        "---",
        "***",
        "    ",
        "\t",
        "[ ] ",
        '<div markdown="1">',
    ),
    *(
        " ",
        "\n",
        "\n\n",
        "word",
        "漢字",
        "👩‍💻",
        "1️⃣",
        "\x00",
        "\u2028",
        "\r\n",
        "https://example.org/_a_",
        "<!--cut-->",
    ),
)
markup = st.lists(st.sampled_from(MARKS) | st.text(max_size=5), max_size=40).map("".join)
words = st.text(string.ascii_letters + "éß漢я", min_size=1, max_size=9)
sentences = st.lists(words, min_size=1, max_size=12).map(" ".join)


def rendered(body, kind="markdown", links="inline"):
    return render(body, markup=kind, title="word", site=SITE, page={"url": "https://example.com/x/"}, links=links)


@given(st.text() | markup, st.sampled_from(["markdown", "html"]), st.sampled_from(["inline", "footnotes", "drop"]))
@example("<![x", "markdown", "inline")
@example(" <?", "markdown", "inline")
@example("0<pre><a>**", "markdown", "inline")
@example("\ud800", "markdown", "inline")
@example("<a href='http://['>x</a>", "html", "inline")
def test_any_text_is_answered_in_good_form(body, kind, links):
    result = rendered(body, kind, links)
    assert result.text == joined_text(result.blocks)
    assert "\x00" not in result.text
    assert result.more is None or 0 <= result.more <= len(result.blocks)
    last = body.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    assert all(note.code in CODES and 1 <= note.line <= last for note in result.notes)
    for block in result.blocks:
        assert block.text.strip()
        assert block.text == block.text.strip("\n")
        assert not re.search(r"[ \t]$", block.text, re.MULTILINE)
        assert block.kind == "code" or "\n\n\n" not in block.text


@given(st.lists(sentences, min_size=1, max_size=6))
def test_plain_text_is_its_own_rendering(paragraphs):
    text = "\n\n".join(paragraphs)
    result = render(text, markup="markdown", title=None, site=SITE, page={}, links="inline")
    assert result.text == text
    assert result.notes == ()


@given(st.lists(sentences, min_size=1, max_size=6))
def test_a_rendered_list_is_its_own_rendering(items):
    text = "\n".join(f"- {item}" for item in items)
    assert render(text, markup="markdown", title=None, site=SITE, page={}, links="inline").text == text


names = words.map(str.capitalize)
items = st.tuples(
    names.map("- {}".format),
    st.lists(names.map("  - {}".format), max_size=2).map("\n".join),
    st.lists(names, max_size=2).map("\n".join),
).map(lambda parts: "\n".join(filter(None, parts)))


@given(st.lists(items, min_size=1, max_size=5).map("\n".join))
def test_short_lines_under_and_between_items_stay_where_they_are(source):
    assert render(source, markup="markdown", title=None, site=SITE, page={}, links="inline").text == source


WRAPS = (
    "*{}*",
    "**{}**",
    "`{}`",
    "# {}",
    "> {}",
    "- {}",
    "1. {}",
    "<b>{}</b>",
    "<div>{}</div>",
    "| {} |",
    "{}\n{{: .x}}",
)


@given(st.lists(st.tuples(st.sampled_from(WRAPS), sentences), min_size=1, max_size=8))
def test_markup_around_words_loses_none_of_them(parts):
    body = "\n\n".join(wrap.format(words) for wrap, words in parts)
    result = render(body, markup="markdown", title=None, site=SITE, page={}, links="inline")
    given_words = [word for _, words in parts for word in words.split()]
    assert [word for word in re.findall(r"\w+", result.text) if not word.isdigit()] == given_words


# Whatever a hidden note looks like inside, and wherever it stands.
INSIDE = [
    *(
        "SECRET",
        "\n",
        "\n\n",
        "\n\n\n",
        " ",
        "    ",
        "\t",
        "\n---\n",
        "- ",
        "1. ",
        "> ",
        "# ",
        "|",
        "`",
        "```",
        "~~~",
        "**",
    ),
    *(
        "$",
        "$$",
        "[x](y)",
        "\\",
        "é",
        "{: .x}",
        "{::comment}",
        "</div>",
        "\n</div>\n",
        "<p>",
        "<pre>",
        "<script>",
        "</script>",
        "</pre>",
        "<!--",
    ),
]
NOTES = st.lists(st.sampled_from(INSIDE), max_size=9).map(lambda parts: "SECRET".join(("", *parts, "")))
AROUND = (
    *("{}", "One {} two", "*One {} two*", "# One {}", "One\n{}\ntwo", "One\\\n{}", "{}\none", "**{}**", "$a {} b$"),
    *(
        "> {}",
        "> One\n{}",
        "- {}",
        "- One\n\n  {}\n- two",
        "1. One {}",
        "One\n: {}",
        "[one {}](https://e.org)",
        "- > {}",
    ),
    *("| a | b |\n|---|---|\n| {} | 2 |", "<div>\n{}\n</div>", "<div>\n\n    {}\n\n</div>", "<p>One {} two</p>"),
    *(
        "<ul>\n  <li>{}</li>\n</ul>",
        '<div markdown="1">\n{}\n</div>',
        "<details>\n<summary>x</summary>\n\n{}\n\n</details>",
    ),
    *("<table><tr><td>\n{}\n</td></tr></table>", "[^1]\n\n[^1]: {}", "$$\na {}\n$$", "{{: .x}}\n{}", "- a\n- b\n\n{}"),
)
hidden = st.one_of(NOTES.map("<!--{}-->".format), NOTES.map("{{::comment}}{}{{:/comment}}".format))


@given(
    st.lists(st.tuples(st.sampled_from(AROUND), hidden), min_size=1, max_size=4),
    st.sampled_from(["inline", "footnotes"]),
)
def test_no_comment_reaches_a_reader(parts, links):
    body = "\n\n".join(around.format(comment) for around, comment in parts)
    assert "SECRET" not in rendered(body, links=links).text


@given(
    st.lists(
        st.tuples(st.sampled_from(["{}", "<p>{}</p>", "<ul><li>{}</ul>", "<pre>{}</pre>", "a {} b"]), NOTES), max_size=4
    )
)
def test_no_comment_of_an_html_post_reaches_a_reader(parts):
    body = "\n".join(around.format(f"<!--{note}-->") for around, note in parts)
    assert "SECRET" not in rendered(body, "html").text


def calls(text):
    """Count the calls, into Python and into C, that rendering makes: no other load disturbs that."""
    count = 0

    def seen(_frame, event, _arg):
        nonlocal count
        count += event in {"call", "c_call"}

    rendered(text)  # fills caches
    sys.setprofile(seen)
    try:
        rendered(text)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("number", range(len(EXAMPLES)), ids=lambda number: EXAMPLES[number][:20])
def test_every_construct_of_the_rule_page_takes_steps_by_its_length(number):
    """What loops inside C is not counted: tests/fuzz/growth.py looks at the clock for that."""
    assert calls(EXAMPLES[number] * 40) <= 4 * calls(EXAMPLES[number] * 10) * 1.3 + 200


@given(markup)
@example("a\n")
@example("{% x -%} a\n")
@example("{{ {% x %}\n\n")
def test_the_faster_rules_of_liquid_find_the_same_tokens(source):
    def tokens(lexer):
        try:
            return [(token.kind, token.value, token.start_index) for token in lexer(source)]
        except LiquidError as error:
            return str(error)

    with evaluating(Problems(source)) as jekyll:
        assert tokens(jekyll.tokenizer()) == tokens(get_lexer())


@given(markup)
@example("{: .x}\n\n\ta `b`\n")
@example("> <a\nb\n<!-- `c` -->")
def test_what_is_passed_over_at_a_glance_has_nothing_to_find(body):
    """Each search that decides that a text needs no closer look, against a look at everything."""
    source = Source(body.replace("\r\n", "\n").replace("\0", ""))
    quick = kramdown.without_extras(source), comments.without_comments(source, markdown=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kramdown, "_SIGNS_OF_CODE", ("",))
        patch.setattr(kramdown, "_AT_START", re.compile("\n"))
        patch.setattr(kramdown, "_QUOTED_TAG_AT_END", re.compile(""))
        patch.setattr(code_places, "_SIGNS_OF_CODE", (b"",))
        slow = kramdown.without_extras(source), comments.without_comments(source, markdown=True)
    assert (quick[0].text, quick[1]) == (slow[0].text, slow[1])


@given(
    st.text(st.sampled_from("[[]]//ab= '\\\n"), max_size=30) | st.sampled_from(["[gallery]", "[b]x[/b]", "[a b='c']"])
)
def test_a_shortcode_is_seen_at_a_glance(body):
    source = Source(body)
    quick = shortcodes.without_shortcodes(source, markdown=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shortcodes, "_SIGN", re.compile(""))
        slow = shortcodes.without_shortcodes(source, markdown=True)
    assert (quick[0].text, quick[1]) == (slow[0].text, slow[1])


@given(st.text(st.sampled_from("[[]]!==%%^^|#a. `é\n"), max_size=30))
def test_obsidian_is_read_wherever_it_stands_and_once(body):
    once = foreign.without_foreign(Source(body))[0].text
    assert set(once) <= set(body) | set('[^crosspost-note-0123456789]: \n<img src="">')
    around = foreign.without_foreign(Source(f"é ==x== {body}"))[0].text
    assert around.startswith("é x ") or "==" in body


@given(st.sampled_from(["http://", "https://", "HTTPS://"]), st.text("ab/.:@?# mailto()<>%-_\n", max_size=20))
def test_a_web_address_is_nothing_else_that_a_link_may_name(scheme, rest):
    href = f"{scheme}{rest}".strip()
    assert links.person(href) is None
    assert links.file_address(href, "_posts", Site()) is None
    assert not links.is_mistyped(href)
    assert links.is_web(links.absolute(href, ""))


@given(markup)
@example("[a]: b '\n    c\n'")
@example("a\n    b\n---")
def test_whether_a_line_is_code_the_lines_below_it_do_not_say(body):
    lines = body.replace("\r\n", "\n").replace("\0", "").split("\n")
    whole = kramdown._code_lines("\n".join(lines))
    for count, line in enumerate(lines, 1):
        if line.strip():
            assert (count in kramdown._code_lines("\n".join(lines[:count]))) == (count in whole)


names = st.lists(st.sampled_from(["2024", "01", "jekyll", "released", "frogs", "a", "part"]), max_size=6).map("-".join)


@given(names, st.lists(names, unique=True, max_size=9))
def test_the_posts_that_may_be_meant_are_those_that_difflib_finds(name, others):
    assert _close_matches(name, others) == get_close_matches(name, others, n=2)
