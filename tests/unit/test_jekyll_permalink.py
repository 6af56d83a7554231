"""The address of a post on its site, and the categories in it."""

from datetime import UTC, datetime

import pytest

from crosspost.jekyll import permalink, taxonomy
from crosspost.jekyll.config import PERMALINK_STYLES
from crosspost.jekyll.permalink import UnknownPlaceholder, UrlParts


def parts(**changes):
    values = {
        "date": datetime(2009, 1, 2, 3, 4, 5, tzinfo=UTC),
        "slug": "Foo Bar-baz.2",
        "stem": "2009-01-02-Foo Bar-baz.2",
        "path": "/x/2009-01-02-Foo Bar-baz.2",
        "categories": ("Foo", "C# & Co"),
    }
    return UrlParts(**values | changes)


@pytest.mark.parametrize(
    ("style", "path"),
    [
        ("date", "/foo/2009/01/02/bar.html"),
        ("pretty", "/foo/2009/01/02/bar/"),
        ("ordinal", "/foo/2009/002/bar.html"),
        ("weekdate", "/foo/2009/W01/Fri/bar.html"),
        ("none", "/foo/bar.html"),
    ],
)
def test_every_style_of_jekyll(style, path):
    assert permalink.path_of(PERMALINK_STYLES[style], parts(slug="bar", categories=("Foo",))) == path


@pytest.mark.parametrize(
    ("placeholder", "value"),
    [
        ("year", "2009"),
        ("short_year", "09"),
        ("month", "01"),
        ("i_month", "1"),
        ("short_month", "Jan"),
        ("long_month", "January"),
        ("day", "02"),
        ("i_day", "2"),
        ("y_day", "002"),
        ("week", "01"),
        ("w_year", "2009"),
        ("w_day", "5"),
        ("short_day", "Fri"),
        ("long_day", "Friday"),
        ("hour", "03"),
        ("minute", "04"),
        ("second", "05"),
        ("title", "Foo-Bar-baz.2"),
        ("slug", "foo-bar-baz-2"),
        ("name", "2009-01-02-foo-bar-baz-2"),
        ("path", "x/2009-01-02-Foo%20Bar-baz.2"),
        ("categories", "foo/c%23%20&%20co"),
        ("slugified_categories", "foo/c-co"),
        ("collection", "posts"),
        ("output_ext", ".html"),
    ],
)
def test_every_placeholder_of_jekyll(placeholder, value):
    assert permalink.path_of(f"/:{placeholder}", parts()) == f"/{value}"


def test_the_year_of_a_week_is_not_always_the_calendars():
    assert permalink.path_of("/:w_year/:week", parts(date=datetime(2021, 1, 3, tzinfo=UTC))) == "/2020/53"


def test_an_underscore_after_a_placeholder_is_text():
    assert permalink.path_of("/:year_:month_:day", parts()) == "/2009_01_02"


def test_a_placeholder_that_jekyll_does_not_know_has_no_address():
    with pytest.raises(UnknownPlaceholder, match=":basename"):
        permalink.path_of("/:basename/", parts())


@pytest.mark.parametrize(
    ("template", "path"),
    [("a", "/a"), ("//a//b", "/a/b"), ("/:categories/a", "/a"), ("/a/../b", "/a/b"), ("/./a", "/a"), ("", "/")],
)
def test_addresses_start_with_one_slash_and_hold_no_empty_or_climbing_parts(template, path):
    assert permalink.path_of(template, parts(categories=())) == path


def test_letters_of_all_scripts_stay_in_a_slug_percent_encoded():
    path = permalink.path_of("/:title/", parts(slug="안녕 – Übeŕ!"))
    assert path == "/%EC%95%88%EB%85%95-%C3%9Cber%CC%81!/"


def test_the_escapes_of_jekylls_own_test_post():
    """`2014-03-22-escape-+ %20[].markdown` is built as `escape-+-20`: brackets and percent signs are not kept."""
    assert permalink.path_of("/:title", parts(slug="escape-+ %20[]")) == "/escape-+-20"


class TestCategories:
    def test_text_is_split_at_blanks_and_lists_are_not(self):
        assert taxonomy.categories((), {"categories": "a b"}) == ("a", "b")
        assert taxonomy.categories((), {"categories": ["a b", None, ["c"]]}) == ("a b", "c")

    def test_folders_come_first_then_defaults_then_the_post(self):
        assert taxonomy.categories(["docs"], {"categories": ["d"]}, {"categories": ["p", "docs"]}) == ("docs", "d", "p")

    def test_a_single_category_is_not_split_and_comes_last(self):
        assert taxonomy.categories((), {"category": "a b", "categories": "c"}) == ("c", "a b")

    @pytest.mark.parametrize("value", [None, "", [], {}, {"a": 1}, [{}]])
    def test_nothing_gives_none(self, value):
        assert taxonomy.categories((), {"categories": value, "category": value}) == ()
        assert taxonomy.tags({"tags": value, "tag": value}) == ()

    def test_what_is_no_text_stands_as_ruby_writes_it(self):
        assert taxonomy.categories((), {"categories": [True, 2024, 1.5]}) == ("true", "2024", "1.5")
