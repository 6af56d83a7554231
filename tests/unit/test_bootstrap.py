"""Names and defaults that only the place where everything is put together knows."""

from crosspost.addresses import API
from crosspost.bootstrap import site_identity
from crosspost.jekyll.site import JekyllSite


def identity(folder, config="", api_url=API):
    (folder / "_config.yml").write_text(config)
    return site_identity(JekyllSite(folder), api_url)


def test_a_site_is_named_by_its_address_so_that_a_move_of_the_folder_changes_nothing(tmp_path):
    assert identity(tmp_path, "url: https://blog.example\nbaseurl: /en") == "https://blog.example/en"


def test_a_site_without_an_address_is_named_by_its_folder(tmp_path):
    assert identity(tmp_path) == tmp_path.as_posix()


def test_what_was_published_to_a_test_server_is_not_on_linkedin(tmp_path):
    names = {identity(tmp_path, "url: https://blog.example", server) for server in (API, "http://127.0.0.1:1")}
    assert len(names) == 2
