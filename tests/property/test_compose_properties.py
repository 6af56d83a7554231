"""Whatever a post says, it composes, and what would be sent reads as it is shown."""

import re
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from crosspost.compose import compose
from crosspost.compose.little_text import gate, parse
from crosspost.compose.urls import encode_url
from crosspost.findings import Severity
from crosspost.model import Directives, Post, Site
from crosspost.policy import TextPolicy
from crosspost.sandbox.little_text import parse as linkedin_reads

LINES = st.sampled_from(
    [
        "# Heading",
        "## #One #Two #Three #Four #Five",
        "It was hard. I learned three things 👇",
        "A sentence. And (another) one!",
        "- item\n- item #AI\n  - nested_one",
        "1. a\n2. b",
        "> quote",
        "```\ncode {x} # y\n```",
        "| a | b |\n|---|---|\n| 1 | 2 |",
        "[link](https://a.example/~jo/(x)) and ![alt](/i.png)",
        "https://a.example/a_b*c?d={e}",
        "{% if x %}y{% endif %} {{ page.title }} {% broken",
        "<div>html <b>bold</b><br></div>",
        "<!--more-->",
        "<!-- #A #B -->",
        "Text[^1]\n\n[^1]: note",
        "#One #Two #three_four",
        "𝗕𝗼𝗹𝗱 ğŸŒŸ \u200b",
        "word " * 150,
        "長い文。" * 120,
        "[Check this post in LinkedIn](link)",
    ]
)
# What LinkedIn, Markdown, HTML and Liquid each read in their own way, in any order.
MARKS = st.lists(
    st.sampled_from(
        re.findall(
            r"\S+",
            r"""
( ) [ ] { } < > @ # * _ ~ \ | #AI C# #1 a#b #a_b (#x) ＃Tag #हिन्दी #日本語 #é #👍 #ＡＩ #𝗔𝗜 「#x」 #x#y **b** _i_ ~~s~~ `c#_x`
[t](https://a.example/x_(y)) <https://a.example/~b> https://a.example/a_b*c?d={e}&f=[g]#h {hashtag|\#|x} @[A](urn:li:person:1)
{{page.title}} {%raw%}{{x}}{%endraw%} &lt;b&gt; &#35;Tag &#x5c; \#Tag \* \[x\] \( |a|b| <b>#Bold</b> <br> [^1] $a_b$ $$x^2$$ ***
user@a.example {:.c} <script>x</script> <x-y> <! </ &amp;#x H~2~O
""",
        )
    )
    | st.sampled_from(
        re.findall(
            r"[^,]+",
            " ,\n,\n\n,\u00a0,\u3000,\t,\r\n,\u2028,\u0085,\u200b,\u0301,\n    ,\n> ,\n- ,\n|-|-|\n,\n[^1]: n ",
        )
    ),
    max_size=14,
).map("".join)
ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
BODIES = st.lists(LINES | ANY | MARKS, max_size=12).map("\n\n".join)
TEXTS = st.none() | BODIES

POSTS = st.builds(
    Post,
    key=st.just("_posts/2024-01-31-a.md"),
    title=st.none() | ANY | LINES,
    date=st.just(datetime(2024, 1, 31, tzinfo=UTC)),
    body=BODIES,
    body_line=st.integers(1, 30),
    front_matter=st.dictionaries(
        st.sampled_from(["excerpt", "description", "image", "url"]), ANY | LINES | st.integers(), max_size=3
    ),
    markup=st.sampled_from(["markdown", "html"]),
    canonical_url=st.none() | st.just("https://a.example/~jo/x_(y)/") | ANY,
    categories=st.lists(ANY, max_size=3).map(tuple),
    tags=st.lists(ANY | st.sampled_from(["C#", "ai", "हिन्दी", "a b"]), max_size=8).map(tuple),
    linkedin_url=st.none(),
    directives=st.builds(
        Directives,
        text=TEXTS,
        excerpt=TEXTS,
        hashtags=st.none() | st.lists(ANY, max_size=8).map(tuple),
        link=st.booleans(),
    ),
)
POLICIES = st.builds(
    TextPolicy,
    body=st.sampled_from(["auto", "full", "excerpt"]),
    limit=st.sampled_from([0, 50, 300, 3000]),
    links=st.sampled_from(["inline", "footnotes", "drop"]),
    hashtags=st.sampled_from(["tags", "categories", "none"]),
    template=st.sampled_from(
        [TextPolicy().template, "{body} {hashtags}", "({title}) {{x}} #{body}_{link}", "", "fixed"]
    ),
    card=st.sampled_from(["article", "image", "none"]),
)
SITES = st.sampled_from([Site(), Site(url="https://a.example", baseurl="/b")])


@settings(max_examples=150)
@given(POSTS, SITES, POLICIES)
def test_every_post_composes_and_nothing_goes_out_that_linkedin_would_cut(post, site, policy):
    draft = compose(post, site, policy)
    codes = {finding.code for finding in draft.findings}
    assert gate(draft.wire, draft.text) is None
    read = linkedin_reads(draft.wire)
    assert (read.rendered, read.cut) == (draft.text, None)
    assert parse(draft.wire).hashtags == draft.hashtags
    assert draft.length <= draft.limit or "XP302" in codes
    assert draft.text.strip() or "XP303" in codes
    assert draft.fold is None or 0 <= draft.fold < len(draft.text)


@settings(max_examples=60)
@given(POSTS, SITES, POLICIES)
def test_composing_is_a_function_of_the_post(post, site, policy):
    assert compose(post, site, policy) == compose(post, site, policy)


@settings(max_examples=60)
@given(POSTS, SITES, POLICIES)
def test_a_shortened_draft_says_so_unless_the_author_chose_it(post, site, policy):
    draft = compose(post, site, policy)
    codes = {finding.code for finding in draft.findings if finding.severity is not Severity.NOTE}
    if draft.shortened:
        assert policy.body == "excerpt" or post.directives.excerpt or "XP301" in codes
        assert (draft.link and (draft.article or encode_url(draft.link) in draft.text)) or "XP304" in codes
