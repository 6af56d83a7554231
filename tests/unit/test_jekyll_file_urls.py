"""`FileUrls`: the addresses of pages, documents of collections and copied files."""

import pytest

from crosspost.jekyll.site import JekyllSite

PAGE = "---\ntitle: A page\n---\nText\n"


@pytest.fixture
def url(tmp_path):
    def url(path, text=PAGE, config="", name=None):
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        (tmp_path / "_config.yml").write_text(f"url: https://x.org\nbaseurl: /b\n{config}", encoding="utf-8")
        address = JekyllSite(tmp_path).site.file_url(path if name is None else name)
        return address and address.removeprefix("https://x.org/b")

    return url


@pytest.mark.parametrize(
    ("style", "address"),
    [
        ("", "/docs/About%20us.html"),
        ("permalink: pretty\n", "/docs/About%20us/"),
        ("permalink: none\n", "/docs/About%20us.html"),
        ("permalink: /:categories/:title/\n", "/docs/About%20us/"),
        ("permalink: /:categories/:title:output_ext\n", "/docs/About%20us.html"),
        ("permalink: /:categories/:title\n", "/docs/About%20us"),
    ],
)
def test_a_page_follows_the_sites_style_of_permalinks(url, style, address):
    assert url("docs/About us.md", config=style) == address


def test_a_page_may_have_a_permalink_of_its_own(url):
    assert url("about.md", "---\npermalink: /me/\n---\n") == "/me/"
    assert url("docs/about.md", "---\npermalink: /:path/x/:basename:output_ext\n---\n") == "/docs/x/about.html"
    defaults = "defaults:\n- {scope: {path: docs, type: pages}, values: {permalink: '/d/:basename'}}\n"
    assert url("docs/other.html", config=defaults) == "/d/other"


def test_an_index_is_its_folder_and_what_is_no_html_keeps_its_name(url):
    assert url("docs/index.md", config="permalink: pretty\n") == "/docs/"
    assert url("feed.xml", config="permalink: pretty\n") == "/feed.xml"
    assert url("css/main.scss", config="permalink: pretty\n") == "/css/main.css"


def test_a_file_without_front_matter_is_copied(url):
    assert url("files/A b.pdf", "%PDF") == "/files/A%20b.pdf"
    assert url("notes.md", "No front matter") == "/notes.md"
    assert url("notes.md", "No front matter", "plugins: [jekyll-optional-front-matter]\n") == "/notes.html"


def test_a_document_follows_its_collections_permalink(url):
    shown = "collections:\n  docs:\n    output: true\n"
    assert url("_docs/git/start.md", config=shown) == "/docs/git/start.html"
    assert url("_docs/git/start.md", config=f"{shown}permalink: pretty\n") == "/docs/git/start/"
    assert url("_docs/git/start.md", config=f"{shown}    permalink: /:collection/:title/\n") == "/docs/start/"
    assert url("_docs/git/start.md", "---\npermalink: /s/\n---\n", shown) == "/s/"
    assert url("_docs/figure.png", "PNG", shown) == "/docs/figure.png"
    assert url("site/_docs/a.md", config=f"{shown}collections_dir: site\n") == "/docs/a.html"


def test_a_date_in_a_documents_address_must_be_known(url):
    dated = "collections:\n  docs:\n    output: true\n    permalink: /:year/:title/\n"
    assert url("_docs/a.md", config=dated) is None
    assert url("_docs/a.md", "---\ndate: 2024-01-31\n---\n", dated) == "/2024/a/"
    assert url("_docs/2023-02-01-b.md", config=dated) == "/2023/b/"


@pytest.mark.parametrize(
    ("path", "text", "config"),
    [
        ("_docs/a.md", PAGE, "collections:\n  docs:\n    output: false\n"),
        ("_docs/a.md", PAGE, "collections: [docs]\n"),
        ("_includes/a.md", PAGE, ""),
        ("docs/_a.md", PAGE, ""),
        ("drafts/a.md", PAGE, "exclude: [drafts]\n"),
        ("_site/a.html", "built", "include: [_site]\n"),
        ("a.md", "---\npublished: false\n---\n", ""),
        ("a.md", "---\ntitle: [\n---\n", ""),
        ("a.md", "---\npermalink: /:nonsense/\n---\n", ""),
    ],
)
def test_what_the_site_does_not_show_has_no_address(url, path, text, config):
    assert url(path, text, config) is None


@pytest.mark.parametrize("name", ["", ".", "..", "../outside.md", "docs", "missing.md", "a\0b.md", "/../a"])
def test_a_name_that_is_no_file_inside_the_site_has_no_address(url, name):
    assert url("docs/a.md", name=name) is None


def test_a_slash_before_the_path_changes_nothing(url):
    assert url("docs/a.md", name="/docs/a.md") == "/docs/a.html"
