"""The files that Liquid's includes name."""

import pytest

from crosspost.compose import compose
from crosspost.jekyll.includes import Includes
from crosspost.jekyll.site import JekyllSite
from crosspost.policy import TextPolicy

KEY = "_posts/2024-01-31-a-post.md"


@pytest.fixture
def write(tmp_path):
    def write(key, content):
        path = tmp_path / "site" / key
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    write("_config.yml", "url: https://example.org\n")
    return write


@pytest.fixture
def includes(tmp_path, write):
    return Includes(tmp_path / "site", "_includes")


def test_a_name_lies_in_the_folder_of_includes_and_a_path_below_the_site(write, includes):
    write("_includes/sub/a.html", b"\xef\xbb\xbfA\r\nB\rC")
    write("_posts/part.md", "part")
    assert includes["sub/a.html"] == "A\nB\nC"
    assert includes["/_posts/part.md"] == "part"
    assert list(includes) == ["sub/a.html"]
    assert len(includes) == 1


def test_files_are_read_when_they_are_asked_for(write, includes):
    assert "a.html" not in includes
    write("_includes/a.html", "now")
    assert includes["a.html"] == "now"


@pytest.mark.parametrize(
    "name", ["../../outside.txt", "/../outside.txt", "link.html", "none.html", "sub", "a\0b", "circle"]
)
def test_what_lies_outside_the_site_or_is_no_file_is_not_there(tmp_path, write, includes, name):
    (tmp_path / "outside.txt").write_text("secret")
    write("_includes/sub/x.html", "x")
    (tmp_path / "site/_includes/link.html").symlink_to(tmp_path / "outside.txt")
    (tmp_path / "site/_includes/circle").symlink_to("circle")
    assert name not in includes
    assert list(includes) == ["sub/x.html"]


def test_a_link_inside_the_site_is_followed(tmp_path, write, includes):
    target = write("shared/x.html", "x")
    write("_includes/y.html", "y")
    (tmp_path / "site/_includes/x.html").symlink_to(target)
    assert includes["x.html"] == "x"


@pytest.mark.parametrize("content", [b"\xff\xfe", b"x" * 100_001])
def test_what_is_no_text_or_too_large_is_not_there(write, includes, content):
    write("_includes/a.html", content)
    assert "a.html" not in includes


def drafted(tmp_path):
    site = JekyllSite(tmp_path / "site")
    return compose(site.read(KEY), site.site, TextPolicy(template="{body}"))


@pytest.mark.parametrize("folder", ["_includes", "_partials"])
def test_a_post_has_the_text_of_the_files_that_it_includes(tmp_path, write, folder):
    write("_config.yml", f"url: https://example.org\nincludes_dir: {folder}\n")
    write(f"{folder}/note.html", "<p>{{ include.text }}</p>")
    write("_posts/part.md", "a **part**")
    write(KEY, "---\ntitle: T\n---\n{% include note.html text='Mind' %}\n\n{% include_relative part.md %}\n")
    draft = drafted(tmp_path)
    assert (draft.text, draft.findings) == ("Mind\n\na part", ())


def test_a_file_that_is_missing_is_an_error_at_its_line(tmp_path, write):
    write(KEY, "---\ntitle: T\n---\nText\n\n{% include none.html %}\n")
    assert [(found.code, found.line) for found in drafted(tmp_path).findings] == [("XP201", 6)]
