"""The pure parts of signing in: what the browser brings back, what was granted, when to warn."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crosspost.errors import CredentialsError, SettingsError
from crosspost.linkedin.oauth.grant import grant_from, introspection_from
from crosspost.linkedin.oauth.redirect import RedirectAddress, code_in, is_address, query_of
from crosspost.linkedin.oauth.refusals import refusal_for
from crosspost.linkedin.oauth.scopes import MEMBER, ORGANIZATION, may_post, split, tells_member
from crosspost.settings.load import load
from crosspost.signin.expiry import days_left, expiry_warning

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
STATE = "marked-state-0123456789"
CODE = "AQTmarked_code-1"

# --- what the browser brings back ------------------------------------------------------------------------------------


def refused(query):
    with pytest.raises(CredentialsError) as caught:
        code_in(query, STATE)
    assert CODE not in str(caught.value) + repr(caught.value.problem)
    assert STATE not in str(caught.value) + repr(caught.value.problem)
    return caught.value.problem.what


def test_the_code_of_the_right_answer_is_returned():
    assert code_in(f"code={CODE}&state={STATE}", STATE) == CODE
    assert code_in(f"state={STATE}&code=a%2Bb+c&iss=x", STATE) == "a+b c"


@pytest.mark.parametrize(
    "query",
    [
        f"code={CODE}",
        f"code={CODE}&state=",
        f"code={CODE}&state={STATE}x",
        f"code={CODE}&state={STATE[:-1]}",
        f"code={CODE}&state={STATE.upper()}",
        f"code={CODE}&state={STATE}&state={STATE}",
        f"code={CODE}&state=%FF%00é",
        f"error=access_denied&state=other&code={CODE}",
        "&".join(f"x{number}=1" for number in range(50)) + f"&code={CODE}&state={STATE}",
        "",
    ],
)
def test_an_answer_without_our_state_is_believed_in_nothing(query):
    assert "does not belong to this sign-in" in refused(query)


@pytest.mark.parametrize("query", [f"state={STATE}", f"code=&state={STATE}", f"code=a&code=b&state={STATE}"])
def test_an_answer_without_one_code_has_none(query):
    assert "no authorization code" in refused(query)


def test_an_error_of_linkedin_is_shown_clean_and_short():
    told = refused(f"error=some_error&error_description=a%1b[2J+%26quot%3Bscope%26quot%3B+{'x' * 999}&state={STATE}")
    assert 'some_error: a [2J "scope"' in told
    assert "\x1b" not in told
    assert len(told) < 500


def test_an_error_counts_more_than_a_code():
    assert "not allowed" in refused(f"error=access_denied&code={CODE}&state={STATE}")


@given(st.text())
def test_any_query_is_a_code_or_a_plain_refusal(query):
    try:
        code = code_in(query, STATE)
    except CredentialsError:
        return
    assert code
    assert STATE in query


@pytest.mark.parametrize("pasted", [f"?code={CODE}&state=x", f"code={CODE}", "http://127.0.0.1:8912/callback?error=x"])
def test_an_address_is_told_from_a_token(pasted):
    assert is_address(pasted)
    assert not is_address("AQX_tokencode=")
    assert not is_address("Bearer AQX.abc~+/==")


def test_a_pasted_address_may_be_broken_over_lines_quoted_or_followed_by_a_fragment():
    assert query_of('"http://127.0.0.1:8912/callback?code=a\r\n  b&state=c#!"') == "code=ab&state=c"


# --- the redirect address ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        ("http://127.0.0.1:8912/callback", "127.0.0.1", 8912, "/callback", True),
        ("http://localhost:1/", "localhost", 1, "/", True),
        ("http://[::1]:65535", "::1", 65535, "/", True),
        ("https://blog.example/signed-in/", "blog.example", None, "/signed-in/", False),
    ],
)
def test_an_address_of_this_machine_or_one_over_https_is_taken_as_written(tmp_path, address):
    url = address[0]
    loaded = load(tmp_path, overrides={"linkedin": {"redirect_uri": url}})
    assert loaded.settings.linkedin.redirect_uri == url
    assert RedirectAddress.of(url) == RedirectAddress(*address)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "callback",
        "http://127.0.0.1/callback",
        "http://127.0.0.1:0/callback",
        "http://127.0.0.1:65536/callback",
        "http://blog.example:8912/callback",
        "http://127.0.0.1.example.com:8912/callback",
        "http://0.0.0.0:8912/callback",
        "http://user@127.0.0.1:8912/callback",
        "http://127.0.0.1:8912/callback?x=1",
        "http://127.0.0.1:8912/callback#x",
        "http://127.0.0.1:8912/callback ",
        "ftp://127.0.0.1:8912/callback",
    ],
)
def test_any_other_redirect_address_is_wrong(tmp_path, url):
    with pytest.raises(SettingsError, match="redirect_uri"):
        load(tmp_path, overrides={"linkedin": {"redirect_uri": url}})


# --- what was granted -------------------------------------------------------------------------------------------------


NAMES = [
    "access_token",
    "expires_in",
    "scope",
    "refresh_token",
    "active",
    "status",
    "expires_at",
    "refresh_token_expires_in",
]
VALUES = st.none() | st.booleans() | st.integers() | st.text() | st.floats() | st.lists(st.text())


@given(st.dictionaries(st.sampled_from(NAMES), VALUES))
def test_no_answer_however_odd_raises(fields):
    grant_from(fields, NOW)
    introspection_from(fields)
    refusal_for(400, repr(fields).encode(), "http://127.0.0.1:1/")


def test_a_refresh_token_that_is_none_is_not_kept():
    grant = grant_from({"access_token": "a", "refresh_token": "with space", "refresh_token_expires_in": 5}, NOW)
    assert (grant.refresh_token, grant.refresh_expires_at) == (None, None)


@pytest.mark.parametrize("scope", ["a,b c", " a , b\tc,", "a b c"])
def test_scopes_are_split_on_commas_and_white_space(scope):
    assert split(scope) == ("a", "b", "c")


def test_what_is_asked_for_lets_post_and_a_page_asks_for_no_other_product():
    assert may_post(MEMBER)
    assert may_post(ORGANIZATION)
    assert tells_member(MEMBER)
    assert not tells_member(ORGANIZATION)
    assert not may_post(("openid", "profile"))
    assert may_post(())
    assert tells_member(())


# --- when to warn ------------------------------------------------------------------------------------------------


def test_days_are_counted_whole_and_never_below_none():
    assert days_left(NOW + timedelta(days=3, hours=23), NOW) == 3
    assert days_left(NOW + timedelta(hours=1), NOW) == 0
    assert days_left(NOW - timedelta(days=5), NOW) == 0
    assert days_left(None, NOW) is None


def test_warnings_begin_at_fourteen_days_and_grow_at_seven_three_and_one():
    def told(**left):
        warning = expiry_warning(NOW + timedelta(**left), NOW)
        return warning.what if warning else None

    assert told(days=15) is None
    assert expiry_warning(None, NOW) is None
    stages = [told(days=days, hours=1) for days in (14, 8, 7, 4, 3, 2, 1, 0)]
    words = ["two weeks", "two weeks", "a week", "a week", "a few days", "a few days", "very soon", "very soon"]
    assert all(word in stage for word, stage in zip(words, stages, strict=True))
    assert "1 day left" in stages[6]
    assert "expired on 2026-11-22 08:00 UTC" in told(hours=-1)
