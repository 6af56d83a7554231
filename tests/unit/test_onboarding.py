"""What kind of blog a folder holds, and the settings that it gets."""

import tomllib
from datetime import date

import pytest

from crosspost.errors import SettingsError
from crosspost.onboarding.detect import detect
from crosspost.onboarding.starter import starter

TODAY = date(2026, 11, 25)


@pytest.fixture
def folder(tmp_path):
    """Make a folder with files; a name that ends in a slash is a folder."""

    def make(files):
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return tmp_path

    return make


def settings(found):
    return tomllib.loads(starter(found, TODAY))


def test_a_jekyll_site_needs_the_baseline_alone(folder):
    root = folder({"_config.yml": "url: https://blog.example\n", "_posts/2026-11-22-a.md": ""})
    found = detect(root)
    assert (found.kind, found.root) == ("Jekyll", root)
    assert settings(found) == {"since": TODAY}


def test_a_jekyll_site_without_an_address_gets_a_line_to_fill_in(folder):
    found = detect(folder({"_config.yml": "title: x\n"}))
    assert "# url = " in starter(found, TODAY)
    assert settings(found) == {"since": TODAY, "site": {}}


def test_the_site_is_found_from_a_folder_inside_it(folder):
    root = folder({"_config.yml": "", "_posts/2026/2026-11-22-a.md": ""})
    assert detect(root / "_posts" / "2026").root == root


@pytest.mark.parametrize("name", ["hugo.toml", "config.toml", "hugo.yaml"])
def test_a_hugo_site_gets_its_address_zone_and_section(folder, name):
    rows = {"baseURL": "https://blog.example/", "timeZone": "Europe/Berlin"}
    text = "".join(f'{key}{": " if name.endswith("yaml") else " = "}"{value}"\n' for key, value in rows.items())
    files = {
        name: text,
        "content/posts/2026-11-22-a.md": "",
        "content/posts/more/2026-11-23-b.md": "",
        "content/about.md": "",
    }
    found = detect(folder(files))
    assert (found.kind, found.undated) == ("Hugo", 1)
    assert settings(found)["site"] == {
        "posts": ["content/posts"],
        "url": "https://blog.example",
        "permalink": "/posts/:name/",
        "timezone": "Europe/Berlin",
    }


def test_a_zola_site_leaves_the_date_out_of_the_path(folder):
    found = detect(folder({"config.toml": 'base_url = "https://blog.example"\n', "content/blog/2026-11-22-a.md": ""}))
    assert (found.kind, settings(found)["site"]["permalink"]) == ("Zola", "/blog/:slug/")


def test_a_folder_of_markdown_files_is_a_blog_too(folder):
    found = detect(folder({"notes/2026-11-22-a.md": "", "notes/todo.md": "", "node_modules/2026-01-01-x.md": ""}))
    assert (found.kind, found.posts, found.undated) == ("Markdown", ("notes",), 1)


def test_files_at_the_top_are_found(folder):
    assert detect(folder({"2026-11-22-a.md": "", "b/2026-11-23-c.md": ""})).posts == (".",)


def test_folders_that_the_user_names_are_taken(folder):
    root = folder({"a/2026-11-22-a.md": "", "b/2026-11-22-b.md": ""})
    assert detect(root, ("b",)).posts == ("b",)


@pytest.mark.parametrize(
    ("files", "what", "fix"),
    [({}, "there are no posts", "--posts"), ({"hello.md": ""}, "none of the 1 Markdown files", "YYYY-MM-DD-slug.md")],
)
def test_a_folder_without_posts_says_what_to_do(folder, files, what, fix):
    with pytest.raises(SettingsError) as caught:
        detect(folder(files))
    assert what in caught.value.problem.what
    assert fix in caught.value.problem.fix


def test_a_configuration_that_cannot_be_read_is_named(folder):
    with pytest.raises(SettingsError, match=r"hugo\.toml cannot be read"):
        detect(folder({"hugo.toml": "= =", "content/2026-11-22-a.md": ""}))


def test_what_is_written_is_toml_whatever_the_folders_are_called(folder):
    found = detect(folder({'a "b" \\ é/2026-11-22-a.md': ""}))
    assert settings(found)["site"]["posts"] == ['a "b" \\ é']
