"""Which files are posts."""

import os

import pytest

from crosspost.errors import SettingsError
from crosspost.jekyll import config
from crosspost.jekyll.discover import find
from crosspost.jekyll.entry_filter import EntryFilter
from crosspost.jekyll.post_name import date_in


@pytest.fixture
def site(tmp_path):
    """Makes a site of empty files and returns the keys that are found in it."""

    def make(*files, settings="", posts=("_posts",)):
        for name in files:
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
        if settings:
            (tmp_path / "_config.yml").write_text(settings, encoding="utf-8")
        return list(find(tmp_path, config.load(tmp_path), posts))

    make.root = tmp_path
    return make


@pytest.mark.parametrize("extension", ["md", "markdown", "mkdown", "mkdn", "mkd", "html", "MD"])
def test_a_post_is_named_by_date_slug_and_extension(extension):
    assert date_in(f"2024-01-31-a-slug.{extension}")


@pytest.mark.parametrize(
    "name",
    [
        *("2024-01-31-a.txt", "2024-01-31-a.md~", "2024-01-31.md", "18-11-2016-a.md", "2025-03-xx-a.md", "about.md"),
        *("x2024-01-31-a.md", "2024-01-31-a.md.bak", "٢٠٢٤-01-31-a.md", "2024-001-31-a.md", "2024-01-31-a.htm"),
    ],
)
def test_other_names_are_no_posts(name):
    assert date_in(name) is None


def test_months_and_days_may_have_one_digit_and_slugs_anything():
    assert date_in("2017-2-5-i-dont-like-zeroes.md") == "2017-02-05"
    assert date_in("2014-03-22-escape-+ %20[].markdown")
    assert date_in("2024-06-17-Ünï 📢.html.md")


def test_posts_lie_in_posts_folders_at_any_depth(site):
    assert site("_posts/2024-01-01-a.md", "_posts/2024/10/2024-10-01-b.md", "docs/git/_posts/x/2024-11-01-c.md") == [
        "_posts/2024-01-01-a.md",
        "_posts/2024/10/2024-10-01-b.md",
        "docs/git/_posts/x/2024-11-01-c.md",
    ]


def test_files_outside_of_posts_folders_are_no_posts(site):
    assert site("2024-01-01-a.md", "posts/2024-01-01-b.md", "_includes/2024-01-01-c.md") == []


def test_drafts_are_no_posts_wherever_they_lie(site):
    assert site("_drafts/2024-01-01-a.md", "_posts/_drafts/2024-01-01-b.md", "_posts/x/_drafts/2024-01-01-c.md") == []


def test_posts_come_by_the_date_of_the_name_then_by_key(site):
    files = ["b/_posts/2024-02-01-a.md", "_posts/2024-10-1-z.md", "_posts/2024-2-1-b.md", "_posts/2023-12-31-c.md"]
    assert site(*files) == [files[3], files[2], files[0], files[1]]


@pytest.mark.parametrize("folder", [".git", "_site", "_other", "#x", "~x", "x~", "x.", "node_modules", "vendor/bundle"])
def test_jekyll_looks_for_posts_folders_in_no_special_folder(site, folder):
    assert site(f"{folder}/_posts/2024-01-01-a.md") == []


def test_inside_a_posts_folder_only_first_letters_and_dot_folders_count(site):
    """`Dir["**/*"]` and `special?` of Jekyll: the first letter of the path in the posts folder, and of the name."""
    kept = ["_posts/2024/_old/2024-01-01-a.md", "_posts/2024/#x/2024-01-01-b.md", "_posts/x~/2024-01-01-c.md"]
    out = ["_posts/_old/2024-01-01-d.md", "_posts/#x/2024-01-01-e.md", "_posts/x/.hidden/2024-01-01-f.md"]
    assert sorted(site(*kept, *out)) == sorted(kept)


def test_excludes_of_the_site_hide_folders_and_posts(site):
    files = [
        "old/_posts/2024-01-01-a.md",
        "_posts/wip/2024-01-01-b.md",
        "_posts/2024-01-01-c.md",
        "x/_posts/2024-1-1-d.md",
    ]
    assert site(*files, settings="exclude: [old, _posts/wip/, '*/2024-1-1*']\n") == ["_posts/2024-01-01-c.md"]


def test_an_exclude_is_a_beginning_not_a_word(site):
    """`start_with?` in entry_filter.rb."""
    assert site("vendored/_posts/2024-01-01-a.md", settings="exclude: [vendor]\n") == []


def test_jekylls_own_excludes_stay_beside_the_sites(site):
    assert site("node_modules/_posts/2024-01-01-a.md", settings="exclude: [x]\n") == []


def test_an_excluded_folder_with_a_slash_is_not_even_entered():
    """Walking a site must not cost a walk over its installed packages."""
    filter_ = EntryFilter.of(["vendor/bundle/"], [])
    assert not filter_.reads_folder("vendor/bundle", "bundle")
    assert filter_.reads_folder("vendor", "vendor")


def test_globs_know_classes_as_ruby_writes_them(site):
    files = ["_posts/2024-01-01-a.md", "_posts/2024-01-01-b.md"]
    assert site(*files, settings="exclude: ['_posts/*-[^b].md']\n") == files[1:]


def test_includes_bring_special_folders_back(site):
    files = ["_pages/_posts/2024-01-01-a.md", "_posts/_old/2024-01-01-b.md", "old/_posts/2024-01-01-c.md"]
    assert site(*files, settings="include: [_pages, _old, old]\nexclude: [old]\n") == files


def test_with_a_collections_folder_posts_lie_there_only(site):
    files = ["_posts/2024-01-01-a.md", "my/_posts/2024-01-01-b.md", "my/x/_posts/2024-01-01-c.md"]
    assert site(*files, settings="collections_dir: my\n") == files[1:]


def test_the_folder_that_the_site_is_built_into_is_not_searched(site):
    assert site("public/_posts/2024-01-01-a.md", settings="destination: ./public\n") == []


def test_further_folders_are_searched_downward(site):
    files = ["content/2024-01-01-a.md", "content/x/y/2024-01-02-b.md", "content/_posts/2024-01-03-c.md"]
    others = ["content/about.md", "content/_x/2024-01-01-d.md", "_posts/2024-01-04-e.md", "other/2024-01-01-f.md"]
    assert site(*files, *others, posts=("content",)) == files
    assert site(posts=("content/", "_posts")) == [*files, "_posts/2024-01-04-e.md"]
    assert "other/2024-01-01-f.md" in site(posts=(".",))


def test_a_file_in_two_of_the_folders_is_found_once(site):
    site("a/_posts/2024-01-01-a.md")
    assert site(posts=("a", "a/_posts", "_posts")) == ["a/_posts/2024-01-01-a.md"]


@pytest.mark.parametrize("folder", ["missing", "..", "../..", "/", "file"])
def test_a_named_folder_that_is_none_in_the_site_is_a_settings_error(site, folder):
    site("file")
    with pytest.raises(SettingsError, match=r"site\.posts"):
        site(posts=(folder,))


def test_a_site_without_posts_has_none(site):
    assert site("index.md") == []


def test_a_folder_named_like_a_post_is_searched_not_taken(site):
    assert site("_posts/2024-01-01-x.md/2024-01-02-y.md") == ["_posts/2024-01-01-x.md/2024-01-02-y.md"]


class TestSymbolicLinks:
    def test_a_link_to_a_file_of_the_site_is_a_post(self, site):
        site("texts/a.md", "_posts/x")
        (site.root / "_posts/2024-01-01-a.md").symlink_to("../texts/a.md")
        assert site() == ["_posts/2024-01-01-a.md"]

    def test_the_posts_folder_may_be_a_link(self, site):
        site("texts/2024-01-01-a.md")
        (site.root / "_posts").symlink_to("texts")
        assert site() == ["_posts/2024-01-01-a.md"]

    def test_a_file_is_found_once_and_its_own_path_wins(self, site):
        site("_posts/2024-01-02-own.md", "b/_posts/x")
        (site.root / "_posts/2024-01-01-link.md").symlink_to("2024-01-02-own.md")
        (site.root / "b/_posts/2024-01-01-link.md").symlink_to("../../_posts/2024-01-02-own.md")
        (site.root / "a").symlink_to("b")
        assert site() == ["_posts/2024-01-02-own.md"]

    def test_of_two_links_the_first_by_name_wins(self, site):
        site("texts/a.md", "_posts/x", "texts/_posts/2024-01-02-b.md", settings="exclude: [texts]")
        for name in "cbadefgh":
            (site.root / f"_posts/2024-01-01-{name}.md").symlink_to("../texts/a.md")
            (site.root / name).symlink_to("texts")
        assert site() == ["_posts/2024-01-01-a.md", "a/_posts/2024-01-02-b.md"]

    def test_a_link_to_a_folder_inside_a_posts_folder_is_not_followed(self, site):
        """Ruby's `**` does not either, so the site has no such post."""
        site("texts/2024-01-01-a.md", "_posts/x")
        (site.root / "_posts/linked").symlink_to("../texts")
        assert site() == []

    def test_a_neighbour_whose_name_begins_alike_is_outside(self, site):
        neighbour = site.root.with_name(site.root.name + "-other")
        (neighbour / "_posts").mkdir(parents=True)
        (neighbour / "_posts/2024-01-01-a.md").touch()
        (site.root / "linked").symlink_to(neighbour)
        assert site("_posts/x") == []

    def test_nothing_outside_of_the_site_is_a_post(self, site, tmp_path_factory):
        outside = tmp_path_factory.mktemp("outside")
        (outside / "_posts").mkdir()
        (outside / "_posts/2024-01-01-a.md").touch()
        site("_posts/x")
        (site.root / "_posts/2024-01-01-a.md").symlink_to(outside / "_posts/2024-01-01-a.md")
        (site.root / "linked").symlink_to(outside)
        assert site() == []

    def test_loops_and_dead_links_end(self, site):
        site("_posts/2024-01-01-a.md", "x/y/z")
        (site.root / "x/up").symlink_to("..")
        (site.root / "x/y/up").symlink_to("../..")
        (site.root / "_posts/up").symlink_to("..")
        (site.root / "_posts/2024-01-01-dead.md").symlink_to("nowhere.md")
        (site.root / "_posts/2024-01-01-self.md").symlink_to("2024-01-01-self.md")
        assert site() == ["_posts/2024-01-01-a.md"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_named_like_a_post_is_none_for_reading_it_would_never_end(site):
    site("_posts/2024-01-01-a.md")
    os.mkfifo(site.root / "_posts/2024-01-02-pipe.md")
    (site.root / "_posts/2024-01-03-link.md").symlink_to("2024-01-02-pipe.md")
    assert site() == ["_posts/2024-01-01-a.md"]


@pytest.mark.skipif(os.name == "nt", reason="file names are Unicode there")
def test_a_file_name_that_is_not_utf8_gets_a_key_that_can_be_shown(site):
    site("_posts/x")
    (site.root / os.fsdecode(b"_posts/2024-01-01-\xff.md")).touch()
    (key,) = site()
    assert key == "_posts/2024-01-01-\\xff.md"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the administrator may read everything")
def test_a_folder_that_cannot_be_read_hides_only_itself(site):
    site("_posts/2024-01-01-a.md", "_posts/locked/2024-01-01-b.md")
    (site.root / "_posts/locked").chmod(0)
    assert site() == ["_posts/2024-01-01-a.md"]
