"""`JekyllSite`: files on disk to posts."""

import os
from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest

from crosspost.compose import compose
from crosspost.errors import PostUnreadable, SettingsError
from crosspost.jekyll.site import JekyllSite
from crosspost.policy import TextPolicy, WriteBackPolicy

KEY = "_posts/2024-01-31-a-post.md"


@pytest.fixture
def write(tmp_path):
    def write(text, key=KEY):
        path = tmp_path / key
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    write("url: https://example.org\nbaseurl: /blog\ntimezone: Europe/Berlin\n", "_config.yml")
    return write


@pytest.fixture
def read(tmp_path, write):
    def read(text, key=KEY, **arguments):
        write(text, key)
        return JekyllSite(tmp_path, **arguments).read(key)

    return read


def refused(read, text, key=KEY):
    with pytest.raises(PostUnreadable) as caught:
        read(text, key)
    return caught.value.findings


def test_a_post_is_read_whole(read):
    text = "---\r\ntitle: A post\r\ncategories: x y\r\ntags: [t]\r\ndate: 2024-02-01 09:40:00 -0600\r\n---\r\n\r\nText.\r\n"
    post = read(text)
    assert (post.key, post.title, post.body, post.body_line) == (KEY, "A post", "Text.\n", 8)
    assert post.date == datetime(2024, 2, 1, 15, 40, tzinfo=UTC)
    assert (post.categories, post.tags, post.markup) == (("x", "y"), ("t",), "markdown")
    assert post.canonical_url == "https://example.org/blog/x/y/2024/02/01/a-post.html"
    assert (post.linkedin_url, post.findings, post.directives.publish) == (None, (), None)


def test_toml_front_matter_is_read_too(read):
    post = read('+++\ntitle = "A"\ndate = 2024-02-01T09:40:00Z\n[linkedin]\ntext = "T"\n+++\nText\n')
    assert (post.title, post.directives.text, post.date) == ("A", "T", datetime(2024, 2, 1, 9, 40, tzinfo=UTC))


def test_the_date_of_the_front_matter_wins_over_the_file_names(read):
    assert read("---\ndate: 2020-05-05\n---\n").date.date().isoformat() == "2020-05-05"
    assert read("---\ndate:\n---\n").date.isoformat() == "2024-01-31T00:00:00+01:00"
    assert read("---\ntitle: x\n---\n", "_posts/2017-2-5-x.md").date.isoformat() == "2017-02-05T00:00:00+01:00"


def test_a_wrong_date_in_the_file_name_matters_only_where_it_counts(read):
    assert read("---\ndate: 2020-05-05\n---\n", "_posts/2024-13-45-x.md").date.year == 2020
    (finding,) = refused(read, "---\ntitle: x\n---\n", "_posts/2024-13-45-x.md")
    assert finding.code == "XP005"
    assert "file name" in finding.message


def test_a_date_that_does_not_exist_is_a_finding_with_its_line(read):
    (finding,) = refused(read, "---\ntitle: x\ndate: 2016-06-31\n---\n")
    assert (finding.code, finding.line) == ("XP005", 3)
    assert "2016-06-31" in finding.message


def test_a_file_without_any_date_is_a_finding(read):
    (finding,) = refused(read, "---\ntitle: x\n---\n", "about.md")
    assert finding.code == "XP005"


def test_the_day_in_the_address_is_the_sites_not_the_authors(read):
    """Jekyll makes every date local (jekyll/jekyll issue 7550)."""
    post = read("---\ndate: 2024-01-31 23:30:00 -0500\n---\n")
    assert post.canonical_url.endswith("/2024/02/01/a-post.html")


def test_a_zone_chosen_for_crosspost_moves_the_moment_not_the_address(read):
    text = "---\ndate: 2024-01-31 23:30:00\n---\n"
    plain, chosen = read(text), read(text, timezone=ZoneInfo("Asia/Tokyo"))
    assert plain.date == datetime(2024, 1, 31, 23, 30, tzinfo=UTC)
    assert chosen.date == datetime(2024, 1, 31, 14, 30, tzinfo=UTC)
    assert plain.canonical_url == chosen.canonical_url


@pytest.mark.parametrize("line", ["published: false", "published: no", "published:", "draft: true"])
def test_what_is_not_published_is_no_post(read, line):
    assert read(f"---\ntitle: x\n{line}\ndate: 2025-02-XX\n---\n") is None


def test_a_site_that_shows_unpublished_posts_has_them(read, write):
    write("unpublished: true\n", "_config.yml")
    assert read("---\npublished: false\n---\n") is not None


def test_drafts_are_no_posts_even_when_named(read):
    assert read("no front matter", "_drafts/x.md") is None


def test_posts_of_the_future_are_posts(read):
    assert read("---\ndate: 2999-01-01\n---\n").date.year == 2999


@pytest.mark.parametrize("line", ["", "title:", 'title: ""', 'title: " "'])
def test_a_blank_title_is_none(read, line):
    assert read(f"---\nlayout: x\n{line}\n---\n").title is None


def test_front_matter_defaults_lie_beneath(read, write):
    write(
        "url: https://a.org\ndefaults:\n- scope: {path: _posts, type: posts}\n"
        "  values: {linkedin: {visibility: CONNECTIONS}, permalink: '/d/:slug/', categories: [d], title: D}\n",
        "_config.yml",
    )
    post = read("---\ntitle: Own\nlinkedin: {text: T}\ncategories: own\n---\n")
    assert (post.directives.visibility, post.directives.text) == ("CONNECTIONS", "T")
    assert (post.canonical_url, post.categories, post.title) == ("https://a.org/d/a-post/", ("d", "own"), "Own")


def test_categories_come_from_the_folders_above(read):
    assert read("---\ncategory: x y\n---\n", "docs/git/_posts/2024/2024-01-31-a.md").categories == (
        "docs",
        "git",
        "x y",
    )


def test_with_a_collections_folder_that_folder_is_no_category(read, write):
    write("url: https://a.org\ncollections_dir: my\n", "_config.yml")
    post = read("---\n{}\n---\n", "my/docs/_posts/2024-01-31-a.md")
    assert (post.categories, post.canonical_url) == (("docs",), "https://a.org/docs/2024/01/31/a.html")


def test_a_post_may_have_its_own_permalink_and_slug(read):
    assert read("---\npermalink: /own/:slug/\nslug: Über Uns\n---\n").canonical_url == (
        "https://example.org/blog/own/%C3%BCber-uns/"
    )
    assert read("---\nslug: 2024\n---\n").canonical_url.endswith("/2024.html")


def test_a_site_without_an_address_warns_and_the_settings_may_name_one(read, write):
    write("", "_config.yml")
    post = read("---\ntitle: x\n---\n")
    assert post.canonical_url is None
    assert [finding.code for finding in post.findings] == ["XP008"]
    assert read("---\ntitle: x\n---\n", url="https://b.org/").canonical_url == "https://b.org/2024/01/31/a-post.html"


def test_a_permalink_that_jekyll_cannot_fill_warns(read):
    post = read("---\npermalink: /:nonsense/\n---\n")
    assert post.canonical_url is None
    assert ":nonsense" in post.findings[0].message


def test_errors_come_all_at_once_and_a_post_that_is_read_has_none(read):
    findings = refused(read, "---\ndate: never\nlinkedin: {link: 7}\na: 1\na: 2\n---\n")
    assert {finding.code for finding in findings} == {"XP005", "XP006", "XP007"}
    assert [finding.code for finding in refused(read, "---\nlinkedin: {link: 7}\n---\n")] == ["XP007"]
    assert [finding.code for finding in read("---\na: 1\na: 2\n---\n").findings] == ["XP006"]


def test_a_file_without_front_matter_is_a_finding_not_silence(read):
    assert [finding.code for finding in refused(read, "# Text only\n")] == ["XP003"]


def test_the_footer_and_the_own_key_say_that_a_post_is_published(read):
    address = "https://www.linkedin.com/feed/update/urn:li:share:1/"
    assert read(f"---\ntitle: x\n---\nText\n\n[See it on LinkedIn]({address})").linkedin_url == address
    assert read(f"---\nmine: {{in: '{address}'}}\n---\n", write_back_key="mine.in").linkedin_url == address
    assert read(f"---\nlinkedin_url: {address}\n---\n", write_back_key="x", own_key_only=True).linkedin_url is None


def test_html_posts_are_html(read):
    assert read("---\ntitle: x\n---\n<p>", "_posts/2012-01-01-x.html").markup == "html"


@pytest.mark.parametrize("key", ["_posts/2024-01-01-gone.md", "_posts", "_posts/2024-01-01-\\xff.md", "a\0b.md"])
def test_a_file_that_cannot_be_read_is_a_finding(write, tmp_path, key):
    write("x")
    with pytest.raises(PostUnreadable) as caught:
        JekyllSite(tmp_path).read(key)
    assert caught.value.findings[0].code == "XP001"


def test_keys_are_what_discovery_finds(write, tmp_path):
    write("", "_posts/2024-02-01-b.md")
    write("")
    assert list(JekyllSite(tmp_path).keys()) == [KEY, "_posts/2024-02-01-b.md"]


class TestKeyOf:
    def test_a_path_is_told_from_the_working_directory_or_from_the_site(self, write, tmp_path, monkeypatch):
        path = write("")
        site = JekyllSite(tmp_path)
        monkeypatch.chdir(tmp_path / "_posts")
        assert site.key_of(str(path)) == site.key_of("2024-01-31-a-post.md") == site.key_of(KEY) == KEY
        assert site.key_of("../_posts/./2024-01-31-a-post.md") == KEY

    def test_a_link_inside_the_site_keeps_its_name(self, write, tmp_path):
        write("", "texts/a.md")
        (tmp_path / "_posts").mkdir()
        (tmp_path / KEY).symlink_to("../texts/a.md")
        assert JekyllSite(tmp_path).key_of(str(tmp_path / KEY)) == KEY

    @pytest.mark.skipif(os.name == "nt", reason="file names are Unicode there")
    def test_a_name_that_is_not_utf8_is_named_as_discovery_names_it(self, write, tmp_path):
        write("")
        path = tmp_path / os.fsdecode(b"_posts/2024-01-01-\xff.md")
        path.touch()
        site = JekyllSite(tmp_path)
        assert site.key_of(str(path)) == "_posts/2024-01-01-\\xff.md"
        with pytest.raises(PostUnreadable, match="its name is not UTF-8; rename the file"):
            site.read(site.key_of(str(path)))

    def test_the_site_may_be_reached_by_another_path(self, write, tmp_path, tmp_path_factory):
        write("")
        link = tmp_path_factory.mktemp("elsewhere") / "site"
        link.symlink_to(tmp_path)
        assert JekyllSite(tmp_path).key_of(str(link / KEY)) == KEY
        assert JekyllSite(link).key_of(str(tmp_path / KEY)) == KEY

    @pytest.mark.parametrize("path", ["gone.md", "_posts", "", ".", "../outside.md", "/etc/passwd", "leak.md"])
    def test_what_is_no_file_of_the_site_is_a_settings_error(self, write, tmp_path, path):
        write("")
        (tmp_path / "leak.md").symlink_to("/etc/passwd")
        with pytest.raises(SettingsError):
            JekyllSite(tmp_path).key_of(path)


class TestPostUrls:
    def test_names_are_those_of_liquids_post_url(self, write, tmp_path):
        for key in (KEY, "_posts/x/2024-02-01-b.md", "docs/_posts/2024/2024-03-01-c.md"):
            write("---\ntitle: x\n---\n", key)
        urls = JekyllSite(tmp_path).site.post_urls
        assert urls["2024-01-31-a-post"] == "https://example.org/blog/2024/01/31/a-post.html"
        assert urls["x/2024-02-01-b"] == urls["2024-02-01-b"] == urls["/x/2024-02-01-b"]
        assert urls["docs/2024/2024-03-01-c"].endswith("/docs/2024/03/01/c.html")
        assert set(urls) == {"2024-01-31-a-post", "2024-02-01-b", "2024-03-01-c"} | {
            "x/2024-02-01-b",
            "docs/2024/2024-03-01-c",
        }

    def test_the_exact_name_comes_before_the_bare_one(self, write, tmp_path):
        write("---\npermalink: /inner\n---\n", "_posts/a/2024-01-31-a-post.md")
        write("---\npermalink: /outer\n---\n")
        urls = JekyllSite(tmp_path).site.post_urls
        assert (urls["2024-01-31-a-post"], urls["a/2024-01-31-a-post"]) == (
            "https://example.org/blog/outer",
            "https://example.org/blog/inner",
        )

    @pytest.mark.parametrize("text", ["---\npublished: false\n---\n", "no front matter", "---\npermalink: /:x/\n---\n"])
    def test_what_has_no_address_is_not_found(self, write, tmp_path, text):
        write(text)
        urls = JekyllSite(tmp_path).site.post_urls
        assert urls.get("2024-01-31-a-post") is None
        assert urls.get("2024-01-31-other") is None

    def test_new_posts_are_known_after_the_next_walk(self, write, tmp_path):
        site = JekyllSite(tmp_path)
        assert len(site.site.post_urls) == 0
        write("---\ntitle: x\n---\n")
        list(site.keys())
        assert "2024-01-31-a-post" in site.site.post_urls


def test_the_zone_is_the_settings_then_the_sites_then_the_machines(write, tmp_path, monkeypatch):
    tokyo = ZoneInfo("Asia/Tokyo")
    assert JekyllSite(tmp_path, timezone=tokyo).timezone is tokyo
    assert JekyllSite(tmp_path).timezone == ZoneInfo("Europe/Berlin")
    write("", "_config.yml")
    monkeypatch.setattr("tzlocal.get_localzone", lambda: tokyo)
    assert JekyllSite(tmp_path).timezone is tokyo


def test_a_machine_without_a_usable_time_zone_is_in_utc(tmp_path, monkeypatch):
    def broken():
        raise ZoneInfoNotFoundError

    monkeypatch.setattr("tzlocal.get_localzone", broken)
    assert JekyllSite(tmp_path).timezone is UTC


def test_the_site_says_what_liquid_may_ask(write, tmp_path):
    write("url: https://a.org\nowner: {name: Jo}\n", "_config.yml")
    site = JekyllSite(tmp_path).site
    assert (site.url, site.baseurl, site.config["owner"]) == ("https://a.org", "", {"name": "Jo"})


def test_writing_back_changes_the_file_and_reading_sees_it(write, tmp_path):
    path = write("---\ntitle: x\n---\nText")
    site, address = JekyllSite(tmp_path), "https://www.linkedin.com/feed/update/urn:li:share:1/"
    assert site.write_back(KEY, address, WriteBackPolicy()) is True
    assert site.read(KEY).linkedin_url == address
    assert site.write_back(KEY, address, WriteBackPolicy()) is False
    assert path.read_bytes().endswith(b"Text")


@pytest.mark.skipif(os.name == "nt", reason="a folder's name is Unicode there")
def test_a_relative_root_works(write, tmp_path, monkeypatch):
    write("---\ntitle: x\n---\n")
    monkeypatch.chdir(tmp_path)
    site = JekyllSite(tmp_path.__class__())
    monkeypatch.chdir("/")
    assert site.read(KEY).title == "x"


def test_only_a_post_that_leaves_an_emoji_open_makes_the_others_be_read(tmp_path, write, monkeypatch):
    names = ("write", "read", "check", "send", "sign", "count")
    for day, name in enumerate(names, start=1):
        write(f"---\n---\n📝 {name} the {name} plan and {name} to us\n", f"_posts/2024-01-0{day}-{name}.md")
    for name, text in {
        "clean": "📝 Isn’t that all?",
        "clear": "It isn’t “all” that’s damaged.",
        "open": "📝 Isn’t that all?",
    }.items():
        damaged = text if name == "clean" else text.encode().decode("cp1252", "ignore")
        write(f"---\n---\n{damaged}\n", f"_posts/2024-02-01-{name}.md")
    site = JekyllSite(tmp_path)
    was_read = []
    monkeypatch.setattr(site, "_bytes", lambda key: was_read.append(key) or (tmp_path / key).read_bytes())
    for name, others in {"clean": 0, "clear": 0, "open": 9}.items():
        was_read.clear()
        key = f"_posts/2024-02-01-{name}.md"
        draft = compose(site.read(key), site.site, TextPolicy())
        assert len(was_read) == 1 + others, name
        assert "XP102" not in {finding.code for finding in draft.findings}
        was_read.clear()
        assert "📝" in site.mended(key)[1].decode() or name == "clear"
        assert len(was_read) == 1  # what the others tell is known by now


def test_a_new_look_at_the_files_forgets_what_the_posts_told(tmp_path, write):
    site = JekyllSite(tmp_path)
    assert site.site.familiar().posts == ()
    write("---\n---\n📝 A plan\n")
    assert site.site.familiar().posts == ()
    list(site.keys())
    assert len(site.site.familiar().posts) == 1


def test_all_markdown_of_the_site_tells_how_its_author_writes(tmp_path, write):
    told = ["_posts/2024-02-01-b.md", "_drafts/plan.md", "_posts/plan.md", "for-linkedin/plan.MARKDOWN", "about.md"]
    silent = ["_site/a.md", "node_modules/x/README.md", "vendor/x/a.md", ".git/a.md", "_posts/plan.txt"]
    for name in (*told, *silent):
        write(f"---\n---\n📝 {name}\n", name)
    (tmp_path / "linked").symlink_to(tmp_path / "_drafts")
    assert len(JekyllSite(tmp_path).site.familiar().posts) == len(told)


def test_what_cannot_be_read_tells_nothing_of_the_author(tmp_path, write):
    write(b"---\n---\n\xff\n")
    write("---\n---\n📝 A plan\n", "_posts/2024-02-01-b.md")
    assert len(JekyllSite(tmp_path).site.familiar().posts) == 1


def test_a_post_that_was_read_is_asked_once_for_a_place_for_the_address_then_its_file_is(tmp_path, write):
    path = write("---\ntitle: A\n---\n")
    site = JekyllSite(tmp_path)
    site.read(KEY)
    path.unlink()
    assert site.write_back_obstacle(KEY, WriteBackPolicy()) is None
    assert "is not there any more" in site.write_back_obstacle(KEY, WriteBackPolicy()).what
