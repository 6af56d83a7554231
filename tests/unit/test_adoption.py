"""Addresses that posts already have: found in the text or in LinkedIn's data export, written only where it is sure."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from crosspost.adoption.adopt import Files, adopt, propose, told
from crosspost.adoption.body import mention_in
from crosspost.adoption.likeness import likeness, pairs_of
from crosspost.adoption.matching import Candidate, match
from crosspost.adoption.shares import NoExport, Share, read_shares
from crosspost.errors import Problem, SettingsError, WriteBackRefused
from doubles import NOW, FakeSource, a_post, a_run, unreadable

ADDRESS = "https://www.linkedin.com/posts/jo_tips-activity-7242165496542806017-TZin"
TRACKED = ADDRESS + "?utm_source=share&utm_medium=member_desktop&rcm=ACoAA"
HEAD = "Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility\n"


def footer(target):
    return f"Text.\n\n[Check this post in LinkedIn]({target})\n"


def words(start, count=60):
    """A text of words that no other text has."""
    return " ".join(f"word{number}" for number in range(start, start + count))


def share(text, number=1, at=NOW):
    return Share(url=f"https://www.linkedin.com/feed/update/urn:li:share:{number}/", at=at, text=text)


def files(*posts, **parts):
    run = a_run(*posts)
    return Files(source=FakeSource({post.key: post for post in posts}, **parts), policy=run.policy)


def kinds(found):
    return [(one.kind.value, one.url) for one in found]


# --- the body


def test_a_footer_gives_its_address_without_tracking():
    assert mention_in(footer(TRACKED)).url == ADDRESS


def test_a_placeholder_is_no_address():
    assert mention_in(footer("link")).url is None


def test_a_damaged_address_is_named_and_rebuilt_but_never_taken_for_sound():
    mention = mention_in(footer("l" + TRACKED))
    assert mention.damaged == "l" + TRACKED
    assert mention.url == "https://www.linkedin.com/feed/update/urn:li:activity:7242165496542806017/"


def test_a_labelled_line_at_the_top_gives_its_address():
    body = "# Title\n\n**Date:** x\n\n**Published:** [LinkedIn Post](https://www.linkedin.com/feed/update/urn:li:ugcPost:12/)\n"
    mention = mention_in(body)
    assert (mention.url, mention.line) == ("https://www.linkedin.com/feed/update/urn:li:ugcPost:12/", 5)


@pytest.mark.parametrize(
    "body",
    [
        "**Published:** [LinkedIn](https://www.linkedin.com/in/jo)\n",
        "\n" * 30 + f"**Published:** [LinkedIn Post]({ADDRESS})\n\nText",
        f"See [my LinkedIn post]({ADDRESS}) on this.\n\nMore.",
    ],
    ids=["a profile", "far below the top", "a link in the text"],
)
def test_other_links_are_the_authors_own(body):
    assert mention_in(body) is None


# --- the export


def test_a_share_is_read_with_its_doubled_quotes_and_encoded_link():
    link = "https://www.linkedin.com/feed/update/urn%3Ali%3Ashare%3A7348349577130860544"
    row = f'2025-07-08 13:57:44,{link},"He said ""hi"".""\n""""\n""Next ""line"" here.",,,MEMBER_NETWORK\n'
    (found,) = read_shares("\ufeff" + HEAD + row)
    assert found.text == 'He said "hi".\n\nNext "line" here.'
    assert found.url == "https://www.linkedin.com/feed/update/urn:li:share:7348349577130860544/"
    assert found.at == datetime(2025, 7, 8, 13, 57, 44, 921000, UTC)


def test_the_date_counts_where_the_number_tells_nothing():
    row = "2016-05-01 10:00:00 UTC,https://www.linkedin.com/feed/update/urn:li:share:61,Text,,,\n"
    assert read_shares(HEAD + row)[0].at == datetime(2016, 5, 1, 10, tzinfo=UTC)


def test_rows_without_text_or_without_a_posts_address_are_left_out():
    rows = f"2026-05-01,{ADDRESS},,,,\n2026-05-01,https://x.example,Text,,,\n2026-05-01\n\n,,,,,\n"
    assert read_shares(HEAD + rows) == ()


def test_columns_are_known_by_name_in_any_order():
    assert read_shares(f"ShareCommentary,Extra,sharelink\nText,,{ADDRESS}\n")[0].text == "Text"


@pytest.mark.parametrize("text", ["", "Date,Link,Message\n1,2,3\n", "PK\x03\x04", 'ShareLink,ShareCommentary\n"a\x00'])
def test_another_file_is_not_taken_for_an_export(text):
    try:
        found = read_shares(text)
    except NoExport:
        return
    assert found == ()


# --- which share is which post


def candidate(key, text, date=NOW, **more):
    return Candidate(key=key, date=date, texts=(text,), **more)


def test_an_edited_text_is_the_same_post():
    text = words(0)
    edited = "An intro by hand. " + text.replace("word7 ", "").replace("word30", "other") + " #tag https://lnkd.in/x"
    found = match([candidate("a", text), candidate("b", words(1000))], [share(edited)])
    assert list(found) == ["a"]
    assert found["a"].doubt is None


def test_styled_letters_and_emoji_make_no_difference():
    assert likeness(pairs_of("𝗕𝗼𝗹𝗱 words 🚀 here"), pairs_of("Bold words here")) == 1


def test_a_teaser_cut_from_a_long_text_is_that_post():
    assert match([candidate("a", words(0, 600))], [share(words(0, 60))])["a"].doubt is None


def test_a_half_rewritten_text_is_offered_and_not_sure():
    text = words(0, 200)
    half = words(0, 130) + " " + words(5000, 80)
    assert "edited copy" in match([candidate("a", text)], [share(half)])["a"].doubt


def test_two_posts_with_one_text_leave_it_open_which_is_meant():
    found = match([candidate("a", words(0)), candidate("b", words(0))], [share(words(0))])
    assert [one.doubt for one in found.values()] == ["another post or share fits nearly as well"]


def test_two_shares_of_one_text_leave_it_open_which_is_meant():
    found = match([candidate("a", words(0))], [share(words(0), 1), share(words(0), 2)])
    assert "nearly as well" in found["a"].doubt


def test_of_two_equal_texts_the_one_of_that_time_is_meant():
    posts = [candidate("old", words(0), NOW - timedelta(days=900)), candidate("new", words(0))]
    found = match(posts, [share(words(0))])
    assert list(found) == ["new"]
    assert found["new"].doubt is None


def test_a_share_far_from_the_posts_date_is_offered():
    found = match([candidate("a", words(0))], [share(words(0), at=NOW - timedelta(days=200))])
    assert "far from the post's date" in found["a"].doubt


def test_a_share_of_a_post_that_has_its_address_goes_to_no_other():
    posts = [candidate("a", words(0), settled=True), candidate("b", words(0, 40) + " " + words(900, 20))]
    assert match(posts, [share(words(0))]) == {}


def test_each_share_goes_to_one_post():
    posts = [candidate(str(number), words(number * 1000)) for number in range(5)]
    shares = [share(words(number * 1000), number) for number in range(5)]
    found = match(posts, shares)
    assert {key: one.share.url for key, one in found.items()} == {
        str(number): shares[number].url for number in range(5)
    }


# --- the use case


def test_what_is_sure_is_written_and_the_rest_left_alone():
    with_footer = a_post(body=footer(TRACKED), linkedin_url=TRACKED, linkedin_url_in_body=True)
    known = a_post("_posts/2026-11-22-b.md", linkedin_url=ADDRESS)
    empty = a_post("_posts/2026-11-22-c.md", body=footer("link"))
    site = files(with_footer, known, empty)
    found = list(adopt(site, propose(site, site.source.keys())))
    assert kinds(found) == [("adopted", ADDRESS), ("skipped", None), ("skipped", None)]
    assert site.source.posts[with_footer.key].linkedin_url == ADDRESS
    assert "placeholder (line 6)" in found[2].reason


def test_a_damaged_footer_is_offered_and_nothing_is_written():
    post = a_post(body=footer("l" + TRACKED))
    site = files(post)
    (found,) = adopt(site, propose(site, [post.key]))
    assert found.kind.value == "offered"
    assert "damaged" in found.reason
    assert site.source.posts[post.key] is post


def test_the_footer_of_the_main_account_says_nothing_of_another():
    post = a_post(body=footer(TRACKED))
    site = files(post)
    company = replace(site, policy=replace(site.policy, name="company"))
    assert kinds(propose(company, [post.key])) == [("skipped", None)]


def test_a_share_is_found_by_the_text_that_would_be_sent():
    post = a_post(body=words(0))
    site = files(post, a_post("_posts/2026-11-22-b.md", body=words(500)))
    found = propose(site, [post.key], [share(words(0))])
    assert kinds(found) == [("would-adopt", share("").url)]
    assert found[0].likeness > 0.9


def test_a_post_that_is_not_named_still_takes_its_own_share():
    """Otherwise the named one would get it for want of a better one."""
    named, other = a_post(body=words(0, 50) + " " + words(900, 30)), a_post("_posts/2026-11-22-b.md", body=words(0, 80))
    assert kinds(propose(files(named, other), [named.key], [share(words(0, 80))])) == [("skipped", None)]


def test_one_unreadable_file_stops_nothing():
    bad, good = "_posts/2026-11-22-a.md", a_post("_posts/2026-11-22-b.md", body=footer(TRACKED))
    site = files(good)
    site.source.posts = {bad: unreadable(bad), good.key: good}
    assert [one.kind.value for one in propose(site, site.source.keys())] == ["failed", "would-adopt"]


def test_a_file_that_cannot_be_written_is_told():
    post = a_post(body=footer(TRACKED))
    site = files(post, refuse=WriteBackRefused(Problem(what="read-only", fix="chmod")))
    assert [one.kind.value for one in adopt(site, propose(site, [post.key]))] == ["failed"]


def test_a_person_may_say_where_a_post_is():
    post = a_post()
    site = files(post)
    assert kinds(adopt(site, told(site, post.key, TRACKED))) == [("adopted", ADDRESS)]
    with pytest.raises(SettingsError):
        told(site, post.key, "https://www.linkedin.com/in/jo")
