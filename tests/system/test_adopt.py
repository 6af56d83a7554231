"""`crosspost adopt` on files: what is found is written, byte for byte, and never published afterwards."""

import json
from datetime import UTC, datetime

import pytest

from crosspost.cli import adopt as command

ADDRESS = "https://www.linkedin.com/posts/jo_tips-activity-7242165496542806017-TZin"
BODY = "Some words that no other post has, about a Monday.\n\n[Check this post in LinkedIn]({})"


@pytest.fixture
def old(site):
    """A post whose author has put the address into the footer by hand."""
    return site.post("old", BODY.format(ADDRESS + "?utm_source=share"))


def test_the_address_of_the_footer_goes_into_the_front_matter_and_nothing_else_changes(site, old):
    before = old.read_text()
    result = site.run("adopt")
    assert (result.code, result.err) == (0, "1 adopted\n")
    assert f"  + linkedin_url: {ADDRESS}\n" in result.out
    assert old.read_text() == before.replace("---\n\nSome", f"linkedin_url: {ADDRESS}\n---\n\nSome")


def test_a_second_time_there_is_nothing_left_to_do(site, old):
    site.run("adopt")
    after = old.read_bytes()
    result = site.run("adopt", "--json")
    assert [line["outcome"] for line in result.lines] == ["skipped"]
    assert old.read_bytes() == after


def test_a_dry_run_writes_nothing(site, old):
    before = old.read_bytes()
    (line,) = site.run("adopt", "--dry-run", "--json").lines
    assert line == {
        "post": f"_posts/{old.name}",
        "account": "default",
        "outcome": "would-adopt",
        "url": ADDRESS,
        "origin": "footer, line 8",
        "likeness": None,
        "reason": None,
        "error": None,
    }
    assert old.read_bytes() == before


def test_an_adopted_post_is_not_published(site, old, sandbox):
    site.point_to(sandbox)
    site.run("adopt")
    (line,) = site.run("publish", str(old), "--json").lines
    assert line["outcome"] == "skipped"
    assert not sandbox.posts


def test_a_damaged_address_is_offered_and_wants_a_person(site):
    post = site.post("broken", BODY.format("l" + ADDRESS))
    before = post.read_bytes()
    result = site.run("adopt")
    assert result.code == 4
    assert "is damaged: lhttps://" in result.out
    assert post.read_bytes() == before


def test_the_data_export_is_matched_by_text_and_date(site, tmp_path):
    post = site.post("monday", BODY.format("link"))
    site.post("other", "Nothing that the first post says is said in this one, not a single phrase.")
    link = "https://www.linkedin.com/feed/update/urn%3Ali%3Ashare%3A77"
    said = '"Monday""\n""Some words, that no other post has: about a Monday!"'
    export = tmp_path / "Shares.csv"
    export.write_text(
        f"Date,ShareLink,ShareCommentary,SharedUrl\n{datetime.now(UTC):%Y-%m-%d %H:%M:%S},{link},{said},\n"
    )
    result = site.run("adopt", "--shares", str(export), "--json")
    outcomes = {line["post"]: line["outcome"] for line in result.lines}
    assert outcomes[f"_posts/{post.name}"] == "adopted"
    assert set(outcomes.values()) == {"adopted", "skipped"}
    text = post.read_text()
    assert "linkedin_url: https://www.linkedin.com/feed/update/urn:li:share:77/\n" in text
    assert (
        "in LinkedIn](https://www.linkedin.com/feed/update/urn:li:share:77/)" in text
    )  # the placeholder is filled too


def test_another_file_than_the_export_is_wrong_usage(site, old, tmp_path):
    (tmp_path / "Comments.csv").write_text("Date,Link,Message\n")
    result = site.run("adopt", "--shares", str(tmp_path / "Comments.csv"))
    assert result.code == 2
    assert "not LinkedIn's list of shares" in result.err
    assert site.run("adopt", "--shares", str(tmp_path / "none.csv")).code == 2


def test_a_person_says_where_one_post_is(site):
    post = site.post("found", "Words.")
    assert site.run("adopt", str(post), "--url", ADDRESS + "?trk=x").code == 0
    assert f"linkedin_url: {ADDRESS}\n" in post.read_text()
    assert site.run("adopt", "--url", ADDRESS).code == 2
    assert site.run("adopt", str(post), "--url", "https://www.linkedin.com/in/jo").code == 2


@pytest.mark.parametrize(("answer", "written"), [(False, False), (True, True)])
def test_on_a_terminal_a_person_agrees_first(site, old, monkeypatch, answer, written):
    monkeypatch.setattr(command, "is_interactive", lambda: True)
    monkeypatch.setattr(command, "confirm", lambda question: answer and question == "Write 1 address?")
    assert site.run("adopt").code == 0
    assert (ADDRESS + "\n---" in old.read_text()) is written


def test_a_file_that_may_not_be_written_fails_and_the_others_go_on(site, old):
    taken = site.post("taken", BODY.format(ADDRESS), extra="linkedin_url: my own words\n")
    result = site.run("adopt", "--json")
    assert result.code == 1
    assert {line["post"]: line["outcome"] for line in result.lines} == {
        f"_posts/{old.name}": "adopted",
        f"_posts/{taken.name}": "failed",
    }
    assert json.dumps(ADDRESS) not in taken.read_text()
