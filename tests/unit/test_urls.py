"""Where a web address stands in a text, and how it is written without reserved characters."""

import time

import pytest

from crosspost.compose.urls import encode_url, encode_urls, find_urls


def urls(text):
    return [text[start:end] for start, end in find_urls(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("see https://a.example/x.", ["https://a.example/x"]),
        ("(https://a.example/x)", ["https://a.example/x"]),
        ("https://a.example/x_(y)", ["https://a.example/x_(y)"]),
        ("(https://a.example/x_(y)).", ["https://a.example/x_(y)"]),
        ("(https://a.example/x)[1]. So", ["https://a.example/x"]),
        ("a (https://a.example/x)(b (https://a.example/y))", ["https://a.example/x", "https://a.example/y"]),
        ("[https://a.example/x] and [see https://a.example/y[1]]", ["https://a.example/x", "https://a.example/y[1]"]),
        ("{https://a.example/{id}}", ["https://a.example/{id}"]),
        ("**https://a.example**", ["https://a.example"]),
        ('"https://a.example/"', ["https://a.example/"]),
        ("<https://a.example/>", ["https://a.example/"]),
        ("https://a.example/を見る", ["https://a.example/"]),
        ("https://a.example/。", ["https://a.example/"]),
        ("https://пример.example/путь", ["https://пример.example/путь"]),
        ("xhttps://a.example", []),
        ("mailto:jo@a.example", []),
        ("HTTPS://a.example/?q=1#f http://b.example", ["HTTPS://a.example/?q=1#f", "http://b.example"]),
    ],
)
def test_an_address_ends_where_readers_see_its_end(text, found):
    assert urls(text) == found


def test_reserved_characters_that_may_be_encoded_are():
    assert encode_url("https://a.example/(a)~*|[b]") == "https://a.example/%28a%29%7E%2A%7C%5Bb%5D"


def test_characters_with_a_meaning_of_their_own_stay():
    url = "https://jo@a.example/a_b/@jo?x=1#top"
    assert encode_url(url) == url


def test_the_host_stays():
    assert encode_url("http://[::1]:8000/(a)") == "http://[::1]:8000/%28a%29"


def test_an_address_with_a_placeholder_is_a_pattern_and_stays():
    url = "https://api.example.com/users/{id}/~"
    assert encode_url(url) == url


def test_only_addresses_in_a_text_are_encoded():
    assert encode_urls("(~) https://a.example/~jo (~)") == "(~) https://a.example/%7Ejo (~)"


def test_addresses_without_blanks_between_are_not_each_searched_to_the_end():
    start = time.process_time()
    encode_urls("<https://a.example/" * 10_000)
    assert time.process_time() - start < 2
