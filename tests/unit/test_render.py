"""What docs/markdown.md cannot show: notes and their lines, blocks, the excerpt mark, bad input."""

import subprocess
import sys

import pytest

from crosspost.compose.headline import plain_line
from crosspost.compose.render import render
from crosspost.compose.render.html import _closed
from crosspost.compose.render.rendered import joined_text
from crosspost.findings import CODES
from crosspost.model import Site

SITE = Site(
    url="https://example.com", baseurl="/blog", post_urls={"2024-01-31-first": "https://example.com/blog/first/"}
)


def rendered(body, *, site=SITE, links="inline", title=None, markup="markdown", **page):
    return render(body, markup=markup, title=title, site=site, page=page, links=links)


def text(body, **options):
    return rendered(body, **options).text


def notes(body, **options):
    return [(note.code, note.line) for note in rendered(body, **options).notes]


# --- blocks -------------------------------------------------------------------------------------------------------


def test_blocks_say_their_kind_and_whether_they_touch():
    result = rendered("# H\np:\n- a\n\n> q\n\n---\n\n```\nc\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nT\n: D\n")
    assert [(block.kind, block.joined) for block in result.blocks] == [
        ("heading", False),
        ("paragraph", True),
        ("list", True),
        ("quote", False),
        ("rule", False),
        ("code", False),
        ("table", False),
        ("definitions", False),
    ]


def test_a_list_within_an_item_of_html_is_apart_from_a_paragraph_alone():
    inner = "<ul><li>b</li></ul>"
    assert text(f"<ul><li><em>a</em>\n  {inner}\n</li><li>c</li></ul>", markup="html") == "- a\n  - b\n- c"
    assert text(f"<ul><li><p>a</p>\n  {inner}\n</li></ul>", markup="html") == "- a\n\n  - b"
    assert text(f"<p>a</p>{inner}", markup="html") == "a\n\n- b"


@pytest.mark.parametrize("markup", ["markdown", "html"])
@pytest.mark.parametrize(
    ("body", "left_out"),
    [
        ("A List<String> and\na List<String>", [("`<String>`", 1)]),
        ("If a<b and c>d\n<time in ms>", [("`<b and c>`", 1), ("`<time in ms>`", 2)]),
        ("<hr noshade>\n<td nowrap>a</td><img alt>\n<?xml version='1.0'?>\n", []),
        ("One\n\n<?php a(); ?>\n", [("`<?php a(); ?>`", 3)]),
        ("One\n<Action\nItem> <Foo />", [("`<Action Item>`", 2), ("`<Foo />`", 3)]),
        ("<Action Item>Do it</Action>", []),
        ("<kbd>Enter</kbd> <amp-img src=a></amp-img> <o:p> <svg><path></svg> <math><mi>x</math>", []),
        ("<pre>Map<Key></pre>", [("`<Key>`", 1)]),
    ],
)
def test_a_tag_that_no_browser_knows_and_nothing_closes_is_told(markup, body, left_out):
    found = [(note.message.partition(", a tag")[0], note.line) for note in rendered(body, markup=markup).notes]
    assert found == left_out


def test_the_text_is_the_blocks_joined():
    result = rendered("a\n- b\n\nc[^1]\n\n[^1]: d\n")
    assert result.text == joined_text(result.blocks) == "a\n- b\n\nc[1]\n\n[1] d"


def test_code_never_touches_words_since_nothing_else_parts_them():
    assert text("Run:\n```\nx\n```\nDone.") == "Run:\n\nx\n\nDone."


def test_an_empty_element_is_no_block():
    assert text("<p></p><ul><li></li></ul><table><tr><td></td></tr></table><p>One</p>", markup="html") == "One"
    assert text("- \n\n<p></p>\n\n> \n\nOne") == "One"


def test_nothing_is_joined_to_a_block_that_was_dropped():
    assert text("One\n\n![a](b.png)\n- two") == "One\n\n- two"


def test_a_comment_between_two_blocks_does_not_make_them_touch():
    assert text("One\n\n<!-- x -->\nTwo") == "One\n\nTwo"


@pytest.mark.parametrize(
    "source",
    [
        "- a\n  - b\nat the margin",
        "- a\n  - b\nbetween\n- c",
        "- a\n  - b\n  of a",
        "- a\n  of a\n- b",
        "> - a\n> quoted",
        "- a\n\n  more of a\nat the margin\n- b",
        "- a\n1. b\nat the margin",
        "- > a\nat the margin",
    ],
)
def test_a_line_in_a_list_stays_at_its_margin(source):
    assert text(source) == source


def test_a_line_under_a_list_is_a_block_of_its_own_below_the_list():
    result = rendered("- a\n  - b\nc\n<!--more-->\nd")
    assert [(block.text, block.kind, block.joined) for block in result.blocks] == [
        ("- a\n  - b", "list", False),
        ("c", "paragraph", True),
        ("d", "paragraph", False),
    ]
    assert result.more == 2
    assert rendered("a\n\n<!--more-->\n\n- b\nc").more == 1


def test_a_line_at_the_margin_stays_in_its_item_where_more_of_the_item_follows():
    assert text("- a\nb\n  - c") == "- a\n  b\n  - c"


def test_a_hard_break_leads_out_of_a_list_too():
    assert text("- a  \nb\\\nc\n- d") == "- a\nb\nc\n- d"


def test_an_empty_body_is_an_empty_text():
    assert rendered(" \n\n").blocks == ()


# --- the title ----------------------------------------------------------------------------------------------------


def test_only_one_heading_gives_way_to_the_title():
    assert text("# Tips\n\nText\n\n## Tips\n", title="Tips") == "Text\n\nTips"


def test_an_opening_line_that_repeats_the_title_is_dropped_too():
    assert text("**Tips!**\n\nText\n\nTips", title="Tips") == "Text\n\nTips"


def test_a_heading_that_says_more_than_the_title_stays():
    assert text("# Tips for you\n\nText", title="Tips") == "Tips for you\n\nText"


def test_what_stood_under_the_title_stands_at_the_top():
    result = rendered("# Tips\nText", title="Tips")
    assert (result.text, result.blocks[0].joined) == ("Text", False)


# --- the excerpt --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "more"),
    [
        ("a\n\n<!--more-->\n\nb", 1),
        ("a\n\n<!-- more -->\n\nb\n\n<!--more-->\n\nc", 1),
        ("a <!--more-->\n\nb", 1),
        ("<!--more-->\n\na", 0),
        ("a\n\nb\n\n<!--more-->", 2),
        ("a\n\nb", None),
        ("a\n\n<!-- there is more -->\n\nb", None),
        ("a\n\n```\n<!--more-->\n```\n\nb", None),
    ],
)
def test_more_is_the_number_of_blocks_before_the_mark(body, more):
    assert rendered(body).more == more


def test_more_counts_without_the_dropped_title():
    assert rendered("# Tips\n\na\n\n<!--more-->\n\nb", title="Tips").more == 1


def test_more_in_an_html_post():
    assert rendered("<p>a</p><!--more--><p>b</p>", markup="html").more == 1


def test_a_site_may_have_its_own_separator():
    site = Site(config={"excerpt_separator": "~~cut~~"})
    assert (rendered("a\n\n~~cut~~\n\nb", site=site).more, text("a\n\n~~cut~~\n\nb", site=site)) == (1, "a\n\nb")


def test_the_page_may_have_its_own_separator():
    assert rendered("a\n\n[cut]\n\nb", excerpt_separator="[cut]").more == 1


def test_jekylls_default_separator_marks_nothing():
    assert rendered("a\n\nb", site=Site(config={"excerpt_separator": "\n\n"})).more is None


# --- notes --------------------------------------------------------------------------------------------------------


def test_every_note_has_a_known_code_and_a_remedy():
    body = "x\n\n![a](b.png)\n\n{% nope %}{{ site.nope }}[a]({% post_url 2020-01-01-no %})"
    found = rendered(body).notes
    assert {note.code for note in found} == {"XP201", "XP202", "XP203"}
    assert all(note.code in CODES and note.message and note.fix for note in found)


@pytest.mark.parametrize(
    ("body", "codes"),
    [
        ('<img src="https://feeds.example/~r/x" width="1" height="1">', []),
        ('<img src="1f642.png" alt="🙂">', []),
        ("<svg><path d='M0'></path></svg>", []),
        ("<svg><g><text>Sales</text></g></svg>", ["XP202"]),
        ('<canvas id="chart"></canvas>', ["XP202"]),
    ],
)
def test_only_what_shows_something_is_a_picture(body, codes):
    assert [note.code for note in rendered(f"Text\n\n{body}").notes] == codes


def test_an_image_is_noted_with_its_line():
    assert notes("One\n\nTwo\n![a](b.png)\n") == [("XP202", 4)]


@pytest.mark.parametrize(
    "body",
    [
        "![a](b c.png)",
        '<noscript><p><img src="b.png" alt="a"></p></noscript>',
        '{% include figure image_path="/b.png" alt="a" %}',
    ],
)
def test_an_image_is_noted_however_it_is_written(body):
    (note,) = rendered(f"One\n\nTwo {body}").notes
    assert (note.code, note.line, note.message) == ("XP202", 3, "the image “a” was left out")


@pytest.mark.parametrize("shortcode", ['{{< param "a.b" >}}', "{{% notice tip %}}", "{{< /highlight >}}"])
def test_a_shortcode_of_hugo_is_called_one(shortcode):
    result = rendered(f"One\n\n{shortcode}\n\nTwo")
    assert result.text == "One\n\nTwo"
    assert [(note.code, note.line, note.message) for note in result.notes] == [
        ("XP201", 3, f"the shortcode {shortcode} is known to Hugo alone")
    ]


def test_a_theme_may_take_the_video_from_variables():
    source = '{% assign video_slug = "abc12345" %}{% include youtube %}'
    assert text(source) == "https://www.youtube.com/watch?v=abc12345"


def test_a_file_of_a_theme_that_shows_more_than_a_picture_is_missed():
    assert notes('{% include feature image="/b.png" text="Words of mine" %}') == [("XP201", 1)]


def test_a_gallery_of_a_theme_is_noted_and_a_table_of_contents_is_not():
    (note,) = rendered("One\n\n{% include toc %}\n{% include gallery layout='half' %}\n").notes
    assert (note.code, note.message, note.line) == ("XP202", "the image gallery was left out", 4)
    assert notes("One {% include_relative toc.md %}") == [("XP201", 1)]


def test_an_image_in_markdown_within_html_is_noted_with_its_line():
    assert notes('One\n\n<div markdown="1">\nTwo\n![a](b.png)\n</div>') == [("XP202", 5)]


def test_markdown_within_html_knows_the_definitions_around_it():
    inside = '<div markdown="1">\n[a][x] [b][Y][^1] [c]\n</div>\n\n'
    around = "[x]: https://example.org/x\n\n[y]: https://example.org/y\n\n[^1]: Note"
    assert text(inside + around) == "a (https://example.org/x) b (https://example.org/y)[1] [c]\n\n[1] Note"


def test_an_html_image_is_noted_with_its_line():
    assert notes('One\n\n<div>\n\n<p>x\n<img src="b.png"></p>\n\n</div>\n') == [("XP202", 6)]


def test_notes_come_in_the_order_of_lines():
    assert notes("x\n\n![a](b.png)\n\n{{ site.nope }}\n\n![a](c.png)") == [("XP202", 3), ("XP201", 5), ("XP202", 7)]


def test_a_picture_among_the_words_of_the_first_paragraph_is_noted():
    assert notes("Sales went up:\n![a](b.png)\nas you see") == [("XP202", 2)]


@pytest.mark.parametrize(
    "body",
    ["# H ![a](b.png)\n\nText", "![a](b.png)\n\nText", "# H\n\n![a](b.png)\n\nText", '<img src="b.png">\n\nText'],
)
def test_a_picture_before_the_text_only_decorates(body):
    assert notes(body) == []


@pytest.mark.parametrize(
    "page", [{"image": "/img/cover.png"}, {"header": {"image": "https://cdn.example/cover.png?w=9"}}]
)
def test_a_picture_that_the_front_matter_names_is_on_the_card(page):
    assert notes("Text\n\n![a](../cover.png)", **page) == []


def test_a_linked_picture_is_not_lost():
    assert rendered("Text [![alt](b.png)](https://example.org)").notes == ()


def test_what_was_left_out_of_a_link_is_named_by_label_and_address():
    body = "[my\npage](/page.html), [site](htp://example.org), [Jo](urn:li:person:1)"
    assert [note.message for note in rendered(body, site=Site()).notes] == [
        "the address of the relative link “my page” (/page.html) was left out",
        "the address of the link “site” (htp://example.org) was left out",
        "the mention of “Jo” (urn:li:person:1) was left out",
    ]


@pytest.mark.parametrize("tag", ["highlight html", "codeblock"])
@pytest.mark.parametrize("markup", ["markdown", "html"])
def test_code_between_tags_stays_as_written(tag, markup):
    code = "<b>&amp;</b>\n\n  *a* <!-- c -->"
    body = f"{{% {tag} %}}\n{code}\n{{% end{tag.split()[0]} %}}"
    assert [(block.kind, block.text) for block in rendered(body, markup=markup).blocks] == [("code", code)]


@pytest.mark.parametrize(
    "body",
    [
        "[![](b.png)](https://example.org)",
        '<a href="https://example.org"><b><img src="b.png"></b></a>',
        "[![a](b.png)](#c)",
    ],
)
def test_a_linked_picture_that_says_nothing_is_noted(body):
    assert notes(f"Text\n\n{body}") == [("XP202", 3)]


def test_a_picture_behind_a_linked_one_is_a_picture():
    result = rendered("Text [![one](b.png)](https://example.org) ![two](c.png)")
    assert (result.text, [note.message for note in result.notes]) == (
        "Text one (https://example.org)",
        ["the image “two” was left out"],
    )


def test_a_single_link_within_the_post_is_no_table_of_contents():
    assert text("See:\n\n- [below](#below)\n- [that](/x)\n\n1. [below](#below)") == (
        "See:\n\n- below\n- that (https://example.com/x)\n\n1. below"
    )


def test_a_picture_that_leads_to_its_large_self_is_a_picture():
    result = rendered("Text\n\n[![alt](b.png)](large.png)")
    assert (result.text, [note.code for note in result.notes]) == ("Text", ["XP202"])


def test_a_relative_link_without_a_known_site_keeps_its_label_and_is_noted():
    result = rendered("See [that](/x).", site=Site())
    assert (result.text, [(note.code, note.line) for note in result.notes]) == ("See that.", [("XP202", 1)])


@pytest.mark.parametrize("href", ["ttps://example.org", "htps://example.org", "http//example.org"])
def test_a_mistyped_address_is_noted(href):
    result = rendered(f"Text [that]({href})")
    assert (result.text, [(note.code, note.line) for note in result.notes]) == ("Text that", [("XP202", 1)])


def test_nothing_is_noted_of_an_address_that_was_not_wanted():
    assert notes("See [that](/x).", site=Site(), links="drop") == []


def test_a_comment_that_never_ends_keeps_the_post_from_being_sent():
    """To send what follows may publish a private note; to leave it out may cut the post: its author must say."""
    result = rendered("One <!-- note\n\nTwo")
    assert (result.text, [(note.code, note.line) for note in result.notes]) == ("One", [("XP205", 1)])


@pytest.mark.parametrize("tag", ["<div hidden>", "<div style='Display: none'>"])
def test_what_no_browser_shows_is_left_out_with_all_in_it_and_noted_where_it_never_ends(tag):
    assert text(f"One\n\n{tag}\n\nTwo\n\n- three\n\n</div>\n\nFour") == "One\n\nFour"
    result = rendered(f"One\n\n{tag}\n\nTwo")
    assert (result.text, [(note.code, note.line) for note in result.notes]) == ("One", [("XP205", 3)])


def test_a_script_that_never_ends_is_noted_since_it_takes_the_rest_with_it():
    result = rendered("One\n\n<div>\n<script>\n\nTwo")
    assert (result.text, [(note.code, note.line) for note in result.notes]) == ("One", [("XP205", 4)])


# --- links --------------------------------------------------------------------------------------------------------


def test_the_page_url_may_be_jekylls_path():
    assert text("[x](y)", url="/2024/tips/") == "x (https://example.com/blog/2024/tips/y)"


def test_footnotes_and_links_share_their_numbers():
    body = "[a](https://a.example) b[^n] [c](https://c.example)\n\n[^n]: see [d](https://d.example)"
    assert text(body, links="footnotes") == (
        "a [1] b[2] c [3]\n\n[1] https://a.example\n[2] see d [4]\n[3] https://c.example\n[4] https://d.example"
    )


def test_a_footnote_that_mentions_itself_ends():
    assert text("a[^1]\n\n[^1]: b[^1]") == "a[1]\n\n[1] b[1]"


@pytest.mark.parametrize("href", ["javascript:alert(1)", "mailto:?subject=x", "data:text/plain,x", "#x", ""])
def test_what_is_no_web_address_is_not_shown(href):
    assert text(f'<a href="{href}">x</a>') == "x"


def test_an_unusable_address_does_not_stop_anything():
    assert text("[x](http://[)") == "x (http://[)"
    assert text("[x](y)", url="http://[") == "x"
    assert text('<iframe src="https://[/embed/x"></iframe>') == "https://[/embed/x"


def test_an_address_without_a_scheme_gets_the_secure_one():
    assert text("[x](//cdn.example/y)") == "x (https://cdn.example/y)"


# --- HTML ---------------------------------------------------------------------------------------------------------


def test_an_html_end_tag_does_not_close_what_markdown_opened():
    assert text("<div>\n\n- a</div>\n- b\n") == "- a\n- b"


def test_unclosed_html_reaches_to_the_end_as_in_a_browser():
    assert text("<ul><li>a<li>b\n\nText") == "- a\n- b\n\n  Text"


def test_elements_of_a_list_without_a_list_keep_their_words():
    assert text("<li>a</li>") == "a"


def test_a_table_for_layout_is_no_table():
    assert text("<table><tr><td><p>a</p><p>b</p></td></tr></table>") == "a\n\nb"


def test_a_row_with_more_cells_than_the_header_keeps_its_line_and_what_it_refers_to():
    body = "One[^1]\n\n| a | b |\n|---|---|\n| 1 | 2 | [x] | <ref> |\n| 3 | 4 |\n\nTwo[^2]\n\n[x]: https://x.org\n[^1]: A\n[^2]: B\n"
    result = rendered(body)
    assert "1 | 2 | x (https://x.org)\n3 | 4\n" in result.text
    assert [note.line for note in result.notes] == [5]
    assert result.text.endswith("[1] A\n[2] B")


@pytest.mark.parametrize(
    ("row", "line"),
    [
        (r"| `a \| b` | c |", "a | b | c"),
        ("| ``a|`b`` | c |", "a|`b | c"),
        ("| `a|b | c` | d |", "a|b | c | d"),
        ("a | b | c", "a | b | c"),
        ("| a | b | |", "a | b"),
        ("3 | # x | - y", "3 | # x | - y"),
    ],
)
def test_cells_are_those_of_kramdown(row, line):
    table = f"| h | i |\n|---|---|\n| x | y |\n{row}\n"
    assert text(table) == f"h | i\nx | y\n{line}"
    assert text("> " + table.strip().replace("\n", "\n> ")) == f"> h | i\n> x | y\n> {line}"


def test_a_table_that_is_nested_too_deep_is_flattened():
    deep = "> " * 70
    assert text(f"{deep}| a | b |\n{deep}|---|---|\n{deep}| 1 | 2 | 3 |\n").endswith("> ab12")


def test_a_block_within_an_inline_element_is_a_block():
    assert text("<span><p>a</p></span><font>b</font>", markup="html") == "a\n\nb"


def test_two_line_breaks_in_a_row_part_paragraphs():
    assert [block.text for block in rendered("<p>a<br><br><br>b</p>").blocks] == ["a", "b"]


def test_markdown_zero_keeps_html_as_html():
    assert text('<p markdown="0">**a**</p>') == "**a**"


def test_tags_that_never_end_are_text_where_there_are_many():
    assert text("<a " * 500, markup="html").startswith("<a <a <a")
    assert "<" not in _closed("<a " * 500)
    assert _closed("<a> " + "<a " * 500).startswith("<a> &lt;a")
    assert _closed("<a <b>") == "<a <b>"


def test_the_parsers_own_words_are_words():
    assert text("HtmlBlock\n\n`HtmlBlock`\n\n<b>SoftBreak</b> Rule") == "HtmlBlock\n\nHtmlBlock\n\nSoftBreak Rule"


def test_an_unknown_declaration_is_text():
    assert text("<![x[y]]> z", markup="html") == "<![x[y]]> z"


# --- kramdown -----------------------------------------------------------------------------------------------------

WRAPPED = "An editor has wrapped this paragraph at a column that it\nlikes, without a thought."


def test_a_site_that_shows_every_line_break_keeps_every_line_break():
    assert text(WRAPPED, site=Site(config={"kramdown": {"hard_wrap": True}})) == WRAPPED
    assert text(f"- {WRAPPED}", site=Site(config={"kramdown": {"hard_wrap": True}})) == f"- {WRAPPED}"
    assert text(WRAPPED, site=Site(config={"kramdown": {"hard_wrap": False}})) == WRAPPED.replace("\n", " ")


@pytest.mark.parametrize("line", ["{: .x}", "{::comment}", "*[a]: b", "##a", "[TOC]", "^", "{:toc}"])
def test_what_stands_in_code_is_code(line):
    code = f"- a\n{line}\nb"
    assert text(f"{{: .x}}\n```\n{code}\n```\n\nEnd") == f"{code}\n\nEnd"
    assert text(f"{{: .x}}\n<pre>\n{code}\n</pre>\n\nEnd") == f"{code}\n\nEnd"


# --- emoji --------------------------------------------------------------------------------------------------------

JEMOJI = Site(config={"plugins": ["jekyll-feed", "jemoji"]})


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("- **:rocket:** :+1: a:x:b", "- 🚀 👍 a❌b"),
        ("# :tada: [:heart:](/x)", "🎉 ❤️"),
        ("**:tada:**:[a b](c d)", "🎉:a b"),
        (":tada: [:heart:](a b) **c :rocket:", "🎉 ❤️ **c 🚀"),
        ("<p>:rocket:</p>", "🚀"),
        ('<p markdown="1">:rocket: `:tada:`</p>', "🚀 :tada:"),
        ("`:rocket:` ``` :tada: ```", ":rocket: :tada:"),
        ("```\n:rocket:\n```", ":rocket:"),
        ("    :rocket:", ":rocket:"),
        ("<pre>:rocket:</pre>", ":rocket:"),
        ("<code>:rocket:</code> <tt>:tada:</tt>", ":rocket: :tada:"),
        (
            "https://a.example/:rocket: <https://a.example/:tada:>",
            "https://a.example/:rocket: https://a.example/:tada:",
        ),
        (":nope: 10:30:45 ::", ":nope: 10:30:45 ::"),
    ],
)
def test_names_of_emoji_are_emoji_in_words_alone(body, wanted):
    assert rendered(body, site=JEMOJI, links="drop").text == wanted


@pytest.mark.parametrize("config", [{}, {"plugins": None}, {"plugins": "jemoji"}, {"plugins": ["jekyll-feed"]}])
def test_without_the_plugin_names_of_emoji_stay(config):
    assert text(":rocket:", site=Site(config=config)) == ":rocket:"


def test_older_sites_call_their_plugins_gems():
    assert text(":rocket:", site=Site(config={"gems": ["jemoji"]})) == "🚀"


def test_the_table_of_emoji_is_not_loaded_for_a_text_without_a_name():
    script = (
        "import sys; from crosspost.compose.render import render; from crosspost.model import Site;"
        "render('a: b:', markup='markdown', title=None, site=Site(config={'plugins': ['jemoji']}), page={}, links='inline');"
        "sys.exit('emoji' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


# --- Liquid -------------------------------------------------------------------------------------------------------


def test_liquid_is_not_loaded_for_a_body_without_it():
    script = (
        "import sys; from crosspost.compose.render import render; from crosspost.model import Site;"
        "render('a {b} %}', markup='markdown', title=None, site=Site(), page={}, links='inline');"
        "sys.exit('liquid' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_a_page_may_say_that_it_has_no_liquid():
    assert text("{{ x }}", render_with_liquid=False) == "{{ x }}"


def test_a_missing_key_of_the_page_is_nothing_as_on_the_site():
    assert (text("a{{ page.nope }}b"), notes("a{{ page.nope }}b")) == ("ab", [])


def test_a_default_is_an_answer():
    assert (text("{{ site.nope | default: 'x' }}"), notes("{{ site.nope | default: 'x' }}")) == ("x", [])


def test_a_loop_over_what_only_the_site_knows_is_an_error():
    assert notes("a\n{% for p in site.posts %}x{% endfor %}") == [("XP201", 2)]


@pytest.mark.parametrize(
    "body",
    [
        "a\n{% if x %}b",
        "a\n{% highlight ruby %}b",
        "a\n{% endif %}b",
        "a\n{{ x",
        "a\n{% x",
        "a\n{% %}b",
        "a\n{{ 'x' | nope }}b",
        "a\n{% include x.html %}b",
        "a\n{% include %}b",
        "a\n{% post_url %}b",
        "a\n{{ 'now' | date: '%Y' }}b",
        "a\n{% break %}b",
    ],
)
def test_what_cannot_be_evaluated_is_an_error_on_its_line_and_never_reaches_the_reader(body):
    result = rendered(body)
    assert {note.code for note in result.notes} <= {"XP201", "XP203"}
    assert [note.line for note in result.notes][:1] == [2]
    assert not {"{%", "%}", "{{", "}}"} & {result.text[i : i + 2] for i in range(len(result.text))}


@pytest.mark.parametrize(
    ("body", "message", "fix"),
    [
        ("{% if page.a %}\nx", "{% if %} is never closed", "close it with {% endif %}"),
        ("{% comment %}\nx", "{% comment %} is never closed", "close it with {% endcomment %}"),
        ("{% raw %}\nx", "{% raw %} is never closed", "close it with {% endraw %}"),
        ("{% case x %}{% when 1 %}a", "{% case %} is never closed", "close it with {% endcase %}"),
        ("{% endif %}", "{% endif %} belongs to nothing that is open", "remove it"),
        ("{% plot %}", "{% plot %} is unknown here: Jekyll may have it from a plugin", None),
        ("{% endplot %}", "{% endplot %} is unknown here: Jekyll may have it from a plugin", None),
        ("{% else %}", "{% else %} belongs to nothing that is open", "remove it"),
        ("{{ page.title", "`{{` is never closed", None),
        ("{{ 'a' | date }}", "{{ … | date }} lacks what it shall do it with", None),
        ("{{ 'a' | upcase: 1, 2, 3 }}", "{{ … | upcase }} is given too much", None),
    ],
)
def test_mistakes_in_liquid_are_told_in_an_authors_words(body, message, fix):
    (note,) = rendered(body).notes
    assert note.message == f"Liquid: {message}"
    assert fix is None or note.fix == fix


def test_many_tags_without_an_end_are_one_error():
    result = rendered("a {{ b\n" * 200)
    assert [note.message for note in result.notes] == ["Liquid: tags or outputs are not closed"]
    assert "{{" not in result.text


def test_one_error_does_not_take_the_rest_along():
    assert text("{{ page.title }} {% nope %} {{ page.title }}", title="T") == ""
    assert rendered("{{ page.a }} {% nope %} {{ page.a }}", a="x").text == "x x"


def test_lines_stay_right_after_tags_that_take_or_give_lines():
    body = '{% if true\n %}\na\n\n{% endif %}{% include x\ny="z" %}\n\n![i](j.png)\n'
    assert notes(body) == [("XP201", 5), ("XP202", 8)]


def test_lines_stay_right_after_white_space_control():
    assert notes("a\n\n{%- assign x = 1 -%}\n\nb\n\n![i](j.png)") == [("XP202", 7)]


def test_lines_stay_right_after_a_footnote_that_is_ended_for_a_link_below_it():
    assert notes("a[^1]\n\n[^1]: b\n[c]: https://x.org\n\n![i](j.png)") == [("XP202", 6)]


def test_lines_stay_right_after_attributes_that_are_taken_out():
    assert notes("- a\n{: .x}\n- b\n{: .x}\n\n![i](j.png)") == [("XP202", 6)]


@pytest.mark.parametrize(
    "body",
    [
        "{% for i in (1..99999999) %}x{% endfor %}",
        "{% assign a = 'xxxxxxxx' %}" + "{% assign a = a | append: a %}" * 60,
    ],
)
def test_a_loop_that_would_never_end_is_an_error(body):
    assert ("XP201", 1) in notes(body)


def including(body, page=None, **files):
    site = Site(url="https://example.com", includes={name.replace("_", "."): text for name, text in files.items()})
    return render(body, markup="markdown", title=None, site=site, page=page or {}, links="inline")


def test_an_included_file_sees_its_parameters_the_page_and_what_was_assigned():
    result = including(
        "{% assign w = 'W' %}{% include a.md x=\"d \\\"q\\\"\" y='s' z=page.k %}.",
        page={"k": "v"},
        a_md="`{{ include.x }}` {{ include.y }} {{ include.z }} {{ include.none }}{{ w }}",
    )
    assert (result.text, result.notes) == ('d "q" s v W.', ())


def test_an_included_file_may_assign_and_include_and_the_outer_parameters_come_back():
    result = including(
        "{% include a.md t='outer' %} {{ n }}",
        a_md="{% include b.md t='inner' %} {{ include.t }} {% include c.md %}",
        b_md="{{ include.t }}{% assign n = 5 %}",
        c_md="{{ include.t }}",
    )
    assert result.text == "inner outer outer 5"


def test_the_name_of_an_included_file_may_be_made_of_variables():
    assert including("{% include {{ page.part }}.md %}", page={"part": "a"}, a_md="A").text == "A"
    assert including("{% include a{{ page.none }}.md x='y' %}", a_md="{{ include.x }}").text == "y"


@pytest.mark.parametrize("name", ["../a.md", "x..a.md", ".//a.md", "a;b.md", "{{ page.up }}a.md"])
def test_nothing_outside_the_folder_is_included(name):
    site = Site(includes={name: "secret", "../a.md": "secret"})
    body = f"a\n{{% include {name} %}}"
    assert notes(body, site=site, up="../") == [("XP201", 2)]
    assert "secret" not in text(body, site=site, up="../")


def test_a_relative_file_lies_beside_the_post():
    site = Site(includes={"/docs/_posts/sub/a.md": "A"})
    assert text("{% include_relative sub/a.md %}", site=site, path="docs/_posts/2024-01-31-x.md") == "A"
    assert notes("{% include_relative a.md %}", site=site, path="docs/_posts/2024-01-31-x.md") == [("XP201", 1)]


def test_what_goes_wrong_in_an_included_file_is_noted_at_the_tag_of_the_post():
    body = f"a{chr(10) * 20}{{% include a.md %}}\n\n{{{{ site.no }}}}"
    result = including(body, a_md="\n\n\n\nx {% include b.md %}", b_md="\n\n\ny {{ site.no }} z")
    assert result.text == "a\n\nx\n\ny z"
    assert [(note.line, note.message) for note in result.notes] == [
        (21, "Liquid: site.no is undefined (in b.md)"),
        (23, "Liquid: site.no is undefined"),
    ]
    result = including("a\n\n{% include a.md %}", a_md="\n\n\n\n{% if %}x")
    assert {note.line for note in result.notes} == {3}


@pytest.mark.parametrize(
    "files",
    [
        {"a_md": "x{% include a.md %}"},
        {"a_md": "x{% include b.md %}{% include b.md %}", "b_md": "y{% include a.md %}{% include a.md %}"},
        {"a_md": "{% for i in (1..9999) %}{% include b.md %}{% endfor %}", "b_md": "b"},
        {"a_md": "\n\n\n{% for i in (1..999999) %}x{% endfor %}"},
    ],
)
def test_files_that_include_without_end_are_an_error_at_the_tag_of_the_post(files):
    site = Site(includes={name.replace("_", "."): text for name, text in files.items()})
    assert calls("a\n{% include a.md %}", site=site) < 100_000
    assert [(note.code, note.line) for note in including("a\n{% include a.md %}", **files).notes] == [("XP201", 2)]


@pytest.mark.parametrize(
    "file",
    [
        "<script>x {{ site.no }}</script>",
        "<style>a { b: c }</style>\n<!-- {{ site.no }} -->",
        "{% if site.no %}<ins class='{{ site.no }}'></ins>{% else %}<div></div>{% endif %}",
        "<svg><text>{{ site.no }}</text></svg>",
        "",
    ],
)
def test_an_included_file_without_text_is_nothing_and_no_error(file):
    result = including("a\n\n{% include a.md %}\n\nb", a_md=file)
    assert (result.text, result.notes) == ("a\n\nb", ())


@pytest.mark.parametrize(
    ("file", "wanted"),
    [
        ("{% cycle 'x', 'y' %}", "x"),
        ("{% assign v = 'x' %}", "x"),
        ("<iframe src='https://example.org/v'></iframe>", "https://example.org/v"),
        ("<p>{{ 'x' }}</p>", "x"),
    ],
)
def test_an_included_file_with_an_effect_is_evaluated(file, wanted):
    assert including("{% include a.md %}{{ v }}", a_md=file).text == wanted


@pytest.mark.parametrize(
    "body",
    [
        "{{ (1..1000000) | join }}",
        "{{ (1..page.n) | reverse | first }}",
        "{% assign a = (1..page.n) %}{{ a | join }}",
        "{% if (1..page.n) contains 'x' %}{% endif %}",
        "{% highlight x %}{% capture c %}{{ (1..page.n) | join }}{% endcapture %}{% endhighlight %}",
        "{% include a.md %}",
    ],
)
def test_a_range_is_never_longer_than_a_loop(body):
    site = Site(includes={"a.md": "{{ (1..page.n) | join }}"})
    assert calls(body, site=site, n=10**6) < 20_000
    assert rendered(body, site=site, n=10**6).notes[0].message.startswith("Liquid: a range is too long")


def test_a_short_range_is_what_it_is():
    assert text("{{ (1..3) | join: '-' }} {{ (2..4) | first }}") == "1-2-3 2"


def test_the_base_url_is_not_written_twice():
    result = rendered("[x]({{ site.baseurl }}/a) [y]({{ '/b' | relative_url }}) [z]({{ '/c' | absolute_url }})")
    assert result.text == "x (https://example.com/blog/a) y (https://example.com/blog/b) z (https://example.com/blog/c)"


def test_the_url_of_the_page_is_a_path_in_liquid():
    assert (
        text("{{ site.url }}{{ site.baseurl }}{{ page.url }}", url="https://example.com/blog/x/")
        == "https://example.com/blog/x/"
    )


def test_a_post_is_found_by_its_file():
    assert text("[f]({% link _posts/2024-01-31-first.md %})") == "f (https://example.com/blog/first/)"


def test_a_link_to_an_unknown_post_or_page_has_its_own_code():
    assert notes("[f]({% link _posts/2020-01-01-no.md %})\n\n[f]({% link about.md %})") == [("XP203", 1), ("XP203", 3)]


def test_a_link_to_a_post_that_is_not_there_says_which_posts_it_may_mean():
    urls = {"2024-01-31-part-1": "u", "2024-02-28-part-2": "u", "2022-05-17-frogs": "u"}
    site = Site(post_urls=urls)
    (note,) = rendered("[a]({% post_url 2024-01-31-part-one %})", site=site).notes
    assert note.message == "Liquid: there is no post 2024-01-31-part-one"
    assert note.fix.startswith("perhaps it is 2024-01-31-part-1 or 2024-02-28-part-2; ")
    (note,) = rendered("[a]({% link _posts/2022-05-17-fog.md %})", site=site).notes
    assert note.fix.startswith("perhaps it is 2022-05-17-frogs; ")


def test_a_link_to_a_post_unlike_any_other_says_how_posts_are_named():
    (note,) = rendered("[a]({% post_url zzz %})").notes
    assert note.fix == "name a post as its file is called, by date and slug, or write the address out"


def test_a_link_to_a_page_that_is_not_there_says_how_files_are_named():
    (note,) = rendered("[a]({% link about.md %})").notes
    assert note.fix == "name a file of the site by its path from the site's root, or write the address out"


def test_a_player_may_take_its_video_from_a_variable():
    body = "{% assign video_id = 'abcd' %}{% include youtube %} {% include youtube.html id=page.video %}"
    assert text(body, video="efgh") == "https://www.youtube.com/watch?v=abcd\n\nhttps://www.youtube.com/watch?v=efgh"


@pytest.mark.parametrize(
    ("tag", "address"),
    [
        ('youtube.html id="abcd"', "https://www.youtube.com/watch?v=abcd"),
        ("youtubePlayer.html id='abcd'", "https://www.youtube.com/watch?v=abcd"),
        ('video id="1234" provider="vimeo"', "https://vimeo.com/1234"),
    ],
)
def test_well_known_players_are_understood_without_their_file(tag, address):
    assert text(f"{{% include {tag} %}}") == address


# --- bad input ----------------------------------------------------------------------------------------------------


def test_what_cannot_be_sent_is_replaced():
    assert text("a\x00b\ud800c") == "a\ufffdb\ufffdc"


def test_line_ends_of_every_kind_end_lines():
    assert text("a  \r\nb  \rc") == "a\nb\nc"


def test_any_depth_is_survived():
    assert text("> " * 5000 + "deep").endswith("deep")
    assert text("<div>" * 5000 + "deep", markup="html") == "deep"
    assert text("*a " * 5000).startswith("*a")


@pytest.mark.parametrize(
    "unit",
    [
        "<a ",
        '<a b="',
        "<!--",
        "{{ a",
        "{%- ",
        "{:",
        "|",
        "<div>\n\n",
        "[a](",
        "**",
        "> ",
        "*a ",
        "[^1]: a\n\n",
        "a:\n: b\n\n",
        "- a\nb\n",
        "- a\n  - b\nc\n",
    ],
)
def test_work_grows_with_the_length_and_not_with_its_square(unit):
    """Steps are counted, since clocks are not to be trusted: eight times the text, no more than twenty times the calls."""
    assert calls(unit * (16000 // len(unit))) < 20 * calls(unit * (2000 // len(unit))) + 1000


def calls(body, **options):
    count = 0

    def counted(frame, event, arg):
        nonlocal count
        count += 1

    sys.setprofile(counted)
    try:
        rendered(body, **options)
    finally:
        sys.setprofile(None)
    return count


# --- comments -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("markup", ["markdown", "html"])
def test_a_comment_that_is_never_closed_hides_the_rest_and_says_so(markup):
    result = rendered("<p>One</p>\n\n<!-- a\n\nb -->\n\n<p>Two <!-- secret</p>\n\n<p>secret</p>", markup=markup)
    assert result.text == "One\n\nTwo"
    assert [(note.code, note.line) for note in result.notes] == [("XP205", 7)]


def test_lines_below_a_comment_keep_their_numbers():
    assert notes("<!-- a\n\nb\n-->\n\nText\n\n![c](d.png)\n") == [("XP202", 8)]


def test_a_comment_in_code_is_code_also_behind_one_that_holds_a_fence():
    assert text("One <!--\n\n```\n\n--> two\n\n```\n<!-- code -->\n```") == "One two\n\n<!-- code -->"


def test_a_program_that_writes_a_comment_hides_no_text():
    assert text("<script>x = '<!--'</script>\n\nText <!-- note -->\n") == "Text"


def test_a_program_in_a_comment_is_none():
    assert text("<!-- <script> -->\nText\n\n<div>\n<!-- a\n\nsecret </script> -->\n</div>") == "Text"


def test_an_escaped_comment_is_text_and_one_for_the_excerpt_stays_a_mark():
    assert text("\\<!-- a -->") == "<!-- a -->"
    assert rendered("One\n\n<!-- More secret -->\n\nTwo").more == 1


def test_many_comments_take_no_code_with_them_nor_leave_one():
    body = "<!-- a\n\nb -->\n\n" * 60
    assert text(f"`<!-- x -->`\n\n{body}Text") == "<!-- x -->\n\nText"


def test_the_file_of_a_post_on_another_host_is_not_that_of_a_post_here():
    link = "https://cdn.example.org/_posts/2024-01-31-first.md"
    assert text(f"[a]({link.removeprefix('https:')})") == f"a ({link})"


@pytest.mark.parametrize(
    ("config", "wanted"),
    [
        ({}, '"a"'),
        ({"markdown": "kramdown", "kramdown": {"input": "GFM"}}, '"a"'),
        ({"kramdown": {"smart_quotes": "apos,apos,quot,quot"}}, '"a"'),
        ({"kramdown": {"smart_quotes": "nonsense"}}, '"a"'),
        ({"kramdown": {"smart_quotes": ["lsquo", "rsquo", "laquo", "raquo"]}}, "«a»"),
        ({"commonmark": {"options": ["FOOTNOTES", "SMART"]}}, "“a”"),
        ({"commonmark": {"options": "SMART"}, "kramdown": None}, '"a"'),
    ],
)
def test_typographic_quotes_are_made_where_the_site_names_them(config, wanted):
    assert (
        render('"a"', markup="markdown", title=None, site=Site(config=config), page={}, links="inline").text == wanted
    )


def test_quotes_that_the_author_typed_stay_those():
    site = Site(config={"kramdown": {"smart_quotes": "sbquo,lsquo,bdquo,ldquo"}})
    text = render('“Yes” and "no"', markup="markdown", title=None, site=site, page={}, links="inline").text
    assert text == "“Yes” and “no”"


# --- shortcodes of other programs ---------------------------------------------------------------------------------


@pytest.mark.parametrize("markup", ["markdown", "html"])
@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ('[audio mp3="https://x.org/a.mp3"][/audio]', "https://x.org/a.mp3"),
        ("[youtube]dQw4w9WgXcQ[/youtube]", "https://www.youtube.com/watch?v=dQw4w9WgXcQ"),
        ("[vimeo 12345678 w=640]", "https://vimeo.com/12345678"),
        ("[row][column size='a']One[/column][/row]", "One"),
        ("[b]a [i]b[/b] c[/i]", "a b c"),
        ("[code]if a &lt; b && c: [b]x[/b] __y__[/code]", "if a < b && c: [b]x[/b] __y__"),
        ("[url=https://x.org/a]here[/url]", "here (https://x.org/a)"),
        ("[tab title='One']A[/tab][tab title=\"Two\"]B[/tab]", "One\n\nA\n\nTwo\n\nB"),
        ("[quote author='Jo']A[/quote]", "A\n\n— Jo"),
        ("A[footnote]b[/footnote], [abbr title='c']d[/abbr]", "A(b), d"),
        ("[img]https://x.org/a.png[/img]", ""),
    ],
)
def test_a_shortcode_is_what_it_shows(markup, body, wanted):
    result = rendered(body, markup=markup)
    assert (result.text, result.notes) == (wanted, ())


@pytest.mark.parametrize(
    "body", ["[[b]a[/b]] [c]", "[a] b[/c] [/d]", "[sic] d[g='h'] a[href='x'] [Jo: i]", "[if x=1 then y]"]
)
def test_brackets_that_are_no_shortcode_stay(body):
    assert text(body) == body


@pytest.mark.parametrize("markup", ["markdown", "html"])
def test_a_shortcode_without_words_is_told_at_its_line(markup):
    body = "One\n\n[sourcecode]\na\nb\n[/sourcecode]\n\n[gallery ids='1']\n\n[form][/form]\n\n[table id=1 /]\n"
    assert notes(body, markup=markup) == [("XP202", 8), ("XP202", 10), ("XP202", 12)]


def test_a_shortcode_in_code_is_code():
    body = "[s]x `[/s]` y[/s] `[b]a[/b]`\n\n    [gallery ids='1']\n\n<pre>[i]b[/i]</pre>\n\n[u]c[/u]\n"
    assert text(body) == "x [/s] y [b]a[/b]\n\n[gallery ids='1']\n\n[i]b[/i]\n\nc"


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("One\n:::note\nTwo\n:::\nThree", "One\n\nNote:\nTwo\n\nThree"),
        ("- a\n\n  !!! tip\n      b\n\n- c", "- a\n\n  Tip:\n  b\n\n- c"),
        ("!!! note\nNot indented", "!!! note\nNot indented"),
        ("!!! What a day !!!\n\n    code", "!!! What a day !!!\n\ncode"),
        ("::: columns\n:::: {.column width=50%}\na\n::::\n:::", "a"),
        ("> [!quote]+ Jo\n> b\n>\n> [!note]\n> c", "> Jo\n> b\n\n> [!note]\n> c"),
        ("> [!NOTE] A *title*\n> - b", "> A title\n> - b"),
        ("    ::: note\n\n```\n!!! note\n    a\n```", "::: note\n\n!!! note\n    a"),
    ],
)
def test_a_notice_of_another_program_has_its_title_above_it(body, wanted):
    assert text(body) == wanted


def test_a_line_below_a_notice_is_still_known():
    assert notes("a\n:::note\n\nb\n:::\n\nc\n\n![d](d.png)\n") == [("XP202", 9)]


@pytest.mark.parametrize(
    "body",
    [
        "`[[a b]]`, `==c==` and `%%d%%`",
        "```\n[[a|b]]\n==c==\n```",
        "$x^[2]$ and [[1]] and x[[a b]] and [[a](b",
        "100%% of it, %%d and %s%%",
        "a ==b=c== d==e== =====",
        "[[Prototype]], [[Get]]",
        "`%[https://x.org]` @[nobody](x) 【重要】 a@[youtube] `:contentReference[oaicite:0]`",
    ],
)
def test_what_only_looks_like_foreign_markup_stays(body):
    plain = text(body)
    for signs in ("[[", "==", "%%", "^["):
        assert plain.count(signs) == body.count(signs)


def test_what_is_lost_of_obsidian_is_told():
    body = "One\n\n%%\na note\n%%\n\n![[Page]] and ![[a b.png]]\n"
    result = rendered(body)
    assert result.text == "One\n\nand"
    assert [(note.line, note.message.partition(",")[0]) for note in result.notes] == [
        (3, "a comment between `%%` was left out"),
        (7, "the image a b.png was left out"),
        (7, "`![[Page]]`"),
    ]


# --- tags of plugins ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("markup", ["markdown", "html"])
@pytest.mark.parametrize(
    ("tag", "address"),
    [
        ("{% youtube dQw4w9WgXcQ 640 360 %}", "https://www.youtube.com/watch?v=dQw4w9WgXcQ"),
        ("{% youtube https://youtu.be/embed/dQw4w9WgXcQ %}", "https://www.youtube.com/watch?v=dQw4w9WgXcQ"),
        ("{% vimeo '12345678' %}", "https://vimeo.com/12345678"),
        ("{% github jo/x.y %}", "https://github.com/jo/x.y"),
        ("{% assign a = 'https://x.org/1' %}{% oembed {{ a }} %}", "https://x.org/1"),
    ],
)
def test_a_plugin_that_embeds_becomes_an_address(markup, tag, address):
    result = rendered(tag, markup=markup)
    assert (result.text, result.notes) == (address, ())


@pytest.mark.parametrize("tag", ["youtube", "youtube page.video", "vimeo x", "github jo", "tweet 12", "img left"])
def test_a_plugin_that_names_nothing_known_is_an_error(tag):
    assert notes(f"One\n\n{{% {tag} %}}") == [("XP201", 3)]


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("{% img right /a.png 350 200 'A title' 'A house' %}", "the image “A house”"),
        ('{% picture hero a.jpg --alt "A house" %}', "the image “A house”"),
        ('{% picture a.jpg alt="A house" class="b" %}', "the image “A house”"),
        ('{% responsive_image path: img/a.jpg alt: "A house" %}', "the image “A house”"),
        ("{% plantuml %}\na -> b\n{% endplantuml %}", "a diagram"),
    ],
)
def test_a_plugin_that_shows_a_picture_is_noted_like_one(tag, name):
    result = rendered(f"One\n\n{tag}\n")
    assert result.text == "One"
    assert [(note.message, note.line) for note in result.notes] == [(f"{name} was left out", 3)]


# --- shortcodes of Hugo -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("{{<vimeo 12345678>}}", "https://vimeo.com/12345678"),
        ("{{< video https://x.org/a.mp4 >}}", "https://x.org/a.mp4"),
        ('{{< tweet user="jo" id="12" >}}', "https://twitter.com/jo/status/12"),
        ("{{< gist jo 1f2e >}}", "https://gist.github.com/jo/1f2e"),
        ("{{< a >}}{{< b x=y >}}One{{< /b >}}{{< /a >}}", "One"),
        ("{{< code >}}{{< x >}} {{ y }} {% z %}{{< /code >}}", "{{< x >}} {{ y }} {% z %}"),
        ("{% raw %}{{< ref x >}}{% endraw %}", "{{< ref x >}}"),
        (
            '[a]({{< relref "posts/2024-01-31-first#b" >}}) [c]({{< ref "#d" >}})',
            "a (https://example.com/blog/first/#b) c",
        ),
    ],
)
def test_a_shortcode_of_hugo_is_what_it_shows(body, wanted):
    result = rendered(body)
    assert (result.text, result.notes) == (wanted, ())


def test_what_stands_below_a_shortcode_keeps_its_line():
    body = "One\n\n{{< figure\n  src='/a.png'\n  caption=`A\nB` >}}\n\n{{< highlight go >}}\na\n{{< /highlight >}}\n\n{{< param x >}}\n"
    assert notes(body) == [("XP202", 3), ("XP201", 12)]


def test_a_post_that_hugo_knows_and_the_site_does_not_is_an_error():
    assert notes('One\n\n[a]({{< ref "nowhere" >}})\n') == [("XP201", 3)]


# --- what nothing reads -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written",
    [
        "[^9]",
        "[a b][c]",
        "[a b][]",
        "[@doe99]",
        "[-@doe99, p. 3; also @x]",
        "{/* to do */}",
        "{--no--}",
        "import A, {B} from 'c';",
    ],
)
def test_markup_that_nothing_reads_is_told_once_at_its_line(written):
    result = rendered(f"One\n\nTwo\n\n{written}\n\nThree\n\n{written}\n")
    assert [(note.code, note.line) for note in result.notes] == [("XP207", 5)]
    assert f"`{written}` is sent as it stands" in result.notes[0].message
    assert result.text.count(written) == 2


@pytest.mark.parametrize(
    "body",
    [
        "`[^9]` and `[a][b]`",
        "```\nimport a from 'b';\n[^9]\n```",
        "[a][b] and c[^1]\n\n[b]: https://x.org\n[^1]: d",
        "[@jo](https://x.org/@jo) and a[0][1] and [sic] [x] [y]",
        "Important: import your own data from 'Excel' now.",
    ],
)
def test_what_is_read_or_is_text_is_not_told(body):
    assert notes(body) == []


def test_what_nothing_reads_has_its_place_so_that_it_is_told_only_where_it_is_sent():
    result = rendered("One\n\nTwo[^9]\n")
    assert result.notes[0].order == result.blocks[1].order > 0


# --- leftovers of exports -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("markup", ["markdown", "html"])
def test_the_words_of_a_cdata_section_are_kept(markup):
    assert text("<p>See <i><![CDATA[the page]]></i> <![if !x]>now<![endif]>.</p>", markup=markup) == "See the page now."


@pytest.mark.parametrize("mark", ["<!-- more -->", "<!--truncate-->", "<!-- TRUNCATE -->"])
def test_the_excerpt_ends_at_docusaurus_mark_too(mark):
    assert rendered(f"One\n\n{mark}\n\nTwo").more == 1


def test_an_address_that_only_pelican_knows_is_told():
    assert notes("One\n\n[a]({filename}/b.md) [c](|filename|d.md)") == [("XP202", 3), ("XP202", 3)]


def test_blanks_at_the_margin_indent():
    assert text("a  \n&nbsp;&nbsp;b&nbsp;&nbsp;c") == "a\n\xa0\xa0b c"


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("%[https://x.org/a_b]", "https://x.org/a_b"),
        ("@[tweet](https://x.org/1)", "https://x.org/1"),
        ("@[TOC](Contents)\n\nA", "A"),
        ("A <w:b>b</w:b> <fb:like></fb:like>c <x:y>", "A b c <x:y>"),
        ("A [oai_citation:0‡Times](https://x.org)", "A Times (https://x.org)"),
        (r"\(x\) \(f(x) = x^2\) \(a_b\) \(item_one = this\)", "(x) f(x) = x² a_b (item_one = this)"),
        ("\\[\na \\times b\n\\]\n\n\\[to do\\]", "a × b\n\n[to do]"),
        ("é 【1†a】é \ue200cite\ue202turn0\ue201.", "é é."),
    ],
)
def test_what_other_programs_have_within_lines_is_what_they_show(body, wanted):
    assert text(body) == wanted


def test_a_source_that_a_chat_program_names_is_told_at_its_line():
    assert notes("é\n\nOne【1†a】\n\nTwo :contentReference[oaicite:0]{index=0}") == [("XP202", 3), ("XP202", 5)]


@pytest.mark.parametrize("markup", ["markdown", "html"])
def test_a_form_to_fill_in_is_told_and_a_text_within_one_stays(markup):
    form = "<form action='/s'><label>Address</label><input type=email><button>Join</button></form>"
    result = rendered(f"<p>One</p>\n\n{form}\n\n<p>Two</p>", markup=markup)
    assert (result.text, [(note.message, note.line) for note in result.notes]) == (
        "One\n\nTwo",
        [("a form was left out", 3)],
    )
    assert text("<form><p>One</p></form>", markup=markup) == "One"
    assert text(f"<form><input><p>{'word ' * 200}</p>", markup=markup).startswith("word word")


# --- character references ------------------------------------------------------------------------------------------


ENDLESS = f"&#{'1' * 5000};"  # Python makes no integer of more than 4,300 digits


@pytest.mark.parametrize("markup", ["markdown", "html"])
@pytest.mark.parametrize(
    "body",
    [f"<p>a{ENDLESS}</p>", f'<p title="{ENDLESS}">a</p>', f'<a href="/{ENDLESS}">a</a>', f"a\n\n<b>{ENDLESS}</b>"],
)
def test_a_reference_without_end_is_no_character(markup, body):
    assert text(body, markup=markup).startswith("a")


def test_a_reference_may_begin_with_many_zeros():
    assert text(f"<p>&#{'0' * 5000}65;&#{'0' * 5000}; b</p>", markup="html") == "A\ufffd b"


def test_a_reference_without_end_in_a_title_is_no_character():
    assert plain_line(f"a {ENDLESS}") == "a \ufffd"
