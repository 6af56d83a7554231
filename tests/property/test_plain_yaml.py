"""The fast lane for plain front matter: it says what libyaml says, or nothing."""

import contextlib

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from crosspost.jekyll import envelope, nodes, plain_yaml, yaml_text

AS_TEXT = frozenset({"title", "tags"})

KEYS = st.one_of(
    st.sampled_from(
        ["title", "tags", "date", "a", "b_c", "d-e", "on", "No", "null", "y", "é", "7", "<<", "=", "- a", "? a"]
    ),
    st.text("ab: -#'\"", max_size=4),
)
WORDS = st.sampled_from(
    [
        *("yes", "No", "ON", "off", "y", "n", "true", "False", "TRUE", "tRUE", "null", "Null", "~", "NULL", "nul"),
        *(
            "0",
            "-0",
            "+1",
            "1_000",
            "0b1_0",
            "0o7",
            "007",
            "08",
            "0x1F",
            "1.5",
            ".5",
            "1e3",
            "1.e+3",
            "-.inf",
            ".nan",
            "1_",
            "_1",
        ),
        *("1:30", "190:20:30", "1:30.5", "12:60", "20:30:40:50", "1.2.3", "9" * 5000),
        *(
            "2024-01-31",
            "2016-06-31",
            "2024-1-5",
            "0000-00-00",
            "2001-12-14t21:59:43.10-05:00",
            "2001-12-14 21:59:43.1 -5",
        ),
        *(
            "2024-09-18 09:40:00",
            "2024-09-18 09:40:00 -0600",
            "2024-09-18 09:40:00 -06:00",
            "2024-09-18 9:40",
            "2024-01-01 25:00:00",
        ),
        *(
            "a: b",
            "a:b",
            "a:",
            ":a",
            "a #b",
            "a#b",
            "# c",
            "C#",
            "http://x.y/z?a=b#c",
            "a, b",
            "{a}",
            "{{ x }}",
            "[a",
            "a]",
            "don't",
        ),
        *(
            "&a",
            "*a",
            "&a b",
            "!a",
            "!!str 1",
            "|",
            ">",
            ">-",
            "%a",
            "@a",
            "`a`",
            "=",
            "<<",
            "- a",
            "-",
            "-a",
            "--- ",
            "...",
            "? a",
            "?a",
        ),
        *('"a"', "'a'", '"a" b', "'it''s'", "'a", '"a', '"\\n"', '"a: b"', "''", '""', "'a' # c", "''' '", '"a" "b"'),
        *(
            "é",
            "Ünïcode",
            "日本",
            "🙂",
            "\xa0a",
            "a\xa0",
            "\u2003",
            "\ufeff",
            "a\u2028b",
            "a\x85b",
            "\x07",
            "\x7f",
            "\ufffe",
            "\t",
            "a\t",
            "a\tb",
        ),
    ]
)
SCALARS = st.one_of(
    WORDS, st.text("ab0: #,-'\"[]{}&*!|>?.\t\\", max_size=8), st.lists(WORDS, min_size=2, max_size=3).map(" ".join)
)
BLANKS = st.sampled_from(["", " ", "  ", "   ", "\t"])
LISTS = st.lists(SCALARS, max_size=4).flatmap(
    lambda items: st.sampled_from([", ", ",", " , ", ",\t"]).map(lambda comma: f"[{comma.join(items)}]")
)
VALUES = st.one_of(SCALARS, LISTS, st.just(""), st.builds("{} # {}".format, SCALARS, SCALARS))
PAIRS = st.builds("{}{}:{}{}{}".format, st.sampled_from(["", "", "", " "]), KEYS, BLANKS, VALUES, BLANKS)
ENTRIES = st.builds("{}-{}{}{}".format, BLANKS, BLANKS, SCALARS, BLANKS)
OTHER = st.one_of(BLANKS, st.builds("{}#{}".format, BLANKS, SCALARS), SCALARS, st.builds("  {}".format, SCALARS))
LINES = st.one_of(PAIRS, PAIRS, ENTRIES, OTHER)
ENDS = st.sampled_from(["\n", "\n", "\r\n", "\r", "\x85", "\u2028"])
YAML = st.builds(
    lambda first, lines, end: first + end.join(lines),
    st.sampled_from(["", "", "", "\ufeff", "\n", "---\n"]),
    st.lists(LINES, max_size=6),
    ENDS,
)
# What most authors write, so that the lane is taken, too.
BELOW = st.lists(
    st.builds(
        "{}{}:{}".format,
        st.sampled_from(["  ", "  ", " "]),
        st.sampled_from(["title", "b", "on"]),
        WORDS.map(" {}".format) | st.just(""),
    ),
    min_size=1,
    max_size=3,
).map("\n".join)
PLAIN = st.lists(
    st.one_of(
        st.builds("{}:\n{}".format, st.sampled_from(["title", "c"]), BELOW),
        st.builds("{}: {}".format, st.sampled_from(["title", "tags", "a", "on", "b-c"]), st.one_of(WORDS, LISTS)),
        st.builds(
            "{}:\n{}".format, st.sampled_from(["title", "tags", "a"]), st.lists(WORDS.map("- {}".format)).map("\n".join)
        ),
    ),
    max_size=4,
).map("\n".join)


def told(values):
    """What `==` does not see: True is not 1, nor are two moments one that are written with two offsets; NaN is NaN."""
    return repr(values)


def agrees(text):
    """Whether the lane took the text; it must not say anything else than libyaml."""
    if (understood := plain_yaml.read(text, yaml_text.plain, AS_TEXT)) is None:
        return False
    values, lines = understood
    document = yaml_text.parsed(text, AS_TEXT)
    assert told(values) == told(document.values)
    assert (lines, ()) == (dict(document.lines), document.repeated)
    return True


@settings(max_examples=2000)
@given(st.one_of(YAML, PLAIN))
@example("a: - b")
@example("a:\n- b\n - c")
@example("a: [b, c ]\nd: 'it''s'\n\n# no\ne:\n  - x\n  - \"y\"\n")
@example("a: " + "9" * 5000)
@example("a:\xa0b")
@example("a: b\n  c")
@example("a: b\n- c")
@example("a: b\n  c: d")
@example("a:\n  b: 1\n  - c")
@example("a:\n  b:\n  - c")
@example("a:\n  - b\n  c: 1")
@example("a:\n  b: 1\n   c: 2")
@example("a:\n  b:\n    c: 2")
@example("a:\n- b\n  c: 1")
@example("a:\n  b: 1\n# c\n\n  d: ~\ne: .5")
def test_plain_yaml_is_read_as_libyaml_reads_it_or_not_at_all(text):
    agrees(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        'layout: post\ntitle: "Post: 1"\ndate: 2024-09-18 09:40:00 -0600\ncategories: [one]\ntags: [a, \'b\', "c d"]\n',
        "title: It's 5:30 # no\r\n".replace(" # no", "") + "published: true\r\nlinkedin_url:\r\n",
        "tags:\n  - One\n  - 2024\n\n# said later\ndate: 2024-01-31\nurl: https://example.com/#top\n",
        "header:\n  overlay_image: /assets/a.jpg\n  title: 2024\n  more: [a, b]\nlayout: ~\nroot: ../..\n",
        "title: 𝗕𝗼𝗹𝗱 and 🙂\nsummary: 'it''s'\n",
    ],
)
def test_what_most_authors_write_takes_the_fast_lane(text):
    assert agrees(text)


def test_a_text_of_many_values_is_left_to_the_guard_against_too_many():
    assert not agrees("a: [" + "b, " * 200_000 + "b]")


def test_the_front_matter_of_real_posts_is_read_as_libyaml_reads_it_and_most_takes_the_fast_lane(shared):
    taken = []
    for file in sorted(one for one in (shared / "corpus").rglob("*") if one.is_file()):
        try:
            parts = envelope.split(file.read_bytes())
        except envelope.FrontMatterNotClosed:
            continue
        if parts and parts.kind == "yaml":
            taken.append(agrees(parts.metadata.decode()))
    assert sum(taken) > 0.85 * len(taken) > 200


# What begins a collection, ends one, or makes a text something else.
NESTING = st.text(st.sampled_from("[]{}-:?, \nab'\"&*!|>#"), max_size=40)


@given(NESTING | st.lists(st.sampled_from(["- ", "? ", ": ", "a: ", "[", "{", "\n", "  ", "]", "}", ","])).map("".join))
@example("- - - - a")
@example("? ? ? a")
@example("[a: b, {c}]")
@example("? - a: - b")
def test_no_text_is_nested_deeper_than_it_has_signs_that_begin_a_collection(text):
    """`nodes.guard_depth` trusts that, and lets libyaml compose such a text by a recursion without a limit."""
    depth = deepest = 0
    with contextlib.suppress(yaml.YAMLError):
        for event in yaml.parse(text, Loader=nodes.Loader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            deepest = max(deepest, depth)
    assert deepest <= sum(map(text.count, nodes._OPENERS))


@given(NESTING | st.lists(st.sampled_from(["- ", "? ", ": ", "a: ", "[", "{", "\n", "  ", "]", "}", ","])).map("".join))
@example("?")
@example("- ? - ?")
@example("[:]")
def test_a_text_without_aliases_has_few_nodes_for_its_length(text):
    """`yaml_text` trusts that, and weighs no short text that has no anchor."""
    found = 0
    with contextlib.suppress(yaml.YAMLError):
        for event in yaml.parse(text, Loader=nodes.Loader):
            found += isinstance(event, yaml.NodeEvent)
    assert found <= yaml_text._MOST_AT_A_CHARACTER * len(text)
