"""Reading real blogs: every file is a post, none, or one clear finding."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from crosspost.errors import PostUnreadable
from crosspost.jekyll.site import JekyllSite

# Posts by name and place, counted with `find` and `grep` alone, then: refused, not published, already on LinkedIn.
COUNTS = {
    "ErikEJ__erikej.github.io": (14, {}, 0, 0),
    "Huxpro__huxpro.github.io": (17, {}, 3, 0),
    "NetOpWibby__netoperatorwibby.github.com": (7, {}, 0, 0),
    "amrollah__amrollah.github.io": (15, {}, 1, 0),
    "grenzenloseSchublade__online_praesenz": (3, {}, 0, 0),
    "itenium-be__blog-posts": (0, {}, 0, 0),
    "jekyll__jekyll/docs": (29, {}, 0, 0),
    "jekyll__jekyll/test/source": (25, {"XP003": 1}, 1, 0),
    "karpathy__karpathy.github.io": (8, {}, 0, 0),
    "marcanuy__simpleit.rocks": (18, {}, 0, 0),
    "nolboo__nolboo.github.io": (14, {}, 1, 0),
    "raphaelmansuy__digital_palace": (0, {}, 0, 0),
    "rust-lang__blog.rust-lang.org": (0, {}, 0, 0),
    "sergeymakoveev__sergeymakoveev.github.com": (11, {}, 3, 0),
    "swcarpentry__website": (43, {"XP005": 1}, 0, 0),
    "xmorera__xmorera.github.io": (83, {"XP003": 3}, 0, 41),
    "xmorera__xmorera.github.io@before-linkback": (11, {}, 0, 0),
    "ytkimirti__42resources.github.io": (1, {}, 0, 0),
}
AUTHOR = "xmorera__xmorera.github.io"


@pytest.fixture
def blog(shared):
    return lambda name: JekyllSite(shared / "corpus" / name)


def keys_of(site):
    return list(site.keys())


def finding(site, key):
    with pytest.raises(PostUnreadable) as caught:
        site.read(key)
    (only,) = caught.value.findings
    return only


@pytest.mark.parametrize("name", COUNTS)
def test_every_post_of_a_blog_is_read_or_refused_with_a_reason(blog, name):
    site, refused, none, published = blog(name), Counter(), 0, 0
    keys = keys_of(site)
    for key in keys:
        try:
            post = site.read(key)
        except PostUnreadable as error:
            refused.update(found.code for found in error.findings)
            continue
        none += post is None
        published += post is not None and post.linkedin_url is not None
    assert (len(keys), dict(refused), none, published) == COUNTS[name]


def test_every_file_there_is_gives_a_post_nothing_or_a_finding(shared):
    """Drafts, notes, TOML, text scraped from LinkedIn: whatever a user may name."""
    outcomes = Counter()
    for folder in sorted((shared / "corpus").iterdir()):
        if not folder.is_dir():
            continue
        site = JekyllSite(folder)
        for path in sorted(folder.rglob("*")):
            if not path.is_file() or path.name.startswith("_config"):
                continue
            data = path.read_bytes()
            try:
                post = site.read(site.key_of(str(path)))
            except PostUnreadable as error:
                for found in error.findings:
                    outcomes[found.code] += 1
                    assert found.fix
                    assert found.line is None or 1 <= found.line <= data.count(b"\n") + 1
                continue
            outcomes["none" if post is None else "read"] += 1
            if post is not None and post.body:
                lines = data.decode().split("\n")
                assert lines[post.body_line - 1].rstrip("\r") == post.body.split("\n")[0]
    print(dict(outcomes))  # noqa: T201 - the table that the run is for
    assert outcomes["read"] > 280
    assert set(outcomes) <= {"read", "none", "XP003", "XP005"}


class TestPeculiarFiles:
    def test_front_matter_closed_by_too_many_dashes(self, blog):
        key = "_posts/2025/06/2025-06-06-time-back-on-your-calendar-automate-these-5-things-today.md"
        found = finding(blog(AUTHOR), key)
        assert (found.code, found.line) == ("XP003", 8)
        assert "22" in found.message

    def test_a_template_with_a_date_to_be_filled_in(self, blog):
        found = finding(blog(AUTHOR), "_posts/2025/03/2025-03-xx- copy.md")
        assert (found.code, found.line) == ("XP005", 5)

    def test_a_template_with_an_empty_title(self, blog):
        assert blog(AUTHOR).read("_posts/2025/03/2025-03-10-XYZ.md").title is None

    def test_the_authors_dates_have_offsets_that_yaml_does_not_know(self, blog):
        key = "_posts/cloutaiwriter/2024/09/2024-09-18-the-power-of-mentorship-in-professional-growth.md"
        post = blog(AUTHOR).read(key)
        assert post.date == datetime(2024, 9, 18, 15, 40, tzinfo=UTC)
        assert post.date.utcoffset() == timedelta(hours=-6)

    def test_a_damaged_footer_still_says_where_the_post_is(self, shared, blog):
        site = blog(AUTHOR)
        (path,) = (p for p in (shared / "corpus" / AUTHOR / "_posts").rglob("*.md") if b"(lhttps://" in p.read_bytes())
        assert site.read(site.key_of(str(path))).linkedin_url.startswith("https://www.linkedin.com/feed/update/urn:li:")

    def test_a_footer_to_be_filled_in_says_nothing(self, blog):
        before = blog(f"{AUTHOR}@before-linkback")
        assert all(before.read(key).linkedin_url is None for key in keys_of(before))

    def test_the_authors_drafts_elsewhere_are_no_posts(self, blog):
        assert not any(key.startswith("linkedin-for-processing") for key in keys_of(blog(AUTHOR)))

    def test_a_file_without_front_matter(self, blog):
        site = blog("jekyll__jekyll/test/source")
        assert finding(site, "_posts/2009-06-22-no-yaml.markdown").code == "XP003"

    def test_empty_front_matter_dots_as_closer_and_trailing_blanks(self, blog):
        site = blog("jekyll__jekyll/test/source")
        assert site.read("_posts/2009-06-22-empty-yaml.markdown").body
        assert site.read("_posts/2014-03-03-yaml-with-dots.md").title
        assert site.read("_posts/2015-12-27-extra-spaces.markdown").body

    def test_a_date_with_the_year_twice(self, blog):
        post = blog("jekyll__jekyll/docs").read("_posts/2023-01-29-jekyll-3-9-3-released.markdown")
        assert post.date == datetime(2023, 1, 30, 2, 30, 22, tzinfo=UTC)

    def test_jekylls_own_addresses(self, blog):
        """Jekyll's release of 3.8.0 lies under its date, not under its file name's, on jekyllrb.com."""
        post = blog("jekyll__jekyll/docs").read("_posts/2018-03-15-jekyll-3-8-0-released.markdown")
        assert post.canonical_url == "https://jekyllrb.com/news/2018/04/19/jekyll-3-8-0-released/"

    def test_one_digit_months_and_days(self, blog):
        post = blog("jekyll__jekyll/test/source").read("_posts/2017-2-5-i-dont-like-zeroes.md")
        assert (post.date.month, post.date.day) == (2, 5)

    def test_a_day_that_june_does_not_have(self, blog):
        found = finding(blog("swcarpentry__website"), "_posts/2016/06/2016-06-31-brazil.md")
        assert (found.code, found.line) == ("XP005", 5)

    def test_a_key_that_stands_twice(self, blog):
        post = blog("swcarpentry__website").read("_posts/2012/12/2012-12-19-minutes-2012-12-19-meeting.html")
        assert [found.code for found in post.findings] == ["XP006"]
        assert "`time`" in post.findings[0].message

    def test_a_tab_after_a_value(self, blog):
        assert blog("swcarpentry__website").read("_posts/2017/07/2017-07-10-NASA-2.md").title

    def test_an_empty_file(self, blog):
        found = finding(blog("swcarpentry__website"), "_posts/2016/09/test.html")
        assert (found.code, found.message) == ("XP003", "the file is empty")

    def test_names_in_the_other_order_are_no_posts(self, blog):
        assert not any("/18-11-2016" in key for key in keys_of(blog("swcarpentry__website")))

    def test_categories_from_folders_above(self, blog):
        site = blog("marcanuy__simpleit.rocks")
        posts = [site.read(key) for key in keys_of(site)]
        assert any(post.categories[:2] == ("docs", "git") for post in posts)
        assert sum(post.title is None for post in posts) >= 7

    def test_indented_front_matter_and_a_date_with_dots(self, blog):
        post = blog("sergeymakoveev__sergeymakoveev.github.com").read("_posts/2013-03-15-open-graph-protocol.md")
        assert (post.date.year, post.date.month, post.date.day) == (2013, 3, 15)

    def test_a_byte_order_mark(self, shared, blog):
        site = blog("ErikEJ__erikej.github.io")
        marked = [key for key in keys_of(site) if (site.root / key).read_bytes().startswith(b"\xef\xbb\xbf")]
        assert len(marked) == 1
        assert site.read(marked[0]).title

    def test_toml_without_any_date_is_told_so(self, blog):
        found = finding(blog("rust-lang__blog.rust-lang.org"), "content/Rust-1.11.md")
        assert found.code == "XP005"


def test_the_seeds_are_posts(shared):
    site = JekyllSite(shared / "seeds", posts=(".",))
    first, second = (site.read(key) for key in keys_of(site))
    assert first.date < second.date
    assert first.date.utcoffset() == timedelta(hours=-6)
    assert first.linkedin_url.endswith("utm_medium=member_desktop"), "the damage does not reach its footer"
    assert second.linkedin_url is None
