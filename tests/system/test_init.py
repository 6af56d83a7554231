"""`crosspost init` as a newcomer meets it."""

from datetime import UTC, datetime, timedelta

import pytest


def test_a_first_run_writes_the_baseline_and_says_the_next_command(site):
    site.post("hello", "Text.", age=timedelta(days=9))
    site.post(
        "there",
        "Text.",
        age=timedelta(days=5),
        extra="linkedin_url: https://www.linkedin.com/feed/update/urn:li:share:1/\n",
    )
    result = site.run("init", "--yes")
    assert result.code == 0
    assert f"since = {datetime.now(UTC).astimezone().date()}" in (site.folder / "crosspost.toml").read_text()
    assert "2 posts, 1 of them on LinkedIn already, 0 due now" in result.out
    assert "crosspost preview _posts/" in result.out
    assert "crosspost auth login" in result.out


def test_an_earlier_baseline_shows_what_would_be_due(site):
    site.post("hello", "Text.", age=timedelta(hours=3))
    since = datetime.now(UTC) - timedelta(days=2)
    (line,) = site.run("init", "--since", f"{since:%Y-%m-%d}", "--json").lines
    assert (line["kind"], line["posts"], line["due"], line["url"]) == ("Jekyll", 1, 1, "https://blog.example")


def test_nothing_is_published_and_nothing_old_goes_out_later(site, sandbox, monkeypatch):
    site.post("old", "Text.", age=timedelta(days=9))
    site.run("init", "--yes")
    monkeypatch.setenv("CROSSPOST_LINKEDIN__API_URL", sandbox.url)
    monkeypatch.setenv("LINKEDIN_ACCESS_TOKEN", "AQ-marked-token")
    result = site.run("publish", "--json")
    assert (result.code, [line["outcome"] for line in result.lines], sandbox.posts) == (0, ["skipped"], ())


def test_settings_that_are_there_stay_as_they_are(site):
    site.configure("since = 2020-01-01\n[text]\nlimit = 200\n")
    before = (site.folder / "crosspost.toml").read_bytes()
    result = site.run("init", "--yes")
    assert (result.code, "stays as it is" in result.err) == (0, True)
    assert (site.folder / "crosspost.toml").read_bytes() == before


@pytest.mark.parametrize("date", ["", "date = 2026-11-22T00:30:00+02:00\n"])
def test_a_hugo_site_links_to_its_own_addresses(site, date):
    (site.folder / "_config.yml").unlink()
    (site.folder / "_posts").rmdir()
    (site.folder / "hugo.toml").write_text('baseURL = "https://hugo.example/"\n')
    posts = site.folder / "content" / "posts"
    posts.mkdir(parents=True)
    (posts / "2026-11-22-hello.md").write_text(f"+++\ntitle = 'Hello'\n{date}+++\n\nText.\n")
    assert site.run("init", "--yes").code == 0
    (shown,) = site.run("preview", "--json").lines
    assert shown["link"] == "https://hugo.example/posts/2026-11-22-hello/"


@pytest.mark.parametrize("name", ["empty", "undated"])
def test_a_folder_without_posts_ends_with_what_to_do(site, name):
    (site.folder / "_config.yml").unlink()
    if name == "undated":
        (site.folder / "hello.md").write_text("Hello")
    result = site.run("init", "--yes")
    assert (result.code, "Traceback" in result.err) == (2, False)
    assert ("--posts" if name == "empty" else "YYYY-MM-DD-slug.md") in result.err
    assert not (site.folder / "crosspost.toml").exists()


@pytest.mark.parametrize("folder", ["nope", "..", "/"])
def test_a_folder_that_the_site_lacks_is_refused_before_anything_is_written(site, folder):
    result = site.run("init", "--yes", "--posts", folder)
    assert (result.code, "there is no such folder" in result.err) == (2, True)
    assert not (site.folder / "crosspost.toml").exists()


def test_a_folder_that_is_named_whole_is_written_as_the_settings_have_it(site):
    (site.folder / "texts").mkdir()
    assert site.run("init", "--yes", "--posts", str(site.folder / "texts") + "/").code == 0
    assert 'posts = ["texts"]' in (site.folder / "crosspost.toml").read_text()


def test_a_file_that_cannot_be_written_is_told_without_a_traceback(site):
    result = site.run("init", "--yes", "--config", str(site.folder / "nope" / "crosspost.toml"))
    assert (result.code, "crosspost.toml cannot be written: No such file or directory" in result.err) == (2, True)
