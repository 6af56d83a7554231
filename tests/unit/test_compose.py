"""From a post to what LinkedIn would get for it."""

from datetime import UTC, datetime

import pytest

from crosspost.compose import compose
from crosspost.compose.little_text import parse
from crosspost.findings import Finding, Severity
from crosspost.model import Article, Directives, Post, Repair, Site
from crosspost.policy import TextPolicy
from crosspost.text import Repaired

URL = "https://example.com/2024/a/"
SITE = Site(url="https://example.com")


def a_post(**changes):
    post = {
        "key": "_posts/2024-01-31-a.md",
        "title": "A title",
        "date": datetime(2024, 1, 31, tzinfo=UTC),
        "body": "The body.\n",
        "body_line": 7,
        "front_matter": {},
        "markup": "markdown",
        "canonical_url": URL,
        "categories": (),
        "tags": (),
        "linkedin_url": None,
    }
    return Post(**{**post, **changes})


def draft_of(policy=None, site=SITE, **changes):
    return compose(a_post(**changes), site, policy or TextPolicy())


def codes(draft):
    return [finding.code for finding in draft.findings]


LONG = "\n\n".join(f"Paragraph {number} has some words. And some more of them." for number in range(100))


def test_the_text_is_title_body_link_and_hashtags():
    draft = draft_of(tags=("machine learning", "C#"))
    assert draft.text == f"A title\n\nThe body.\n\n{URL}\n\n#MachineLearning #CSharp"
    assert draft.hashtags == ("MachineLearning", "CSharp")
    assert draft.link == URL
    assert not draft.shortened


def test_what_looks_like_a_hashtag_in_a_code_block_is_none():
    body = "Text.\n\n```c\n#include <stdio.h>\n#pragma once\n```\n"
    draft = draft_of(body=body, tags=("C", "2", "three", "four", "five", "six"))
    assert (draft.hashtags, draft.text.partition(URL)[2]) == (
        ("C", "three", "four", "five", "six"),
        "\n\n#C #three #four #five #six",
    )
    assert "\\#include \\<stdio.h\\>\n\\#pragma once" in draft.wire
    assert draft.length == len(draft.wire)


@pytest.mark.parametrize(
    ("body", "hashtags"),
    [
        ("Write `#define one` or `#ff0` here.", ()),
        ("- a\n\n  ```\n  #include <a>\n  ```\n", ()),
        ("Read `#AI` under #AI.", ("AI", "AI")),
        ("Read (`#AI`) there.", ()),
        ("<pre>#logo { }</pre> <code>#main</code> is it.", ()),
        ('<p markdown="1">Write `#define` here.</p>', ()),
        ("The `x #define`s, `#태그`를 쓰고 <code>#태그</code>와 #태그들.", ("태그들",)),
    ],
)
def test_what_looks_like_a_hashtag_in_other_code_is_none_either(body, hashtags):
    assert draft_of(body=body).hashtags == hashtags


def test_a_hashtag_of_the_text_or_of_the_post_stays_one_though_code_has_it_too():
    body = "Text #pragma here.\n\n```c\n#include <a>\n#pragma once\n```\n"
    assert draft_of(body=body).hashtags == ("pragma", "pragma")
    assert draft_of(body=body, tags=("include",)).text.endswith("\n\n#include")
    assert "\n\n#include" in draft_of(body=body, tags=("include",)).wire.partition(URL)[2]


def test_a_body_that_the_template_does_not_ask_for_is_not_shortened():
    draft = draft_of(TextPolicy(template="{title}\n\n{link}", limit=200), body=LONG)
    assert (draft.text, draft.shortened) == (f"A title\n\n{URL}", False)
    assert not {"XP301", "XP304"} & set(codes(draft))


def test_the_wire_is_the_text_as_little_text():
    draft = draft_of(body="See (this) #AI and C#.")
    assert draft.wire == rf"A title{chr(10)}{chr(10)}See \(this\) #AI and C\#.{chr(10)}{chr(10)}{URL}"
    assert parse(draft.wire).text == draft.text
    assert draft.hashtags == ("AI",)


def test_the_title_stands_once():
    assert draft_of(body="# A title\n\nThe body.").text == draft_of().text


def test_without_a_title_the_opening_heading_is_the_title():
    draft = draft_of(title=None, body="# The *heading*\n\nThe body.")
    assert draft.title == "The heading"
    assert draft.text == f"The heading\n\nThe body.\n\n{URL}"
    assert draft.article.title == "The heading"


@pytest.mark.parametrize("front_matter", [{}, {"title": ""}])
@pytest.mark.parametrize("body", ["# The heading", "The heading\n===========", "<h1>The heading</h1>"])
def test_every_way_to_write_a_heading_of_the_first_level_makes_a_title(body, front_matter):
    draft = draft_of(title=None, body=f"{body}\n\nThe body.", front_matter=front_matter)
    assert (draft.title, draft.text) == ("The heading", f"The heading\n\nThe body.\n\n{URL}")


@pytest.mark.parametrize("front_matter", [{}, {"title": None}, {"slug": "another"}])
@pytest.mark.parametrize("body", ["## Overview\n\nIt is.", "It is.\n\n# Later"])
def test_without_a_heading_of_the_first_level_the_title_is_made_of_the_file_name(body, front_matter):
    draft = draft_of(key="_posts/2024-01-31-on_being-AI.md", title=None, body=body, front_matter=front_matter)
    assert draft.title == "On Being Ai"
    assert draft.text.startswith(f"On Being Ai\n\n{body.removeprefix('## ').partition(chr(10))[0]}\n\n")
    assert draft.article.title == "On Being Ai"


@pytest.mark.parametrize(
    ("first", "rest", "title"),
    [
        ("Overview", "# Dumping\n\nMore.", "How To Dump Tables"),
        ("Введение", "# API\n\nMore.", "How To Dump Tables"),
        ("A way to dump it all", "# Dumping\n\nMore.", "A way to dump it all"),  # it says of what the file is
        ("Overview", "## Dumping\n\nMore.", "Overview"),
    ],
)
def test_the_first_of_several_sections_gives_its_name_to_the_post_only_if_it_is_about_the_same(first, rest, title):
    key = "_posts/2024-01-31-how-to-dump-tables.md"
    draft = draft_of(key=key, title=None, body=f"# {first}\n\nThe body.\n\n{rest}")
    assert draft.title == title
    assert draft.text.startswith(f"{title}\n\n{'' if title == first else first + chr(10) * 2}The body.")


@pytest.mark.parametrize("mark", ["## ", ""])
def test_an_opening_that_repeats_the_file_name_is_the_title_as_its_author_writes_it(mark):
    draft = draft_of(key="_posts/2024-01-31-on-being-ai.md", title=None, body=f"{mark}On being AI\n\nThe body.")
    assert draft.text == f"On being AI\n\nThe body.\n\n{URL}"


def test_the_title_has_its_emoji_where_the_site_shows_them():
    site = Site(url="https://example.com", config={"plugins": ["jemoji"]})
    assert draft_of(title="Up :rocket:", body="# Up :rocket:\n\nThe body.", site=site).text.startswith(
        "Up 🚀\n\nThe body."
    )
    assert draft_of(title="Up :rocket:").title == "Up :rocket:"


def test_the_title_made_of_the_file_name_is_there_for_liquid():
    assert draft_of(title=None, body="On {{ page.title }}.").text.startswith("A\n\nOn A.")


def test_where_the_title_is_empty_on_purpose_the_body_opens_the_text():
    draft = draft_of(title=None, front_matter={"title": ""}, body="## A\n\nThe body.\n\n# Later")
    assert draft.title is None
    assert draft.text.startswith("A\n\nThe body.\n\nLater")


def test_the_footer_that_leads_to_linkedin_is_not_sent():
    draft = draft_of(body="The body.\n\n[Check this post in LinkedIn](link)\n")
    assert draft.text == draft_of().text


# --- link and card


def test_the_card_is_plain():
    draft = draft_of(title="C# (x)", front_matter={"description": "About [it]"})
    assert draft.article == Article(source=URL, title="C# (x)", description="About [it]")


def test_the_card_has_the_address_as_it_is_and_the_text_without_reserved_characters():
    draft = draft_of(canonical_url="https://example.com/~jo/(a)/")
    assert draft.article.source == "https://example.com/~jo/(a)/"
    assert "https://example.com/%7Ejo/%28a%29/" in draft.text
    assert "https://example.com/%7Ejo/%28a%29/" in draft.wire


def test_addresses_in_title_and_body_are_without_reserved_characters_and_in_code_they_stay():
    draft = draft_of(
        title="On https://a.example/~x", body="Or https://a.example/~y\n\n```\nget https://a.example/~z\n```"
    )
    assert "https://a.example/%7Ex" in draft.text
    assert "https://a.example/%7Ey" in draft.text
    assert "https://a.example/~z" in draft.text


def test_the_card_is_described_by_the_excerpt_where_there_is_no_description():
    assert draft_of(front_matter={"excerpt": "In short."}).article.description == "In short."


@pytest.mark.parametrize("card", ["none", "image", "document"])
def test_other_cards_leave_the_link_in_the_text(card):
    draft = draft_of(TextPolicy(card=card))
    assert draft.article is None
    assert URL in draft.text


def test_a_post_may_go_without_link_and_card():
    draft = draft_of(directives=Directives(link=False))
    assert (draft.text, draft.article, draft.link) == ("A title\n\nThe body.", None, None)
    assert codes(draft) == []


def test_a_post_without_a_known_address_has_neither_link_nor_card():
    draft = draft_of(canonical_url=None, site=Site())
    assert (draft.article, draft.link) == (None, None)
    assert codes(draft) == ["XP008"]


def test_what_reading_found_is_not_found_again():
    found = Finding(post="_posts/2024-01-31-a.md", code="XP008", message="m", fix="f")
    assert draft_of(canonical_url=None, findings=(found,)).findings == (found,)


# --- length


def test_a_text_that_is_too_long_is_shortened_and_keeps_its_link_and_hashtags():
    draft = draft_of(body=LONG, tags=("ai",))
    assert draft.shortened
    assert draft.length <= draft.limit == 3000
    assert draft.text.endswith(f"And some more of them.\n\n{URL}\n\n#ai")
    assert codes(draft) == ["XP301"]


@pytest.mark.parametrize(
    "line", ["**Why it matters**", "🔬 <b>Why it matters</b>", "## Why it matters", "It matters:", "***"]
)
def test_what_announces_the_next_block_is_not_the_last_thing(line):
    body = f"One.\n\n{line}\n\n{'two ' * 100}three."
    assert draft_of(TextPolicy(limit=100), body=body).text == f"A title\n\nOne.\n\n{URL}"


@pytest.mark.parametrize("line", ["**It matters.**", "Why **it matters**", "**Why** it matters"])
def test_a_line_that_says_something_may_be_the_last_thing(line):
    body = f"One.\n\n{line}\n\n{'two ' * 100}three."
    shown = line.replace("*", "")
    assert draft_of(TextPolicy(limit=100), body=body).text == f"A title\n\nOne.\n\n{shown}\n\n{URL}"


def test_what_is_said_of_a_shortened_text_tells_where_it_ends_and_on_which_line():
    draft = draft_of(TextPolicy(limit=100), body="One *two* three.\n\nFour five.\n\n" + "six " * 50, body_line=7)
    (finding,) = draft.findings
    assert (finding.code, finding.line) == ("XP301", 9)
    assert finding.message == (
        "as sent, the text has 265 of at most 100 characters; LinkedIn gets it up to “One two three. Four five.”"
    )


@pytest.mark.parametrize("end", ["Two *words* of it.", "Twice.\n\n```\nTwice.\n```"])
def test_where_a_shortened_text_ends_has_no_line_if_that_is_not_sure(end):
    draft = draft_of(TextPolicy(limit=110), body=f"One.\n\n{end}\n\n" + "Six " * 40)
    assert [(one.code, one.line) for one in draft.findings] == [("XP301", None)]


@pytest.mark.parametrize(
    ("body", "front_matter"),
    [("The one.\n\n<!--more-->\n\n" + LONG, {}), (LONG, {"excerpt": "The one."})],
)
def test_what_stands_for_the_body_by_its_authors_choice_is_said_to(body, front_matter):
    (finding,) = draft_of(body=body, front_matter=front_matter).findings
    assert finding.code == "XP301"
    assert "what is marked to stand for it" in finding.message


def test_a_shortened_text_without_a_link_is_warned_about():
    assert codes(draft_of(body=LONG, directives=Directives(link=False))) == ["XP301", "XP304"]


@pytest.mark.parametrize(
    ("policy", "changes", "fix"),
    [
        ({"template": "{title}\n\n{body}", "card": "none"}, {}, "put {link} into"),
        ({"template": "{title}\n\n{body}", "card": "image"}, {"front_matter": {"image": "a.png"}}, "put {link} into"),
        ({}, {"directives": Directives(link=False)}, "remove 'linkedin: link: false'"),
        ({}, {"canonical_url": None}, "set `url`"),
    ],
)
def test_whatever_keeps_the_link_from_a_shortened_text_is_told_with_what_helps(policy, changes, fix):
    (finding,) = (one for one in draft_of(TextPolicy(**policy), body=LONG, **changes).findings if one.code == "XP304")
    assert finding.fix.startswith(fix)


def test_a_link_on_the_card_alone_is_one():
    assert codes(draft_of(TextPolicy(template="{title}\n\n{body}"), body=LONG)) == ["XP301"]


def test_the_more_mark_says_where_to_shorten():
    draft = draft_of(body="The opening.\n\n<!--more-->\n\n" + LONG)
    assert draft.text == f"A title\n\nThe opening.\n\n{URL}"
    assert codes(draft) == ["XP301"]


def test_the_excerpt_stands_for_a_body_that_is_too_long():
    draft = draft_of(body=LONG, front_matter={"excerpt": "An *excerpt*."})
    assert draft.text == f"A title\n\nAn excerpt.\n\n{URL}"


def test_a_description_is_for_the_card_and_not_for_the_text():
    draft = draft_of(body=LONG, front_matter={"description": "For search engines."})
    assert "For search engines." not in draft.text
    assert draft.article.description == "For search engines."


def test_an_excerpt_for_linkedin_is_no_warning():
    directives = Directives(excerpt="For LinkedIn.")
    draft = draft_of(body=LONG, directives=directives)
    assert draft.text == f"A title\n\nFor LinkedIn.\n\n{URL}"
    assert draft.findings == ()
    cut = draft_of(TextPolicy(limit=100), body=LONG, directives=Directives(excerpt="One sentence. " * 20))
    assert codes(cut) == ["XP301"]


def test_an_excerpt_that_was_chosen_is_no_warning():
    draft = draft_of(TextPolicy(body="excerpt"), body="One.\n\nTwo.")
    assert draft.text == f"A title\n\nOne.\n\n{URL}"
    assert draft.shortened
    assert codes(draft) == []


def test_a_text_that_may_not_be_shortened_is_refused():
    draft = draft_of(TextPolicy(body="full"), body=LONG)
    assert codes(draft) == ["XP302"]
    assert draft.length > draft.limit
    assert not draft.shortened


def test_a_text_that_cannot_be_shortened_is_refused():
    assert codes(draft_of(body="x" * 4000)) == ["XP302"]
    assert codes(draft_of(title="word " * 1000)) == ["XP302"]


@pytest.mark.parametrize("limit", range(330, 350))
@pytest.mark.parametrize("heading", ["## #aa #bb #cc #dd #ee", "#aa #bb #cc #dd #ee:"])
def test_hashtags_that_come_for_those_of_a_heading_that_is_cut_off_have_their_room(heading, limit):
    code = "x\n" * 400
    body = f"{'Word number one is here. ' * 9}\n\n{heading}\n\n```\n{code}```\n"
    draft = draft_of(TextPolicy(limit=limit), body=body, tags=tuple(f"hashtagnumber{name}" for name in "abcde"))
    assert draft.length <= limit
    assert codes(draft) == ["XP301"]


@pytest.mark.parametrize("limit", range(60, 140))
def test_no_text_is_cut_within_a_name_that_is_to_be_a_mention(limit):
    names = {"Yahoo! Japan Inc. Tokyo": "urn:li:organization:1", "Ada Lovelace": "urn:li:person:1"}
    body = "Thanks to Ada Lovelace and Yahoo! Japan Inc. Tokyo for all. And so on."
    text = draft_of(TextPolicy(limit=limit), body=body, directives=Directives(mentions=names)).text
    assert ("Ada" in text) is ("Ada Lovelace" in text)
    assert ("Yahoo!" in text) is ("Yahoo! Japan Inc. Tokyo" in text)


def test_escapes_count():
    assert draft_of(body="(" * 1400).shortened is False
    assert codes(draft_of(body="(" * 1600)) == ["XP302"]


def test_links_in_footnotes_are_inline_where_the_notes_are_cut_off():
    policy = TextPolicy(links="footnotes")
    body = "See [this](https://example.org/x).\n\n"
    assert "this [1]." in draft_of(policy, body=body).text
    assert "this (https://example.org/x)." in draft_of(policy, body=body + LONG).text


@pytest.mark.parametrize("links", ["inline", "footnotes", "drop"])
def test_marks_of_footnotes_go_where_the_notes_are_cut_off(links):
    policy = TextPolicy(links=links)
    body = "I like Sass[^1].\n\n{}[^1]: A language.\n"
    assert "Sass[1].\n\n[1] A language." in draft_of(policy, body=body.format("")).text
    shortened = draft_of(policy, body=body.format(LONG + "\n\n"))
    assert shortened.shortened
    assert "[1]" not in shortened.text
    assert "I like Sass." in shortened.text
    marked = draft_of(TextPolicy(links=links, body="excerpt"), body=body.format("<!--more-->\n\nMore\n\n"))
    assert "[1]" not in marked.text


@pytest.mark.parametrize("heading", ["## References", "**Notes**"])
def test_the_heading_over_footnotes_goes_where_these_are_cut_off(heading):
    body = f"One.[^1]\n\n{heading}\n\n[^1]: {'A long note. ' * 30}"
    assert heading.strip("#* ") in draft_of(body=body).text
    assert draft_of(TextPolicy(limit=150), body=body).text == f"A title\n\nOne.\n\n{URL}"


def test_hashtags_of_a_closing_line_survive_the_cut():
    draft = draft_of(body=LONG + "\n\n#AI #Training", tags=("hr",))
    assert draft.text.endswith("#AI #Training #hr")
    whole = draft_of(body="Short.\n\n#AI #Training", tags=("hr", "ai"))
    assert whole.text == f"A title\n\nShort.\n\n#AI #Training\n\n{URL}\n\n#hr"


def test_hashtags_hidden_in_a_comment_are_sent():
    assert draft_of(body="The body.\n\n<!-- #AI #HR -->").hashtags == ("AI", "HR")


def test_hidden_hashtags_may_be_names_with_signs_and_need_no_blanks():
    assert draft_of(body="The body.\n\n<!-- #C#, #c++,#L&D\n#A#B -->").hashtags == (
        "CSharp",
        "CPlusPlus",
        "LAndD",
        "A",
        "B",
    )


def test_a_word_of_which_linkedin_would_make_the_wrong_hashtag_is_none():
    draft = draft_of(body="A plan for #L&D and #node.js.")
    assert draft.hashtags == ()
    assert r"\#L&D and \#node.js." in draft.wire


def test_of_words_with_a_hyphen_only_capitals_before_it_are_a_hashtag():
    draft = draft_of(body="On #e-learning, #async-rust, #Covid-19, #AI-driven and #KI-Tools.")
    assert draft.hashtags == ("AI", "KI")
    assert r"\#e-learning, \#async-rust, \#Covid-19, #AI-driven and #KI-Tools" in draft.wire


def test_what_will_not_be_live_in_a_line_of_hashtags_is_a_note_with_its_line():
    draft = draft_of(body="The body.\n\n#AI #machine-learning · #C# #1\n", body_line=5)
    (finding,) = draft.findings
    assert (finding.code, finding.line, finding.fix) == ("XP305", 7, "write #MachineLearning, #CSharp")
    assert "#machine-learning, #C# in the text" in finding.message


@pytest.mark.parametrize(
    "body", ["See #machine-learning.", "```\n#machine-learning\n```", "Yes.\n\n#AI-driven", "Yes.\n\n#1 #2"]
)
def test_no_note_is_made_of_words_that_are_not_meant_as_hashtags(body):
    assert draft_of(body=body).findings == ()


def test_nothing_to_publish_is_an_error():
    assert codes(draft_of(title=None, body=" \n")) == ["XP303"]
    assert draft_of(title=None, body=" \n").title is None
    assert "XP303" in codes(draft_of(title=None, body="<!-- nothing -->"))
    assert codes(draft_of(body="")) == []


def test_a_template_that_shows_nothing_of_the_post_is_an_error():
    assert "XP303" in codes(draft_of(TextPolicy(template="{hashtags}")))


# --- what the author says about LinkedIn


def test_a_text_for_linkedin_stands_for_the_body():
    draft = draft_of(directives=Directives(text="For *LinkedIn*."), body="{% broken")
    assert draft.text == f"A title\n\nFor LinkedIn.\n\n{URL}"
    assert codes(draft) == []


def test_a_post_may_have_its_own_visibility():
    assert draft_of().visibility == "PUBLIC"
    assert draft_of(directives=Directives(visibility="CONNECTIONS")).visibility == "CONNECTIONS"


def test_hashtags_that_a_post_names_for_linkedin_are_all_sent():
    assert draft_of(directives=Directives(hashtags=tuple("abcdefg"))).hashtags == tuple("abcdefg")


@pytest.mark.parametrize(("source", "hashtags"), [("tags", ("ai",)), ("categories", ("HumanResources",)), ("none", ())])
def test_hashtags_come_from_where_the_setting_says(source, hashtags):
    draft = draft_of(TextPolicy(hashtags=source), tags=("ai",), categories=("human resources",))
    assert draft.hashtags == hashtags


def test_hashtags_of_the_body_stay_where_they_are_and_count():
    draft = draft_of(body="On #one, #two and #three.", tags=("two", "four", "five", "six"))
    assert draft.text.startswith("A title\n\nOn #one, #two and #three.\n\n")
    assert draft.hashtags == ("one", "two", "three", "four", "five")


def test_the_map_of_the_settings_names_a_hashtag():
    assert draft_of(TextPolicy(hashtag_map={"AI": "ArtificialIntelligence"}), tags=("ai",)).hashtags == (
        "ArtificialIntelligence",
    )


def test_a_hashtag_of_the_title_is_not_repeated():
    assert draft_of(title="On #AI", tags=("ai", "hr")).hashtags == ("AI", "hr")


def test_what_became_of_hashtags_is_a_note():
    draft = draft_of(tags=("2024", "ai"))
    assert codes(draft) == ["XP305"]
    assert "'2024'" in draft.findings[0].message


@pytest.mark.parametrize(("source", "line"), [("tags", 3), ("categories", 4)])
def test_what_became_of_hashtags_has_the_line_of_their_key(source, line):
    lines = {("tags",): 3, ("categories",): 4}
    (finding,) = draft_of(TextPolicy(hashtags=source), tags=("1",), categories=("1",), lines=lines).findings
    assert (finding.code, finding.line) == ("XP305", line)


# --- repairs


def repairs_of(monkeypatch, **kinds):
    one = {name: (Repair(step=step, before="x", after="y", line=3),) for name, step in kinds.items()}
    monkeypatch.setattr("crosspost.compose.mend.repair_among", lambda text, **_: Repaired(text=text, **one))


@pytest.mark.parametrize(("step", "code"), [("mojibake", "XP101"), ("styled", "XP103"), ("invisible", "XP104")])
def test_every_kind_of_repair_is_noted_with_its_line(monkeypatch, step, code):
    repairs_of(monkeypatch, repairs=step)
    draft = draft_of(body="a\nb")
    (found,) = draft.findings
    assert (found.code, found.line, found.severity) == (code, 8, Severity.NOTE)
    assert [one.line for one in draft.repairs] == [8]


@pytest.mark.parametrize(
    "changes", [{"title": "a\ud800b"}, {"body": "a\ud800b"}, {"front_matter": {"excerpt": "\ud800"}}]
)
def test_half_a_character_is_a_character_lost(changes):
    draft = draft_of(**changes)
    assert codes(draft)[:1] == ["XP102"]
    assert draft.wire.encode()
    assert draft_of(title="a\ud83d\ude80b").title == "a🚀b"


def test_what_is_lost_for_good_is_told_without_a_reading():
    (finding,) = draft_of(body="It was \ufffd years ago.").findings
    assert (finding.code, finding.line) == ("XP102", 7)
    assert finding.message == "text was lost to a wrong encoding: '\ufffd' stands where it was"


def test_a_repair_that_is_not_sure_keeps_the_post_from_being_sent(monkeypatch):
    repairs_of(monkeypatch, offers="mojibake")
    (found,) = draft_of(body="a\nb").findings
    assert (found.code, found.line, found.severity) == ("XP102", 8, Severity.ERROR)


def test_what_the_renderer_notes_has_its_line_in_the_file():
    draft = draft_of(body="fine\n\n{% nosuchtag %}\n")
    assert [(found.code, found.line) for found in draft.findings] == [("XP201", 9)]


def test_notes_on_a_text_of_the_front_matter_have_no_line():
    draft = draft_of(directives=Directives(text="{% nosuchtag %}"))
    assert [(found.code, found.line) for found in draft.findings] == [("XP201", None)]


def test_a_mention_written_as_linkedin_has_it_is_told_to_lead_nowhere():
    draft = draft_of(body="Thanks to @[Ada Lovelace](urn:li:person:aB3).")
    assert "Thanks to @Ada Lovelace." in draft.text
    (finding,) = draft.findings
    assert finding.code == "XP202"
    assert finding.message == "the mention of “Ada Lovelace” (urn:li:person:aB3) was left out"
    assert "linkedin: mentions" in finding.fix


PICTURES = (
    "One.\n\n![a](a.png)\n\nTwo. ![b](b.png)\n\n{}\n\n![c](c.png)\n\n<div markdown='1'>\n- x\n- ![d](d.png)\n</div>"
)


def left_out(**changes):
    return [finding.message for finding in draft_of(**changes).findings if finding.code == "XP202"]


def test_relative_links_of_a_site_without_an_address_are_one_warning():
    body = "One [a](/a).\n\nTwo [b](/b), [c](/c)."
    (finding,) = (one for one in draft_of(body=body, site=Site(), canonical_url=None).findings if one.code == "XP202")
    assert finding.message == "the address of the relative link “a” (/a) was left out, and those of 2 more"
    assert finding.line == 7
    assert left_out(body="One [a](/a).", site=Site(), canonical_url=None) == [
        "the address of the relative link “a” (/a) was left out"
    ]


def test_pictures_below_the_cut_are_no_warning():
    assert len(left_out(body=PICTURES.format("Three."))) == 4
    assert left_out(body=PICTURES.format(LONG)) == ["the image “a” was left out", "the image “b” was left out"]
    assert left_out(body=PICTURES.format("<!--more-->\n\n" + LONG)) == [
        "the image “a” was left out",
        "the image “b” was left out",
    ]


def test_pictures_of_a_body_that_an_excerpt_stands_for_are_no_warning():
    assert left_out(body=PICTURES.format(LONG), front_matter={"excerpt": "Short."}) == []


def test_an_error_below_the_cut_is_one():
    assert "XP201" in codes(draft_of(body=LONG + "\n\n{{ site.data.x }}"))


def test_what_comes_after_the_more_mark_within_html_is_not_sent():
    body = f"One.\n\n<!--more-->\n\n<div markdown='1'>\nTwo.\n- x\n</div>\n\n{LONG}"
    assert draft_of(body=body).text == f"A title\n\nOne.\n\n{URL}"


def test_notes_on_an_excerpt_count_where_it_is_sent():
    excerpt = {"excerpt": "Short. {% nosuchtag %}"}
    assert codes(draft_of(front_matter=excerpt)) == []
    assert codes(draft_of(front_matter=excerpt, body=LONG)) == ["XP201", "XP301"]


def test_a_wire_that_says_something_else_is_never_sent(monkeypatch):
    monkeypatch.setattr("crosspost.compose.layout.to_wire", lambda text, **_: text)
    draft = draft_of(body="a (b)")
    assert codes(draft) == ["XP204"]
    assert draft.findings[0].severity is Severity.ERROR


def test_the_fold_is_that_of_the_text():
    assert draft_of().fold == len("A title\n\nThe body.")
    assert draft_of(directives=Directives(link=False)).fold is None


@pytest.mark.parametrize(
    ("body", "wasted"),
    [
        ("A title!\nThe point.", True),
        ("The point.\n\nA title", False),
        ("A title that goes on", False),
    ],
)
def test_opening_lines_that_tell_nothing_are_warned_about(body, wasted):
    """The feed shows about three lines; a title said twice leaves none for the point."""
    assert ("XP306" in codes(draft_of(body=body))) is wasted


def test_a_title_whose_words_fill_the_opening_lines_again_is_warned_about():
    title = "Twenty-two years ago I started to work for a company whose name stood for artificial intelligence software"
    assert "XP306" in codes(draft_of(title=title, body=f"{title}. They were ahead of their time."))
    assert "XP306" not in codes(draft_of(title=title, body="They were ahead of their time."))
    assert "XP306" not in codes(draft_of(title="Ten tips", body="Ten tips: the first costs nothing."))


@pytest.mark.parametrize(
    ("body", "wasted"),
    [
        ("## Overview\n\nThe point of the post, which takes a line.", True),
        ("## What it costs\n\nThe point of the post, which takes a line.", False),
        ("https://example.org/a\n\nThe point.", False),
        ("## 这是一个好故事\n\nThe point of the post, which takes a line.", False),  # a sentence without blanks
    ],
)
def test_one_word_beneath_the_title_is_warned_about(body, wasted):
    """A heading such as "Overview" takes the one line that the feed shows of the body."""
    assert ("XP306" in codes(draft_of(body=body))) is wasted


@pytest.mark.parametrize(
    "line",
    [
        *(
            "Hi everyone!",
            "Dear all,",
            "Liebe Kolleginnen und Kollegen,",
            "Hello, LinkedIn family 👋",
            "Hallo zusammen!",
            "Bonjour à tous,",
            "Hola a todos",
        ),
        *(
            "Всем привет!",
            "大家好！",
            "皆さん、こんにちは！",
            "नमस्ते!",
            "مرحبا بالجميع",
            "🚀🚀🚀",
            "...",
            "#AI #Training",
        ),
        *("**Introduction**", "## 1. Introduction"),
    ],
)
def test_a_greeting_or_a_line_without_a_word_beneath_the_title_is_warned_about_on_its_line(line):
    point = "The point of the post, which takes a line."
    for above, number in (("", 5), ("# A title\n\n", 7)):
        (finding,) = draft_of(body=f"\n{above}{line}\n\n{point}", body_line=4).findings
        assert (finding.code, finding.line) == ("XP306", number)
    assert draft_of(body=f"{point}\n\n{line}\n\n{point}").findings == ()


@pytest.mark.parametrize(
    "line",
    [
        "I was fired.",
        "Stop it!",
        "History matters.",
        "Hi there is what I said to the CEO.",
        "Hey! We won.",
        "Dearest",
        "Liebe ist alles.",
    ],
)
def test_a_short_line_that_says_something_is_a_fine_opening(line):
    assert draft_of(body=f"{line}\n\nThe point of the post, which takes a line.").findings == ()


def test_a_link_before_everything_else_is_warned_about():
    assert "XP306" in codes(draft_of(policy=TextPolicy(template="{link}\n\n{title}\n\n{body}")))
    assert "XP306" in codes(draft_of(policy=TextPolicy(template="{hashtags}\n\n{title}\n\n{body}"), tags=("ai",)))
