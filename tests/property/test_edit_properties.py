"""Whatever the front matter looks like: one place changes, everything else stays, and twice is once."""

import tomllib

import yaml
from hypothesis import assume, event, given, settings
from hypothesis import strategies as st

from crosspost.errors import WriteBackRefused
from crosspost.footer import find_footer
from crosspost.jekyll.edit import has_room, insert_url, remove_url
from crosspost.jekyll.envelope import split
from crosspost.policy import WriteBackPolicy

URL = "https://www.linkedin.com/feed/update/urn:li:share:7348349577130860544/"
KEYS = ("linkedin_url", "socials.linkedin", "syndication")

keys = st.sampled_from(KEYS)
newlines = st.sampled_from(["\n", "\r\n"])
indents = st.sampled_from(["", "", "  ", "    "])
text = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=60)

# Lines of YAML that do not hold the key; `{}` in the second column is where an indented line goes.
YAML_BLOCKS = [
    ["title: A title"],
    ['title: "Quoted: 😀 𝗔é"  # a comment'],
    ["date: 2024-09-18 09:40:00 -0600"],
    ["date: 2016-06-31"],
    ["# linkedin_url: in a comment"],
    [""],
    ["desc: |", "  linkedin_url: in a block scalar", "", "  syndication:"],
    ["desc: >+", "  folded", ""],
    ["tags: [a, 'b, c']"],
    ["tags:", "- a", "- b"],
    ["tags:", "    - a  # c", "    -   b"],
    ["img:", "  linkedin_url: not this one", "  socials:", "    linkedin:"],
    ["img: {linkedin_url: , socials: {linkedin: x}}"],
    ["empty:"],
    ["anchored: &x [1, 2]"],
    ["linkedin_url_old: x"],
    ["long: a plain value", "  on two lines"],
    ["? complex", ": value"],
]
YAML_TARGETS = {
    "linkedin_url": [
        ["linkedin_url:"],
        ["linkedin_url: "],
        ["linkedin_url: # later"],
        ["linkedin_url: ''  # later"],
        ['"linkedin_url": ""'],
        ["'linkedin_url': ~"],
        ["linkedin_url: null"],
        [f"linkedin_url: {URL}"],
        ["linkedin_url: something else"],
    ],
    "socials.linkedin": [
        ["socials:"],
        ["socials: {}"],
        ["socials: {x: 1}"],
        ["socials: {x: 1,}"],
        ["socials: {linkedin: , x: 1}"],
        ["socials:", "    x: 1"],
        ["socials:", "  x: |", "    text", "  # end"],
        ["socials:", "  linkedin: # later", "  x: 1"],
        ["socials:", "  x:", "  - 1"],
        ["socials: text"],
    ],
    "syndication": [
        ["syndication:"],
        ["syndication: []"],
        ["syndication: [a]"],
        ["syndication: [a, ]"],
        ["syndication:", "- a"],
        ["syndication:", "  -   a  # c", "  -   b"],
        ["syndication:", "    - a: 1", "      b: 2"],
        [f"syndication: [{URL}]"],
        ["syndication: text"],
    ],
}
TOML_BLOCKS = [
    ['title = "A title"'],
    ["title = 'Quoted = 😀'  # a comment"],
    ["date = 2024-09-18T09:40:00-06:00"],
    ["# linkedin_url = ''"],
    [""],
    ["number = 1.0"],
    ['desc = """', 'linkedin_url = ""', "[socials]", '"""'],
    ["list = [", "  1,", "  2", "]"],
    ["inline = {linkedin_url = '', x = []}"],
]
TOML_TARGETS = {
    "linkedin_url": [
        ['linkedin_url = ""'],
        ["linkedin_url=''# later"],
        ["linkedin_url = 'x'"],
        [f'linkedin_url = "{URL}"'],
    ],
    "socials.linkedin": [["socials = {}"], ["socials = { x = 1 }"], ["socials.x = 1"], ["socials.linkedin = ''"]],
    "syndication": [["syndication = []"], ['syndication = ["a"]'], ["syndication = [", "  'a',", "  'b',", "]"]],
}
TOML_TABLES = [[], ["[other]", "linkedin_url = ''"], ["", "# end", "[[items]]", "a = 1"], ["[socials.more]", "a = 1"]]


@st.composite
def front_matters(draw):
    """A key and lines of front matter, with or without the key in them."""
    key = draw(keys)
    is_toml = draw(st.integers(0, 3)) == 0
    blocks, targets = (TOML_BLOCKS, TOML_TARGETS) if is_toml else (YAML_BLOCKS, YAML_TARGETS)
    chosen = draw(
        st.lists(st.sampled_from(blocks), max_size=6, unique_by=lambda block: block[0].split(" ")[0].split(":")[0])
    )
    target = draw(st.none() | st.sampled_from(targets[key]))
    if target:
        chosen.insert(draw(st.integers(0, len(chosen))), target)
    lines = [line for block in chosen for line in block]
    return key, is_toml, lines + draw(st.sampled_from(TOML_TABLES)) if is_toml else lines


@st.composite
def files(draw):
    key, is_toml, lines = draw(front_matters())
    indent, newline = draw(indents), draw(newlines)
    mixed = draw(st.booleans())
    marker = "+++" if is_toml else "---"
    closer = marker if is_toml else draw(st.sampled_from(["---", "..."]))
    opener = marker + draw(st.sampled_from(["", "", " ", "\t"]))
    ends = [draw(newlines) if mixed else newline for _ in lines]
    metadata = "".join((indent + line if line else line) + end for line, end in zip(lines, ends, strict=True))
    footer = draw(st.sampled_from(["", "[Check this post in LinkedIn](link)", "[On LinkedIn]()\r\n", "[LinkedIn](x)"]))
    body = (draw(text) + draw(newlines) + footer).encode() + draw(st.sampled_from([b"", b"", b"\xff\xfe"]))
    tail = newline.encode() + body if draw(st.booleans()) else b""
    head = f"{draw(st.sampled_from(['', chr(0xFEFF)]))}{opener}{newline}{metadata}{closer}"
    return key, head.encode() + tail


def plain_files():
    """Front matter that the fast lane of `plain_yaml` may take, or nearly."""
    line = st.sampled_from(
        [*"ab", "on", "linkedin_url", "syndication", "# c", "- a", "  - b", "a: [b]", "", " ", "'a'"]
    )
    end = st.sampled_from([":", ": ", ": 1", ": 'x'", ": x y", "", " # c", ": &a", ": |", ":  >+"])
    lines = st.lists(st.builds("{}{}".format, line, end), max_size=5).map("\n".join)
    footer = st.sampled_from(["", "[LinkedIn](link)", "[LinkedIn]()", "[LinkedIn](x"])
    return st.builds("---\n{}\n---\n{}".format, lines, footer).map(str.encode)


def values(found):
    """Parse with the parsers that a reader of the file uses; what is no date stays text, as Jekyll has it."""
    if found.kind == "toml":
        return tomllib.loads(found.metadata.decode())
    return yaml.load(found.metadata, Loader=yaml.BaseLoader) or {}  # builds text only


def without(value, path):
    if not path or not isinstance(value, dict) or path[0] not in value:
        return value
    if len(path) > 1 and isinstance(value[path[0]], dict):
        rest = without(value[path[0]], path[1:])
        return {name: rest if name == path[0] else one for name, one in value.items() if name != path[0] or rest}
    return {name: one for name, one in value.items() if name != path[0]}


def at(value, path):
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def common(some, others):
    """Count the bytes that are equal from the start on."""
    return next((i for i in range(min(len(some), len(others))) if some[i] != others[i]), min(len(some), len(others)))


def edited(data, key, *, placeholder=True):
    try:
        return insert_url(data, URL, WriteBackPolicy(key=key, placeholder=placeholder))
    except WriteBackRefused as refused:
        event(f"refused: {refused.problem.what[40:75]}")
        return None


@given(files())
def test_the_address_stands_under_its_key_and_all_other_values_are_equal(file):
    key, data = file
    after = edited(data, key)
    assume(after is not None)
    event("unchanged" if after == data else "edited")
    old, new = values(split(data)), values(split(after))
    path = key.split(".")
    held = at(new, path)
    assert held == URL or (isinstance(held, list) and URL in held)
    assert list(map(repr, without(old, path).items())) == list(map(repr, without(new, path).items()))
    if isinstance(at(old, path), list):
        assert held[: len(at(old, path))] == at(old, path)


@given(files())
def test_every_other_byte_is_where_it_was(file):
    key, data = file
    after = edited(data, key)
    assume(after is not None)
    old, new = split(data), split(after)
    assert after[: new.metadata_start] == data[: old.metadata_start]
    assert after[new.closer_start : new.body_start] == data[old.closer_start : old.body_start]
    before, now = old.metadata.splitlines(keepends=True), new.metadata.splitlines(keepends=True)
    if len(now) > len(before):
        (added,) = [index for index, line in enumerate(now) if URL.encode() in line]
        assert now[:added] + now[added + 1 :] == before
        neighbour = now[added - 1] if added else data[: old.metadata_start]
        assert now[added].endswith(b"\r\n") == neighbour.endswith(b"\r\n")
    else:
        changed = [pair for pair in zip(before, now, strict=True) if pair[0] != pair[1]]
        assert len(changed) <= 1
        for line, filled in changed:
            start = common(line, filled)
            end = common(line[start:][::-1], filled[start:][::-1])
            assert line[start : len(line) - end] in {b"", b"''", b'""', b"~", b"null"}
            assert URL.encode() in filled


@given(files() | st.tuples(keys, plain_files()), st.booleans())
def test_there_is_room_at_a_glance_only_where_the_address_gets_a_line_of_its_own(file, placeholder):
    key, data = file
    policy = WriteBackPolicy(key=key, placeholder=placeholder)
    room = has_room(data, URL, policy)
    event(f"room: {room}")
    if room:
        old, new = split(data), split(insert_url(data, URL, policy))
        assert new.metadata.startswith(old.metadata)
        assert new.metadata[len(old.metadata) :].count(b"\n") == 1


@given(files(), st.booleans())
def test_the_body_differs_in_the_target_of_the_footer_alone(file, placeholder):
    key, data = file
    after = edited(data, key, placeholder=placeholder)
    assume(after is not None)
    old, new = split(data).body, split(after).body
    footer = find_footer(old.decode(errors="surrogateescape"))
    if placeholder and footer and footer.is_placeholder:
        target = footer.target.encode()
        head, _, tail = old.rpartition(b"](" + target + b")")
        assert new == head + b"](" + URL.encode() + b")" + tail
    else:
        assert new == old


@given(files())
def test_twice_is_once(file):
    key, data = file
    after = edited(data, key)
    assume(after is not None)
    assert edited(after, key) == after


def taken_out(data, key):
    try:
        return remove_url(data, URL, WriteBackPolicy(key=key))
    except WriteBackRefused:
        return None


@given(files())
def test_what_was_put_in_leaves_again_and_all_other_values_are_equal(file):
    key, data = file
    after = edited(data, key, placeholder=False)
    assume(after not in {None, data})
    back = taken_out(after, key)
    assert back is not None
    event("as before" if back == data else "an empty value less or spelled otherwise")
    old, new = split(data), split(back)
    path = key.split(".")
    assert list(map(repr, without(values(old), path).items())) == list(map(repr, without(values(new), path).items()))
    assert (back[: new.metadata_start], new.body) == (data[: old.metadata_start], old.body)
    if len(after.splitlines()) > len(data.splitlines()):
        assert back == data


@given(st.binary(max_size=200), keys)
def test_any_bytes_give_bytes_or_a_refusal(data, key):
    assert edited(data, key) is None or isinstance(edited(data, key), bytes)


# What means something to YAML or TOML, in any order.
PIECES = [
    "linkedin_url",
    "socials",
    "syndication",
    ": ",
    ":",
    "- ",
    "\n",
    "\r\n",
    "\r",
    "  ",
    "\t",
    "#",
    "&a ",
    "*a",
    "!!str ",
    "|",
    ">+",
    "''",
    '"',
    "{",
    "}",
    "[",
    "]",
    ", ",
    "? ",
    "<<",
    "~",
    "x",
    "é",
    "\x85",
    "\u2028",
    "\ufeff",
    "%",
    "= ",
    '""',
]


@settings(max_examples=1000)
@given(st.lists(st.sampled_from(PIECES), max_size=16).map("".join), keys, st.sampled_from(["---", "+++"]))
def test_any_metadata_gives_a_proved_edit_or_a_refusal(metadata, key, marker):
    data = f"{marker}\n{metadata}\n{marker}\nText".encode()
    after = edited(data, key)
    if after is None:
        return
    assert edited(after, key) == after
    assert split(after).body == split(data).body
    assert len(after.split(b"\n")) - len(data.split(b"\n")) in {0, 1}
