"""Two readers of little text, written apart from the same page: the client's gate and the sandbox agree.

The client's parser is what keeps a post from being cut; the sandbox's is what LinkedIn would do. Where they disagree,
one of them has misread the page.
"""

from hypothesis import example, given
from hypothesis import strategies as st

from crosspost.compose.little_text import LittleTextError, escape, parse, to_wire
from crosspost.sandbox.little_text import parse as linkedin_reads

RESERVED = "|{}@[]()<>#\\*_~"
TEXTS = st.text(st.sampled_from(RESERVED + "#@ \nab1é\u093f日🎉\u200d") | st.characters(exclude_categories=["Cs"]))
ELEMENTS = st.sampled_from(
    [
        "#AI",
        "{hashtag|\\#|C_}",
        "{hashtag|＃|a}",
        "@[Jo \\(x\\)](urn:li:person:a-1)",
        "\\(",
        " ",
        "a",
    ]
)
WIRES = st.lists(ELEMENTS | st.text(st.sampled_from(RESERVED + "#@ \nab1"), max_size=3), max_size=12).map("".join)


@given(TEXTS)
def test_what_the_client_escapes_is_read_as_it_was_and_not_cut(text):
    read = linkedin_reads(escape(text))
    assert (read.rendered, read.cut, read.doubts) == (text, None, ())


@given(TEXTS)
def test_what_the_client_sends_is_seen_as_the_client_says(text):
    wire = to_wire(text)
    read, parsed = linkedin_reads(wire), parse(wire)
    assert (read.rendered, read.cut) == (parsed.text, None)
    assert tuple(read.hashtags) == parsed.hashtags


def client_reads(wire):
    """What the client's parser makes of a wire: text and hashtags, or where it stops."""
    try:
        parsed = parse(wire)
    except LittleTextError as error:
        return error.position
    return parsed.text, parsed.hashtags


@given(WIRES)
@example("#AI.")
@example("@[A](urn:li:person:x)#AI")
@example("{hashtag|\\#|Deep Work}")
def test_both_read_the_same_and_stop_at_the_same_place(wire):
    """A stray backslash is nobody's business: the client never sends one and the sandbox keeps it, with a doubt."""
    read = linkedin_reads(wire)
    if not read.doubts:
        assert client_reads(wire) == (read.cut.position if read.cut else (read.rendered, tuple(read.hashtags)))
