"""Real files: one place changes or the refusal says why, and an author's own edit of the footer is reproduced."""

from collections import Counter

import pytest

from crosspost.errors import WriteBackRefused
from crosspost.footer import find_footer
from crosspost.jekyll.edit import fill_footer, insert_url, remove_url
from crosspost.jekyll.envelope import split
from crosspost.policy import WriteBackPolicy

URL = b"https://www.linkedin.com/feed/update/urn:li:share:7348349577130860544/"
SUFFIXES = {".md", ".markdown", ".mkd", ".html"}
# In one pair the author changed the text as well, in the other he deleted the footer (see the corpus' own index).
CHANGED_OTHERWISE = ("2024-06-17", "2024-09-25")


@pytest.fixture(scope="module")
def files(shared):
    found = [path for path in sorted(shared.rglob("*")) if path.suffix in SUFFIXES and path.is_file()]
    return {str(path.relative_to(shared)): path.read_bytes() for path in found}


def attempt(data, key, *, placeholder=True):
    """Return the edited file, or the reason for the refusal."""
    try:
        return insert_url(data, URL.decode(), WriteBackPolicy(key=key, placeholder=placeholder))
    except WriteBackRefused as refused:
        return refused.problem.what


def how(old, new):
    """Say what became of the metadata; anything but one line more or one empty value filled is an error."""
    before, after = old.split(b"\n"), new.split(b"\n")
    (place,) = [index for index, line in enumerate(after) if URL in line]
    if after[:place] + after[place + 1 :] == before:
        return "one line inserted"
    assert after[:place] + after[place + 1 :] == before[:place] + before[place + 1 :]
    assert before[place] in {after[place].replace(URL, empty) for empty in (b'""', b"''", b"~", b"")}
    return "one empty value filled"


@pytest.mark.parametrize("key", ["linkedin_url", "socials.linkedin", "syndication"])
def test_every_real_file_differs_in_one_place_or_is_refused_with_a_reason(files, key, show_table):
    summary = Counter()
    for name, data in files.items():
        after = attempt(data, key)
        if isinstance(after, str):
            summary[after] += 1
            continue
        old, new = split(data), split(after)
        filled = fill_footer(old.body, URL.decode()) != old.body
        summary[how(old.metadata, new.metadata) + (", footer filled" if filled else "")] += 1
        assert data[: old.metadata_start] == after[: new.metadata_start], name
        assert data[old.closer_start : old.body_start] == after[new.closer_start : new.body_start], name
        assert new.body == (old.body.replace(b"](link)", b"](" + URL + b")") if filled else old.body), name
        assert attempt(after, key) == after, name
        back = remove_url(after, URL.decode(), WriteBackPolicy(key=key))
        assert URL not in split(back).metadata, name
        if how(old.metadata, new.metadata) == "one line inserted":
            assert back == data, name
    rows = "\n".join(f"{count:5}  {outcome}" for outcome, count in summary.most_common())
    show_table(f"write-back of '{key}' into {len(files)} real files", rows)
    assert sum(count for outcome, count in summary.items() if outcome.startswith("one ")) > 300
    # what is refused has no front matter that Jekyll could read
    assert all("front matter" in outcome for outcome in summary if not outcome.startswith("one "))


@pytest.mark.parametrize("key", ["tags", "categories", "img.linkedin", "header.linkedin", "header.image.linkedin"])
def test_real_lists_and_mappings_of_all_styles_keep_every_other_line(files, key):
    edited = {name: (data, attempt(data, key, placeholder=False)) for name, data in files.items()}
    edited = {name: pair for name, pair in edited.items() if isinstance(pair[1], bytes)}
    assert edited
    for name, (data, after) in edited.items():
        old, new = data.split(b"\n"), after.split(b"\n")
        (place,) = [index for index, line in enumerate(new) if URL in line]
        assert len(new) - len(old) in {0, 1}, name
        assert new[:place] == old[:place], name
        assert new[place + 1 :] == old[place + 1 - (len(new) - len(old)) :], name


def test_the_authors_own_edit_of_the_footer_is_reproduced_to_the_byte(shared):
    before = shared / "corpus" / "xmorera__xmorera.github.io@before-linkback"
    after = shared / "corpus" / "xmorera__xmorera.github.io"
    pairs = [path.relative_to(before) for path in sorted(before.rglob("*.md"))]
    pairs = [path for path in pairs if not path.name.startswith(CHANGED_OTHERWISE)]
    assert len(pairs) == 9
    for path in pairs:
        old, theirs = split((before / path).read_bytes()), split((after / path).read_bytes())
        url = find_footer(theirs.body.decode()).target
        assert fill_footer(old.body, url) == theirs.body != old.body, path
        assert split(insert_url(old.data, url, WriteBackPolicy())).body == theirs.body, path
