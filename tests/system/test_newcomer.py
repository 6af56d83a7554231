"""Every failure that a newcomer meets ends with the command or the page that mends it, and with no traceback."""

from datetime import timedelta
from pathlib import Path

import pytest

from crosspost.sandbox.server import Sandbox
from crosspost.sandbox.tokens import Token

DOCS = Path(__file__).parents[2] / "docs"


def told(result):
    text = result.out + result.err
    assert "Traceback" not in text
    return text


def test_a_folder_that_is_no_blog(site, tmp_path_factory, monkeypatch):
    monkeypatch.chdir(tmp_path_factory.mktemp("empty"))
    for command in ("preview", "check", "publish", "status"):
        result = site.run(command)
        assert (result.code, "no posts found\n  change into your blog's folder" in told(result)) == (0, True), command
    result = site.run("init", "--yes")
    assert (result.code, "crosspost init --posts FOLDER" in told(result)) == (2, True)


def test_a_blog_without_a_configuration(site):
    (site.folder / "_config.yml").unlink()
    site.post("hello", "Text.")
    assert "site.url" in told(site.run("init", "--yes"))
    assert "site.url" in told(site.run("doctor", "--offline"))


def test_no_credentials(site, sandbox):
    site.point_to(sandbox)
    site.monkeypatch.delenv("LINKEDIN_ACCESS_TOKEN")
    site.post("hello", "Text.")
    for command in (["publish"], ["doctor"]):
        result = site.run(*command)
        assert (result.code, "crosspost auth login" in told(result)) == (3, True), command


@pytest.mark.parametrize(("state", "says"), [("expired", "has expired"), ("revoked", "was revoked")])
def test_a_token_that_has_ended(site, state, says):
    with Sandbox(tokens={"AQ-marked-token": Token(state=state)}) as server:
        site.point_to(server)
        site.post("hello", "Text.")
        for command in (["publish"], ["doctor"]):
            result = site.run(*command)
            text = told(result)
            assert (result.code, says in text, "crosspost auth login" in text) == (3, True, True), command


def test_a_product_that_was_not_added_to_the_app(site):
    with Sandbox(tokens={"AQ-marked-token": Token(scopes=("openid", "profile"))}) as server:
        site.point_to(server)
        site.post("hello", "Text.")
        for command in (["publish"], ["doctor"]):
            result = site.run(*command)
            assert (result.code, "Share on LinkedIn" in told(result)) == (1, True), command


def test_an_api_version_that_has_ended(site, sandbox):
    site.point_to(sandbox)
    site.monkeypatch.setenv("CROSSPOST_LINKEDIN__API_VERSION", "202401")
    site.post("hello", "Text.")
    for command in (["publish"], ["doctor"]):
        result = site.run(*command)
        assert (result.code, "set linkedin.api_version to 202609" in told(result)) == (1, True), command


def test_a_redirect_address_that_is_none(site):
    site.configure('[linkedin]\nredirect_uri = "http://example.com/callback"\n')
    result = site.run("auth", "status")
    assert (result.code, "http://127.0.0.1:8912/callback" in told(result)) == (2, True)


def test_a_server_that_is_not_there(site):
    site.configure('since = 2020-01-01\n[linkedin]\napi_url = "http://127.0.0.1:9"\n')
    site.monkeypatch.setenv("LINKEDIN_ACCESS_TOKEN", "AQ-marked-token")
    site.post("hello", "Text.")
    result = site.run("publish")
    assert (result.code, "linkedin.api_url" in told(result)) == (1, True)


def test_old_posts_that_stay_where_they_are(site, sandbox):
    site.point_to(sandbox)
    site.configure(f'[linkedin]\napi_url = "{sandbox.url}"\n')
    site.post("old", "Text.", age=timedelta(days=9))
    assert "put 'since = " in told(site.run("publish"))


def test_a_setting_that_does_not_exist(site):
    site.configure("[text]\nlimt = 3\n")
    result = site.run("check")
    assert (result.code, "config/crosspost.toml" in told(result)) == (2, True)


def test_a_draft_is_called_one(site, sandbox):
    site.point_to(sandbox)
    path = site.post("draft", "Text.", extra="published: false\n")
    for command in ("preview", "check", "publish"):
        assert "this post is a draft (published: false" in told(site.run(command, str(path)))


def test_posts_that_are_all_left_alone_are_counted_by_the_reason(site, sandbox):
    site.point_to(sandbox)
    for number in range(3):
        site.post(f"old-{number}", f"Text {number}.", age=timedelta(days=50 + number))
    site.post("out", "Text.", extra="crosspost: false\n")
    for command in (["publish"], ["publish", "--dry-run"], ["status"], ["status", "--calendar"]):
        text = told(site.run(*command))
        assert "3 older than the baseline, 1 its front matter says not to publish it" in text, command
        assert "crosspost publish POST" in text
    assert "older than" not in site.run("publish", "--quiet").err
    site.post("due", "Text.")
    assert "older than" not in told(site.run("publish", "--dry-run"))


def test_init_names_a_post_where_nothing_is_due(site):
    path = site.post("old", "Text.", age=timedelta(days=50))
    text = told(site.run("init", "--yes"))
    assert f"crosspost publish _posts/{path.name}    named, it goes out whatever its date" in text
    assert "--dry-run" not in text


def test_a_slip_of_the_fingers(site):
    result = site.run("publsh")
    assert (result.code, "Did you mean 'publish'?" in told(result)) == (2, True)
    assert "Did you mean" not in told(site.run("something-else"))
