"""`_config.yml` and its front matter defaults."""

from zoneinfo import ZoneInfo

import pytest

from crosspost.errors import SettingsError
from crosspost.jekyll import config, defaults
from crosspost.jekyll.config import SiteConfig


def load(folder, text, name="_config.yml"):
    (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return config.load(folder)


def test_a_site_without_a_configuration_has_jekylls_defaults(tmp_path):
    assert config.load(tmp_path) == SiteConfig()
    assert load(tmp_path, "# nothing\n") == SiteConfig()


def test_what_the_file_says_is_read(tmp_path):
    site = load(
        tmp_path,
        "\ufeffurl: https://example.org/\nbaseurl: blog/\ntimezone: Europe/Berlin\nexclude: [a]\nfuture: true\n"
        "unpublished: yes\ncollections_dir: /my/\npermalink: pretty\nother: {x: 1}\n",
    )
    assert (site.url, site.baseurl, site.timezone) == ("https://example.org", "/blog", ZoneInfo("Europe/Berlin"))
    assert (site.future, site.unpublished, site.collections_dir) == (True, True, "my")
    assert site.permalink == "/:categories/:year/:month/:day/:title/"
    assert site.exclude == ("a", *config.DEFAULT_EXCLUDES)
    assert site.raw["other"] == {"x": 1}


def test_the_longer_extension_is_read_where_the_short_one_is_missing(tmp_path):
    assert load(tmp_path, "url: https://a.org", "_config.yaml").url == "https://a.org"
    assert load(tmp_path, "url: https://b.org").url == "https://b.org"


@pytest.mark.parametrize("baseurl", ["/", "", '""', "~", "false"])
def test_a_site_at_the_top_has_no_base_path(tmp_path, baseurl):
    assert load(tmp_path, f"baseurl: {baseurl}\n").baseurl == ""


def test_the_permalink_of_the_posts_collection_stands_above_the_sites(tmp_path):
    assert load(tmp_path, "permalink: none\ncollections: {posts: {permalink: /n/:title/}}").permalink == "/n/:title/"
    assert load(tmp_path, "permalink: none\ncollections: [docs]").permalink == "/:categories/:title:output_ext"


def test_lists_may_be_text_with_commas_as_in_jekyll_3(tmp_path):
    assert load(tmp_path, "exclude: a, b\ninclude: _x").exclude[:2] == ("a", "b")


def test_broken_yaml_names_file_line_and_remedy(tmp_path):
    with pytest.raises(SettingsError, match=r"_config\.yml, line 2: not valid YAML: .*colon") as caught:
        load(tmp_path, "url: x\ntitle: A: b\n")
    assert "quotes" in caught.value.problem.fix


def test_all_wrong_values_are_told_at_once(tmp_path):
    text = "url: 5\ntimezone: Berlin\nexclude: {a: 1}\nfuture: soon\ncollections_dir: [x]\n"
    with pytest.raises(SettingsError) as caught:
        load(tmp_path, text)
    said = [problem.what for problem in caught.value.problems]
    assert len(said) == 5
    for line, key in enumerate(("url", "timezone", "exclude", "future", "collections_dir"), start=1):
        assert any(f"line {line}: `{key}:" in one for one in said)


@pytest.mark.parametrize("name", ["Nowhere/City", "../../etc/passwd", "Europe", "UTC+2"])
def test_a_time_zone_that_is_none_is_a_settings_error(tmp_path, name):
    with pytest.raises(SettingsError, match="Europe/Berlin"):
        load(tmp_path, f"timezone: {name}\n")


@pytest.mark.parametrize("text", [b"\xff\xfeu\x00", b"- a\n- b\n", b"[" * 100_000])
def test_what_is_no_configuration_is_a_settings_error(tmp_path, text):
    with pytest.raises(SettingsError, match=r"_config\.yml"):
        load(tmp_path, text)


class TestDefaults:
    @staticmethod
    def of(entries, path, collections_dir=""):
        return defaults.values_for(path, defaults.for_kind("posts", entries, collections_dir))

    @staticmethod
    def entry(values, **scope):
        return {"scope": scope, "values": values}

    def test_a_scope_is_the_beginning_of_a_path(self):
        entries = [self.entry({"a": 1}, path="docs"), self.entry({"b": 1}, path="")]
        assert self.of(entries, "docs/_posts/x.md") == {"a": 1, "b": 1}
        assert self.of(entries, "_posts/x.md") == {"b": 1}

    def test_a_scope_for_other_types_is_not_for_posts(self):
        entries = [self.entry({kind: 1}, path="", type=kind) for kind in ("posts", "post", "pages", "drafts", "x")]
        assert self.of(entries, "_posts/x.md") == {"posts": 1, "post": 1}

    def test_the_longer_path_wins_then_the_type_then_the_later_one(self):
        long, typed = self.entry({"a": "long"}, path="_posts/2024"), self.entry({"a": "typed"}, path="", type="posts")
        plain, later = self.entry({"a": "plain"}, path=""), self.entry({"a": "later"}, path="")
        assert self.of([long, typed, plain], "_posts/2024/x.md") == {"a": "long"}
        assert self.of([typed, plain], "_posts/x.md") == {"a": "typed"}
        assert self.of([plain, later], "_posts/x.md") == {"a": "later"}

    def test_a_star_stands_for_one_level_and_two_for_many(self):
        one = [self.entry({"a": 1}, path="section/*/special")]
        assert self.of(one, "section/x/special/_posts/a.md") == {"a": 1}
        assert self.of(one, "section/x/y/special/_posts/a.md") == {}
        assert self.of([self.entry({"a": 1}, path="**/x")], "a/b/x/_posts/c.md") == {"a": 1}
        assert self.of([self.entry({"a": 1}, path="_posts/*.html")], "_posts/a.md") == {}

    def test_paths_may_be_told_from_the_collections_folder(self):
        assert self.of([self.entry({"a": 1}, path="my/_posts")], "_posts/x.md", "my") == {"a": 1}

    def test_mappings_are_merged_and_a_null_covers_nothing(self):
        assert defaults.merged({"a": {"x": 1}, "b": 2}, {"a": {"y": 2}, "b": None, "c": None}) == {
            "a": {"x": 1, "y": 2},
            "b": 2,
            "c": None,
        }

    @pytest.mark.parametrize("entries", [None, "x", {}, [None, 3, {}, {"values": 1}, {"scope": 1, "values": []}]])
    def test_what_is_no_entry_is_passed_over(self, entries):
        assert self.of(entries, "_posts/x.md") == {}

    def test_an_entry_without_scope_is_for_all(self):
        assert self.of([{"values": {"a": 1}}, {"scope": None, "values": {"b": 1}}], "x.md") == {"a": 1, "b": 1}
