"""A post's words are repaired together, and every alteration has its line in the file."""

from datetime import UTC, datetime

import pytest

from crosspost.compose import mend as mending
from crosspost.model import Directives, Post, Repair, Site
from crosspost.policy import TextPolicy
from crosspost.text import Repaired, familiar


def a_post(**changes):
    post = {
        "key": "_posts/2024-01-31-a.md",
        "title": "The title",
        "date": datetime(2024, 1, 31, tzinfo=UTC),
        "body": "one\ntwo\nthree",
        "body_line": 7,
        "front_matter": {},
        "markup": "markdown",
        "canonical_url": None,
        "categories": ("posts",),
        "tags": ("ai",),
        "linkedin_url": None,
    }
    return Post(**{**post, **changes})


def mend(post, policy):
    return mending.mend(post, policy, Site())


def replacing(before, after, kind="repairs"):
    """A repair that turns `before` into `after`, or only offers to."""

    def step(text, known=None, former=None):
        found = tuple(
            Repair(step="mojibake", before=before, after=after, line=number)
            for number, line in enumerate(text.split("\n"), start=1)
            if before in line
        )
        return Repaired(text=text if kind == "offers" else text.replace(before, after), **{kind: found})

    return step


@pytest.fixture
def step(monkeypatch):
    def use(repair):
        monkeypatch.setattr(mending, "repair_among", repair)

    return use


@pytest.mark.parametrize(("word", "line"), [("one", 7), ("three", 9), ("title", 1)])
def test_a_repair_has_its_line_in_the_file(step, word, line):
    step(replacing(word, "X"))
    assert [one.line for one in mend(a_post(), TextPolicy()).repairs] == [line]


def test_without_a_title_the_lines_of_the_body_are_the_same(step):
    step(replacing("two", "X"))
    assert [one.line for one in mend(a_post(title=None), TextPolicy()).repairs] == [8]


def test_a_text_from_the_front_matter_has_no_line_of_the_body(step):
    step(replacing("b", "X"))
    post = a_post(directives=Directives(text="a\nb"))
    source = mend(post, TextPolicy())
    assert source.body == "a\nX"
    assert [one.line for one in source.repairs] == [1]


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({"tags": ("a tag",), "lines": {("tags",): 3}}, 3),
        ({"tags": ("a", "a tag"), "lines": {("tags",): 3, ("categories",): 4}}, 3),
        ({"front_matter": {"excerpt": "x\na tag"}, "lines": {("excerpt",): 4}}, 4),
        ({"front_matter": {"description": "a tag"}, "lines": {("description",): 5}}, 5),
        ({"directives": Directives(text="x\na tag"), "lines": {("linkedin", "text"): 6}}, 6),
        ({"directives": Directives(hashtags=("a tag",)), "lines": {("linkedin", "hashtags"): 7, ("tags",): 3}}, 7),
        ({"tags": ("a tag",)}, 1),
    ],
)
def test_a_repair_in_the_front_matter_has_the_line_of_its_key(step, changes, line):
    step(replacing("tag", "X"))
    assert [one.line for one in mend(a_post(**changes), TextPolicy()).repairs] == [line]


def test_all_words_that_may_be_sent_are_repaired(step):
    step(replacing("bad", "good"))
    post = a_post(
        title="bad\ntitle",
        body="bad\nbody",
        tags=("bad tag",),
        front_matter={"excerpt": "bad\nexcerpt\n", "description": "bad description"},
    )
    source = mend(post, TextPolicy())
    assert (source.title, source.body) == ("good title", "good\nbody")
    assert (source.excerpt, source.description, source.tags) == ("good\nexcerpt", "good description", ("good tag",))


def test_a_repair_that_changes_the_number_of_lines_mixes_no_two_texts_up(step):
    step(replacing("\n", "\n\n"))
    assert mend(a_post(), TextPolicy()).body == "one\n\ntwo\n\nthree"
    assert mend(a_post(), TextPolicy()).title == "The title"


def test_what_is_only_offered_is_not_done(step):
    step(replacing("two", "X", kind="offers"))
    source = mend(a_post(), TextPolicy())
    assert source.body == "one\ntwo\nthree"
    assert [one.line for one in source.offers] == [8]
    assert source.repairs == ()


def test_no_repair_is_made_where_the_settings_forbid_it(step):
    step(replacing("two", "X"))
    assert mend(a_post(), TextPolicy(repair=False)).body == "one\ntwo\nthree"


def test_the_no_break_space_of_a_damaged_title_survives_until_the_repair(step):
    step(replacing("ğ—\u00a0", "M"))
    assert mend(a_post(title="ğ—\u00a0"), TextPolicy()).title == "M"


@pytest.mark.parametrize(("hashtags", "tags"), [("tags", ("ai",)), ("categories", ("posts",)), ("none", ())])
def test_the_settings_say_where_hashtags_come_from(hashtags, tags):
    assert mend(a_post(), TextPolicy(hashtags=hashtags)).tags == tags


def test_hashtags_of_the_post_itself_go_before_all_settings():
    post = a_post(directives=Directives(hashtags=("x",)))
    assert mend(post, TextPolicy(hashtags="none")).tags == ("x",)


def test_a_post_may_say_that_it_has_no_hashtags():
    assert mend(a_post(directives=Directives(hashtags=())), TextPolicy()).tags == ()


def test_an_excerpt_for_linkedin_goes_before_that_of_the_site():
    post = a_post(directives=Directives(excerpt="mine"), front_matter={"excerpt": "theirs"})
    assert mend(post, TextPolicy()).excerpt == "mine"


def test_an_excerpt_that_is_no_text_is_none():
    assert mend(a_post(front_matter={"excerpt": 7}), TextPolicy()).excerpt == ""


def test_a_repair_of_the_title_has_the_line_of_the_title():
    post = a_post(title="𝗕𝗼𝗹𝗱", title_line=3, body="𝗕𝗼𝗹𝗱 too", body_line=9)
    assert [repair.line for repair in mend(post, TextPolicy()).repairs] == [3, 9]


def test_what_the_post_leaves_open_its_authors_other_posts_decide():
    names = ("write", "read", "check", "send", "sign", "count")
    posts = [f"- 📝 {name} the {name} plan, {name} all {name} files and {name} to us" for name in names]
    post = a_post(body="- ðŸ“ This weekâ€™s goal is not dull, â€œreallyâ€ it isnâ€™t.")
    source = mending.mend(post, TextPolicy(), Site(familiar=lambda: familiar(posts)))
    assert source.body == "- 📝 This week’s goal is not dull, “really” it isn’t."
    assert [one.line for one in source.repairs if one.step == "familiar"] == [7]
    assert mend(post, TextPolicy()).offers


def test_what_looks_damaged_once_an_invisible_character_is_gone_is_offered():
    made = mend(a_post(body="one\nit\u00e2\u200b\u20ac\u2122s"), TextPolicy())
    assert made.body == "one\nit\u00e2\u20ac\u2122s"
    assert [(one.line, one.after) for one in made.offers] == [(8, "it’s")]
