"""The address is written in one place, and every other byte stays: pairs of before and after."""

import pytest

from crosspost.errors import WriteBackRefused
from crosspost.jekyll.edit import insert_url, remove_url
from crosspost.policy import WriteBackPolicy

URL = "https://www.linkedin.com/feed/update/urn:li:share:7348349577130860544/"
SAME_POST = "https://www.linkedin.com/posts/jo_a-b-share-7348349577130860544-TZin"
OTHER_POST = "https://www.linkedin.com/posts/jo_a-b-share-1111111111111111111-TZin"
BOM = "\ufeff"


def edit(text, key="linkedin_url", *, placeholder=True):
    """Edit `text` as a file, twice: the second time must change nothing."""
    policy = WriteBackPolicy(key=key, placeholder=placeholder)
    after = insert_url(text.encode(), URL, policy)
    assert insert_url(after, URL, policy) == after
    return after.decode().replace(URL, "<URL>")


def refusal(data, key="linkedin_url", url=URL):
    with pytest.raises(WriteBackRefused) as caught:
        insert_url(data.encode() if isinstance(data, str) else data, url, WriteBackPolicy(key=key))
    return caught.value.problem


def pairs(*rows):
    return pytest.mark.parametrize(("before", "after"), [row[1:] for row in rows], ids=[row[0] for row in rows])


@pairs(
    ("plain", "---\ntitle: A\n---\nText\n", "---\ntitle: A\nlinkedin_url: <URL>\n---\nText\n"),
    ("crlf", "---\r\ntitle: A\r\n---\r\nText", "---\r\ntitle: A\r\nlinkedin_url: <URL>\r\n---\r\nText"),
    ("crlf body only", "---\na: 1\n---\r\nText\r\n", "---\na: 1\nlinkedin_url: <URL>\n---\r\nText\r\n"),
    ("crlf last line", "---\na: 1\nb: 2\r\n---\n", "---\na: 1\nb: 2\r\nlinkedin_url: <URL>\r\n---\n"),
    ("bom", BOM + "---\na: 1\n---\n", BOM + "---\na: 1\nlinkedin_url: <URL>\n---\n"),
    (
        "indented",
        "---\n    a: 1\n    b:\n      - x\n---\n",
        "---\n    a: 1\n    b:\n      - x\n    linkedin_url: <URL>\n---\n",
    ),
    ("no final newline", "---\na: 1\n---", "---\na: 1\nlinkedin_url: <URL>\n---"),
    ("dots", "---\na: 1\n...\nText", "---\na: 1\nlinkedin_url: <URL>\n...\nText"),
    ("trailing blanks", "--- \t\na: 1 \n---  \n\nText", "--- \t\na: 1 \nlinkedin_url: <URL>\n---  \n\nText"),
    ("empty", "---\n---\nText", "---\nlinkedin_url: <URL>\n---\nText"),
    ("empty crlf", "---\r\n---\r\n", "---\r\nlinkedin_url: <URL>\r\n---\r\n"),
    ("comments only", "---\n# todo\n---\n", "---\n# todo\nlinkedin_url: <URL>\n---\n"),
    ("blank lines", "---\n\na: 1\n\n---\n", "---\n\na: 1\n\nlinkedin_url: <URL>\n---\n"),
    ("flow", "---\n{a: 1, b: 2}\n---\n", "---\n{a: 1, b: 2, linkedin_url: <URL>}\n---\n"),
    ("flow, trailing comma", "---\n{a: 1,\n b: 2,}\n---\n", "---\n{a: 1,\n b: 2, linkedin_url: <URL>,}\n---\n"),
    (
        "in a block scalar",
        "---\na: |\n  linkedin_url:\n---\n",
        "---\na: |\n  linkedin_url:\nlinkedin_url: <URL>\n---\n",
    ),
    ("in a comment", "---\n# linkedin_url:\na: 1\n---\n", "---\n# linkedin_url:\na: 1\nlinkedin_url: <URL>\n---\n"),
    ("in another map", "---\nb:\n  linkedin_url:\n---\n", "---\nb:\n  linkedin_url:\nlinkedin_url: <URL>\n---\n"),
    ("in the body", "---\na: 1\n---\nlinkedin_url:\n", "---\na: 1\nlinkedin_url: <URL>\n---\nlinkedin_url:\n"),
    ("longer key", "---\nlinkedin_url_old: x\n---\n", "---\nlinkedin_url_old: x\nlinkedin_url: <URL>\n---\n"),
    ("kept newlines", "---\na: |+\n  b\n\n\n---\n", "---\na: |+\n  b\n\n\nlinkedin_url: <URL>\n---\n"),
    ("last value empty", "---\ntags:\n---\n", "---\ntags:\nlinkedin_url: <URL>\n---\n"),
    ("tab after a value", "---\na: 1\t\n---\n", "---\na: 1\t\nlinkedin_url: <URL>\n---\n"),
    ("impossible date", "---\ndate: 2016-06-31\n---\n", "---\ndate: 2016-06-31\nlinkedin_url: <URL>\n---\n"),
    ("anchors", "---\na: &x [1]\nb: *x\n---\n", "---\na: &x [1]\nb: *x\nlinkedin_url: <URL>\n---\n"),
    ("a cycle", "---\na: &x [*x]\n---\n", "---\na: &x [*x]\nlinkedin_url: <URL>\n---\n"),
    ("wide characters", "---\ntitle: 𝗔😀é\n---\n𝗔", "---\ntitle: 𝗔😀é\nlinkedin_url: <URL>\n---\n𝗔"),
)
def test_an_absent_key_becomes_one_line_before_the_closer(before, after):
    assert edit(before) == after


@pairs(
    ("nothing", "---\nlinkedin_url:\na: 1\n---\n", "---\nlinkedin_url: <URL>\na: 1\n---\n"),
    ("blank", "---\nlinkedin_url: \na: 1\n---\n", "---\nlinkedin_url: <URL>\na: 1\n---\n"),
    ("crlf", "---\r\nlinkedin_url:\r\n---\r\n", "---\r\nlinkedin_url: <URL>\r\n---\r\n"),
    ("double quotes", '---\nlinkedin_url: ""\n---\n', "---\nlinkedin_url: <URL>\n---\n"),
    ("single quotes", "---\nlinkedin_url: ''\n---\n", "---\nlinkedin_url: <URL>\n---\n"),
    ("tilde", "---\nlinkedin_url: ~\n---\n", "---\nlinkedin_url: <URL>\n---\n"),
    ("null", "---\nlinkedin_url: null\n---\n", "---\nlinkedin_url: <URL>\n---\n"),
    ("Null", "---\nlinkedin_url:   Null\n---\n", "---\nlinkedin_url:   <URL>\n---\n"),
    ("comment", "---\nlinkedin_url: # later\n---\n", "---\nlinkedin_url: <URL> # later\n---\n"),
    ("aligned comment", "---\nlinkedin_url:    # later\n---\n", "---\nlinkedin_url: <URL>    # later\n---\n"),
    ("quotes, comment", "---\nlinkedin_url: ''  # later\n---\n", "---\nlinkedin_url: <URL>  # later\n---\n"),
    ("quoted key", '---\n"linkedin_url":\n---\n', '---\n"linkedin_url": <URL>\n---\n'),
    ("blank before colon", "---\nlinkedin_url :\n---\n", "---\nlinkedin_url : <URL>\n---\n"),
    ("indented", "---\n  linkedin_url:\n  a: 1\n---\n", "---\n  linkedin_url: <URL>\n  a: 1\n---\n"),
    ("value below", "---\nlinkedin_url:\n  ''\n---\n", "---\nlinkedin_url:\n  <URL>\n---\n"),
    ("twice", "---\nlinkedin_url:\nlinkedin_url:\n---\n", "---\nlinkedin_url:\nlinkedin_url: <URL>\n---\n"),
    ("flow", "---\n{linkedin_url: , a: 1}\n---\n", "---\n{linkedin_url: <URL>, a: 1}\n---\n"),
    ("flow, last", "---\n{a: 1, linkedin_url: }\n---\n", "---\n{a: 1, linkedin_url: <URL>}\n---\n"),
    ("empty list", "---\nlinkedin_url: []\n---\n", "---\nlinkedin_url: [<URL>]\n---\n"),
    ("before wide characters", "---\nlinkedin_url:\na: 😀\n---\n", "---\nlinkedin_url: <URL>\na: 😀\n---\n"),
    ("behind wide characters", "---\na: 😀\nlinkedin_url:\n---\n", "---\na: 😀\nlinkedin_url: <URL>\n---\n"),
)
def test_an_empty_value_is_filled_where_it_stands(before, after):
    assert edit(before) == after


@pairs(
    ("absent", "---\na: 1\n---\n", "---\na: 1\nsocials: {linkedin: <URL>}\n---\n"),
    ("empty parent", "---\nsocials:\na: 1\n---\n", "---\nsocials: {linkedin: <URL>}\na: 1\n---\n"),
    ("null parent", "---\nsocials: ~ # c\n---\n", "---\nsocials: {linkedin: <URL>} # c\n---\n"),
    ("block", "---\nsocials:\n    x: 1\na: 1\n---\n", "---\nsocials:\n    x: 1\n    linkedin: <URL>\na: 1\n---\n"),
    (
        "block, comment and blank line behind",
        "---\nsocials:\n  x: 1 # c\n  # end\n\na: 1\n---\n",
        "---\nsocials:\n  x: 1 # c\n  linkedin: <URL>\n  # end\n\na: 1\n---\n",
    ),
    (
        "block, list inside",
        "---\nsocials:\n  x:\n  - 1\n  - 2\na:\n---\n",
        "---\nsocials:\n  x:\n  - 1\n  - 2\n  linkedin: <URL>\na:\n---\n",
    ),
    (
        "block scalar inside",
        "---\nsocials:\n  x: |+\n    1\n\na: 1\n---\n",
        "---\nsocials:\n  x: |+\n    1\n\n  linkedin: <URL>\na: 1\n---\n",
    ),
    (
        "alias inside",
        "---\no: &o {b: 1}\nsocials:\n  x: *o\na: 1\n---\n",
        "---\no: &o {b: 1}\nsocials:\n  x: *o\n  linkedin: <URL>\na: 1\n---\n",
    ),
    ("anchored", "---\nsocials: &s\n  x: 1\n---\n", "---\nsocials: &s\n  x: 1\n  linkedin: <URL>\n---\n"),
    ("empty child", "---\nsocials:\n  linkedin:\n  x: 1\n---\n", "---\nsocials:\n  linkedin: <URL>\n  x: 1\n---\n"),
    ("flow", "---\nsocials: {x: 1}\n---\n", "---\nsocials: {x: 1, linkedin: <URL>}\n---\n"),
    ("flow, spaced", "---\nsocials: { x: 1 }\n---\n", "---\nsocials: { x: 1, linkedin: <URL> }\n---\n"),
    ("flow, empty", "---\nsocials: {}\n---\n", "---\nsocials: {linkedin: <URL>}\n---\n"),
    ("flow, empty child", "---\nsocials: {linkedin: ''}\n---\n", "---\nsocials: {linkedin: <URL>}\n---\n"),
    ("flow, null last", "---\nsocials: {x}\n---\n", "---\nsocials: {x, linkedin: <URL>}\n---\n"),
    (
        "crlf",
        "---\r\nsocials:\r\n  x: 1\r\na: 1\r\n---\r\n",
        "---\r\nsocials:\r\n  x: 1\r\n  linkedin: <URL>\r\na: 1\r\n---\r\n",
    ),
    (
        "same name elsewhere",
        "---\nlinkedin: jo\nother:\n  linkedin:\nsocials:\n  x: 1\n---\n",
        "---\nlinkedin: jo\nother:\n  linkedin:\nsocials:\n  x: 1\n  linkedin: <URL>\n---\n",
    ),
)
def test_a_dotted_key_goes_into_its_mapping(before, after):
    assert edit(before, "socials.linkedin") == after


def test_a_dotted_key_may_have_more_than_two_parts():
    assert (
        edit("---\na:\n  b:\n    c: 1\nd: 1\n---\n", "a.b.url")
        == "---\na:\n  b:\n    c: 1\n    url: <URL>\nd: 1\n---\n"
    )
    assert edit("---\nd: 1\n---\n", "a.b.url") == "---\nd: 1\na: {b: {url: <URL>}}\n---\n"


@pairs(
    ("absent", "---\na: 1\n---\n", "---\na: 1\nsyndication: [<URL>]\n---\n"),
    ("empty", "---\nsyndication:\n---\n", "---\nsyndication: [<URL>]\n---\n"),
    ("flow", "---\nsyndication: [x,  y ]\n---\n", "---\nsyndication: [x,  y, <URL> ]\n---\n"),
    ("flow, trailing comma", "---\nsyndication: [x,]\n---\n", "---\nsyndication: [x, <URL>,]\n---\n"),
    ("flow, lines", "---\nsyndication: [x,\n  y # c\n]\n---\n", "---\nsyndication: [x,\n  y, <URL> # c\n]\n---\n"),
    ("block", "---\nsyndication:\n  - x\na: 1\n---\n", "---\nsyndication:\n  - x\n  - <URL>\na: 1\n---\n"),
    ("not indented", "---\nsyndication:\n- x\n- y\na: 1\n---\n", "---\nsyndication:\n- x\n- y\n- <URL>\na: 1\n---\n"),
    (
        "wide dash",
        "---\nsyndication:\n  -   x # c\n\n# d\na: 1\n---\n",
        "---\nsyndication:\n  -   x # c\n  -   <URL>\n\n# d\na: 1\n---\n",
    ),
    (
        "maps",
        "---\nsyndication:\n  - b: 1\n    c: 2\na: 1\n---\n",
        "---\nsyndication:\n  - b: 1\n    c: 2\n  - <URL>\na: 1\n---\n",
    ),
    (
        "block scalar",
        "---\nsyndication:\n  - |\n    x\n\na: 1\n---\n",
        "---\nsyndication:\n  - |\n    x\n\n  - <URL>\na: 1\n---\n",
    ),
    (
        "item below its dash",
        "---\nsyndication:\n  -\n    x\na: 1\n---\n",
        "---\nsyndication:\n  -\n    x\n  - <URL>\na: 1\n---\n",
    ),
    ("lists", "---\nsyndication:\n  - - x\na: 1\n---\n", "---\nsyndication:\n  - - x\n  - <URL>\na: 1\n---\n"),
    ("other copy", f"---\nsyndication: [{OTHER_POST}]\n---\n", f"---\nsyndication: [{OTHER_POST}, <URL>]\n---\n"),
)
def test_a_list_key_gets_one_item_more(before, after):
    assert edit(before, "syndication") == after


def test_a_list_is_recognised_under_any_key():
    assert edit("---\nlinks:\n- x\n---\n", "links") == "---\nlinks:\n- x\n- <URL>\n---\n"


@pytest.mark.parametrize(
    ("metadata", "key"),
    [
        (f"linkedin_url: {URL}\n", "linkedin_url"),
        (f"linkedin_url: '{URL}'\n", "linkedin_url"),
        (f"linkedin_url: >-\n  {URL}\n", "linkedin_url"),
        (f"linkedin_url: {SAME_POST}\n", "linkedin_url"),
        (f"syndication:\n  - x\n  - {SAME_POST}\n", "syndication"),
        (f"socials: {{linkedin: {URL}}}\n", "socials.linkedin"),
    ],
)
def test_a_file_that_names_the_post_already_is_returned_as_it_is(metadata, key):
    data = f"---\n{metadata}---\nText".encode()
    assert insert_url(data, URL, WriteBackPolicy(key=key)) == data


@pairs(
    ("plain", "+++\na = 1\n+++\nText", '+++\na = 1\nlinkedin_url = "<URL>"\n+++\nText'),
    ("crlf", "+++\r\na = 1\r\n+++\r\n", '+++\r\na = 1\r\nlinkedin_url = "<URL>"\r\n+++\r\n'),
    ("empty", "+++\n+++\n", '+++\nlinkedin_url = "<URL>"\n+++\n'),
    (
        "before tables",
        "+++\na = 1\n\n# t\n[t]\nb = 1\n+++\n",
        '+++\na = 1\nlinkedin_url = "<URL>"\n\n# t\n[t]\nb = 1\n+++\n',
    ),
    ("only tables", "+++\n[t]\nb = 1\n+++\n", '+++\nlinkedin_url = "<URL>"\n[t]\nb = 1\n+++\n'),
    ("indented", "+++\n  a = 1\n+++\n", '+++\n  a = 1\n  linkedin_url = "<URL>"\n+++\n'),
    ("empty value", '+++\nlinkedin_url = ""\na = 1\n+++\n', '+++\nlinkedin_url = "<URL>"\na = 1\n+++\n'),
    ("literal, comment", "+++\nlinkedin_url='' # c\n+++\n", '+++\nlinkedin_url="<URL>" # c\n+++\n'),
    ("quoted key", '+++\n"linkedin_url" = ""\n+++\n', '+++\n"linkedin_url" = "<URL>"\n+++\n'),
    (
        "looks like it in a string",
        '+++\na = """\nlinkedin_url = ""\n[t]\n"""\n[t]\n+++\n',
        '+++\na = """\nlinkedin_url = ""\n[t]\n"""\nlinkedin_url = "<URL>"\n[t]\n+++\n',
    ),
    (
        "looks like it in a table",
        '+++\n[t]\nlinkedin_url = ""\n+++\n',
        '+++\nlinkedin_url = "<URL>"\n[t]\nlinkedin_url = ""\n+++\n',
    ),
    (
        "all types",
        "+++\nd = 2024-01-31\nf = 1.0\nn = nan\nb = true\nm = [\n 1,\n]\n+++\n",
        '+++\nd = 2024-01-31\nf = 1.0\nn = nan\nb = true\nm = [\n 1,\n]\nlinkedin_url = "<URL>"\n+++\n',
    ),
)
def test_toml_gets_a_line_among_the_top_level_keys(before, after):
    assert edit(before) == after


@pairs(
    ("absent", "+++\na = 1\n[t]\n+++\n", '+++\na = 1\nsocials.linkedin = "<URL>"\n[t]\n+++\n'),
    ("table", "+++\n[socials]\nx = 1\n\n[t]\n+++\n", '+++\n[socials]\nx = 1\nlinkedin = "<URL>"\n\n[t]\n+++\n'),
    ("empty table", "+++\n[socials]\n[t]\n+++\n", '+++\n[socials]\nlinkedin = "<URL>"\n[t]\n+++\n'),
    ("empty value", '+++\n[socials]\nlinkedin = ""\n+++\n', '+++\n[socials]\nlinkedin = "<URL>"\n+++\n'),
    ("dotted", "+++\nsocials.x = 1\n[t]\n+++\n", '+++\nsocials.x = 1\nsocials.linkedin = "<URL>"\n[t]\n+++\n'),
    ("inline", "+++\nsocials = { x = 1 }\n+++\n", '+++\nsocials = { x = 1, linkedin = "<URL>" }\n+++\n'),
    ("inline, empty", "+++\nsocials = {}\n+++\n", '+++\nsocials = {linkedin = "<URL>"}\n+++\n'),
    (
        "inline, empty value",
        '+++\nsocials = {x = "", linkedin = ""}\n+++\n',
        '+++\nsocials = {x = "", linkedin = "<URL>"}\n+++\n',
    ),
)
def test_a_dotted_key_goes_into_its_toml_table(before, after):
    assert edit(before, "socials.linkedin") == after


@pairs(
    ("absent", "+++\na = 1\n+++\n", '+++\na = 1\nsyndication = ["<URL>"]\n+++\n'),
    ("empty", "+++\nsyndication = []\n+++\n", '+++\nsyndication = ["<URL>"]\n+++\n'),
    ("one line", '+++\nsyndication = ["x"] # ]\n+++\n', '+++\nsyndication = ["x", "<URL>"] # ]\n+++\n'),
    (
        "lines",
        '+++\nsyndication = [\n  "x",\n  "y",\n]\n+++\n',
        '+++\nsyndication = [\n  "x",\n  "y",\n  "<URL>",\n]\n+++\n',
    ),
    (
        "lines, no trailing comma",
        '+++\nsyndication = [\n  "x"\n]\n+++\n',
        '+++\nsyndication = [\n  "x", "<URL>"\n]\n+++\n',
    ),
)
def test_a_toml_array_gets_one_item_more(before, after):
    assert edit(before, "syndication") == after


@pytest.mark.parametrize(
    ("before", "key", "reason"),
    [
        ("Text\n", "linkedin_url", "no front matter"),
        ("", "linkedin_url", "no front matter"),
        ("---\na: 1\nText\n", "linkedin_url", "never closed"),
        ("---\na: [\n---\n", "linkedin_url", "not valid YAML"),
        ("---\na: \x00\n---\n", "linkedin_url", "not valid YAML"),
        ("---\n" + "[" * 100_000 + "\n---\n", "linkedin_url", "not valid YAML"),
        ("---\na: 1\n--- b\n---\n", "linkedin_url", "not valid YAML"),
        ("---\n- a\n---\n", "linkedin_url", "not a mapping"),
        (b"---\na: \xff\n---\n", "linkedin_url", "not UTF-8"),
        ("---\nlinkedin_url: link\n---\n", "linkedin_url", "already holds something else"),
        ("---\nlinkedin_url: false\n---\n", "linkedin_url", "already holds something else"),
        (f"---\nlinkedin_url: {OTHER_POST}\n---\n", "linkedin_url", "already holds something else"),
        ("---\nlinkedin:\n  text: a\n---\n", "linkedin", "already holds something else"),
        ("---\nsyndication: x\n---\n", "syndication", "already holds something else"),
        ("---\nsocials: x\n---\n", "socials.linkedin", "'socials' is not a mapping"),
        ("---\nsocials: [x]\n---\n", "socials.linkedin", "'socials' is not a mapping"),
        ("---\nlinkedin_url: &a\n---\n", "linkedin_url", "anchor"),
        ("---\nlinkedin_url: !!str\n---\n", "linkedin_url", "tag"),
        ("---\nlinkedin_url: |\n---\n", "linkedin_url", "block"),
        ("---\n? linkedin_url\n---\n", "linkedin_url", "beside its key"),
        ("---\na: &a\nlinkedin_url: *a\n---\n", "linkedin_url", "alias"),
        ("---\nsocials: &a\n  x: 1\nb: *a\n---\n", "socials.linkedin", "meaning of other lines"),
        ("---\nsocials: &a\n  x: *a\n---\n", "socials.linkedin", "meaning of other lines"),
        ("---\n? a\n: b\n---\n", "linkedin_url", "do not start their lines"),
        ("---\na: &a {linkedin_url: x}\n<<: *a\n---\n", "linkedin_url", "<<"),
        ("---\na: &a x\nsyndication: [*a]\n---\n", "syndication", "alias"),
        ("+++\na =\n+++\n", "linkedin_url", "not valid TOML"),
        ("+++\na = " + "[" * 10_000 + "\n+++\n", "linkedin_url", "not valid TOML"),
        ('+++\nlinkedin_url = "x"\n+++\n', "linkedin_url", "already holds something else"),
        ("+++\nlinkedin_url = false\n+++\n", "linkedin_url", "already holds something else"),
        ("+++\n[linkedin_url]\n+++\n", "linkedin_url", "already holds something else"),
        ('+++\nsocials = "x"\n+++\n', "socials.linkedin", "'socials' is not a table"),
        ("+++\n[[socials]]\nx = 1\n+++\n", "socials.linkedin", "'socials' is not a table"),
        ("---\na: 1\n---\n", "", "no key"),
        ("---\na: 1\n---\n", "a..b", "no key"),
    ],
)
def test_what_has_no_safe_place_is_refused_with_reason_and_remedy(before, key, reason):
    problem = refusal(before, key)
    assert reason in problem.what
    assert URL in problem.linkedin_has
    assert problem.fix


@pytest.mark.parametrize("url", ["", "link", "https://a.example/b c", 'https://a.example/"', "https://a.example/\n"])
def test_what_is_no_address_is_refused(url):
    assert "no address" in refusal("---\na: 1\n---\n", url=url).what


def test_an_address_is_quoted_only_where_yaml_needs_it():
    url = "https://www.linkedin.com/feed/update/urn:li:share:1/?a=[b],c"
    after = insert_url(b"---\na: 1\n---\n", url, WriteBackPolicy())
    assert after.decode() == f"---\na: 1\nlinkedin_url: '{url}'\n---\n"


FOOTER = "[Check this post in LinkedIn]({})"


@pairs(
    (
        "at the end",
        f"---\na: 1\n---\nText\n\n{FOOTER.format('link')}",
        f"---\na: 1\nlinkedin_url: <URL>\n---\nText\n\n{FOOTER.format('<URL>')}",
    ),
    (
        "blank lines behind",
        f"---\na: 1\n---\n{FOOTER.format('link')}\r\n \r\n",
        f"---\na: 1\nlinkedin_url: <URL>\n---\n{FOOTER.format('<URL>')}\r\n \r\n",
    ),
    (
        "empty",
        f"---\na: 1\n---\n{FOOTER.format('')}\n",
        f"---\na: 1\nlinkedin_url: <URL>\n---\n{FOOTER.format('<URL>')}\n",
    ),
    (
        "behind wide characters",
        f"---\na: 1\n---\n𝗔😀é\n{FOOTER.format('#')}\n",
        f"---\na: 1\nlinkedin_url: <URL>\n---\n𝗔😀é\n{FOOTER.format('<URL>')}\n",
    ),
    (
        "key filled already",
        f"---\nlinkedin_url: {URL}\n---\n{FOOTER.format('link')}\n",
        f"---\nlinkedin_url: <URL>\n---\n{FOOTER.format('<URL>')}\n",
    ),
    (
        "toml",
        f"+++\na = 1\n+++\n{FOOTER.format('link')}",
        f'+++\na = 1\nlinkedin_url = "<URL>"\n+++\n{FOOTER.format("<URL>")}',
    ),
)
def test_the_placeholder_of_the_footer_is_filled(before, after):
    assert edit(before) == after


@pytest.mark.parametrize(
    "body",
    [
        FOOTER.format(OTHER_POST),
        FOOTER.format("https://www.linkedin.com/in/jo"),
        FOOTER.format("link") + "\n\nMore text\n",
        "[Check this post](link)",
        "See " + FOOTER.format("link"),
    ],
    ids=["filled", "a profile", "not the last line", "not LinkedIn", "inside a sentence"],
)
def test_any_other_link_is_the_authors(body):
    assert edit(f"---\na: 1\n---\n{body}") == f"---\na: 1\nlinkedin_url: <URL>\n---\n{body}"


def test_the_placeholder_stays_where_the_policy_says_so():
    body = FOOTER.format("link")
    assert edit(f"---\na: 1\n---\n{body}", placeholder=False) == f"---\na: 1\nlinkedin_url: <URL>\n---\n{body}"


def test_bytes_of_the_body_that_are_not_utf8_come_back_as_they_were():
    body = b"\xff\x80 caf\xe9\n" + FOOTER.format("link").encode()
    after = insert_url(b"---\na: 1\n---\n" + body, URL, WriteBackPolicy())
    assert after == f"---\na: 1\nlinkedin_url: {URL}\n---\n".encode() + body.replace(b"(link)", f"({URL})".encode())


def test_a_refused_front_matter_leaves_the_footer_alone_too():
    assert refusal(f"---\nlinkedin_url: x\n---\n{FOOTER.format('link')}")


# --- and out again


def removed(text, key="linkedin_url", *, placeholder=True):
    """Take the address out of `text`, twice: the second time must change nothing."""
    policy = WriteBackPolicy(key=key, placeholder=placeholder)
    after = remove_url(text.replace("<URL>", URL).encode(), URL, policy)
    assert remove_url(after, URL, policy) == after
    return after.decode()


@pairs(
    ("its line", "---\na: 1\nlinkedin_url: <URL>\n---\nText", "---\na: 1\n---\nText"),
    ("crlf", "---\r\nlinkedin_url: <URL>\r\na: 1\r\n---\r\n", "---\r\na: 1\r\n---\r\n"),
    ("quoted", '---\na: 1\nlinkedin_url: "<URL>"\n---\n', "---\na: 1\n---\n"),
    ("the only key", "---\nlinkedin_url: <URL>\n---\n", "---\n---\n"),
    ("with a comment", "---\nlinkedin_url: <URL> # mine\n---\n", "---\nlinkedin_url:  # mine\n---\n"),
    ("in braces", "---\n{a: 1, linkedin_url: <URL>}\n---\n", "---\n{a: 1, linkedin_url: }\n---\n"),
    ("toml", '+++\na = 1\nlinkedin_url = "<URL>"\n+++\n', "+++\na = 1\n+++\n"),
    ("toml, with a comment", '+++\nlinkedin_url = "<URL>" # x\n+++\n', '+++\nlinkedin_url = "" # x\n+++\n'),
    ("elsewhere too", "---\nother: <URL>\nlinkedin_url: <URL>\n---\n", f"---\nother: {URL}\n---\n"),
    ("not there", "---\na: 1\n---\nText", "---\na: 1\n---\nText"),
    ("another key", "---\nother: <URL>\n---\n", f"---\nother: {URL}\n---\n"),
    ("footer", "---\nlinkedin_url: <URL>\n---\n[On LinkedIn](<URL>)", "---\n---\n[On LinkedIn](link)"),
    ("footer of another", "---\na: 1\n---\n[On LinkedIn](<URL>x)", f"---\na: 1\n---\n[On LinkedIn]({URL}x)"),
)
def test_the_address_leaves_and_every_other_byte_stays(before, after):
    assert removed(before) == after


@pairs(
    (
        "a list's last item",
        "---\nsyndication:\n- https://x.example/1\n- <URL>\n---\n",
        "---\nsyndication:\n- https://x.example/1\n---\n",
    ),
    ("a list's only item", "---\nsyndication:\n  - <URL>\nb: 1\n---\n", "---\nsyndication:\nb: 1\n---\n"),
    (
        "a flow list's last item",
        "---\nsyndication: [https://x.example/1, <URL>]\n---\n",
        "---\nsyndication: [https://x.example/1]\n---\n",
    ),
    ("a flow list's only item", "---\na: 1\nsyndication: [<URL>]\n---\n", "---\na: 1\n---\n"),
)
def test_the_address_leaves_a_list(before, after):
    assert removed(before, "syndication") == after


@pairs(
    ("a key of a map", "---\nsocials:\n  x: 1\n  linkedin: <URL>\n---\n", "---\nsocials:\n  x: 1\n---\n"),
    ("the only key of a map", "---\nsocials: {linkedin: <URL>}\nb: 1\n---\n", "---\nb: 1\n---\n"),
)
def test_the_address_leaves_a_map(before, after):
    assert removed(before, "socials.linkedin") == after


def test_without_placeholders_the_footer_stays():
    text = "---\na: 1\n---\n[On LinkedIn](<URL>)"
    assert removed(text, placeholder=False) == text.replace("<URL>", URL)


@pytest.mark.parametrize("text", ["---\na: &x <URL>\nlinkedin_url: *x\n---\n", "no front matter <URL>"])
def test_an_address_that_cannot_leave_alone_stays(text):
    data = text.replace("<URL>", URL).encode()
    with pytest.raises(WriteBackRefused) as caught:
        remove_url(data, URL, WriteBackPolicy())
    assert "by hand" in caught.value.problem.fix
