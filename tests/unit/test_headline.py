"""A line of front matter as plain text."""

import pytest

from crosspost.compose.headline import plain_line


@pytest.mark.parametrize(
    ("line", "plain"),
    [
        ("The *best* **of** `code`", "The best of code"),
        ("A<br />B &amp; C&#58; <code>d</code>", "A B & C: d"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("a*b*c", "a*b*c"),
        ("snake_case and __init__", "snake_case and __init__"),
        ("Vec<T> & <Foo>", "Vec<T> & <Foo>"),
        ("a < b and b > c", "a < b and b > c"),
        ("several\n lines\u00a0here", "several lines here"),
        ("C# [1] (x)", "C# [1] (x)"),
        ("   ", ""),
    ],
)
def test_markup_goes_and_all_else_stays(line, plain):
    assert plain_line(line) == plain


def test_a_comment_in_a_title_is_not_for_readers_and_in_code_it_is_code():
    assert plain_line("One <!-- not\nthis --> two") == "One two"
    assert plain_line("One <!-- never closed") == "One"
    assert plain_line("What `<!-- x -->` means") == "What <!-- x --> means"
