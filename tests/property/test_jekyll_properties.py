"""What holds for any file, any name and any date."""

import re
from datetime import UTC, datetime, timedelta, timezone
from types import MappingProxyType
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crosspost.errors import PostUnreadable
from crosspost.findings import CODES
from crosspost.jekyll import dates, directives, permalink, post_name, yaml_text
from crosspost.jekyll.config import SiteConfig
from crosspost.jekyll.dates import DateProblem, Zones
from crosspost.jekyll.post_reader import PostReader

ZONES = Zones.of(ZoneInfo("America/New_York"), chosen=None, system=UTC)
READER = PostReader(config=SiteConfig(), zones=ZONES, base="https://a.org", write_back_key="linkedin_url")
KEY = "_posts/2024-01-31-a.md"

ODD = st.sampled_from([*"-+:'\"[]{}#&*!|>%@`,?~=. \t\n\r\ufeff\u2028\x00\x07é🙂", "---", "date:", "linkedin:", "<<:"])
SCRAPS = st.lists(st.one_of(ODD, st.text(max_size=5)), max_size=40).map("".join)


def check(data):
    """Read bytes; what comes back is a post, nothing, or findings with known codes and lines of the file."""
    try:
        post = READER.read(KEY, data)
    except PostUnreadable as error:
        for finding in error.findings:
            assert finding.code in CODES
            assert finding.fix
            assert finding.line is None or 1 <= finding.line <= data.count(b"\n") + 1
        return None
    if post is not None:
        assert post.date.utcoffset() is not None
        assert "\r" not in post.body
        assert 1 <= post.body_line <= data.count(b"\n") + 1
    return post


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data):
    check(data)


@given(SCRAPS, SCRAPS, st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_any_front_matter_and_body_are_read_or_refused(metadata, body, newline, bom):
    text = f"---\n{metadata}\n---\n{body}".replace("\n", newline)
    check((b"\xef\xbb\xbf" if bom else b"") + text.encode("utf-8", "replace"))


@given(SCRAPS)
def test_any_toml_is_read_or_refused(metadata):
    check(f"+++\n{metadata}\n+++\nText\n".encode("utf-8", "replace"))


@given(
    st.text(alphabet=st.characters(exclude_categories=("Cs",), exclude_characters="\r\n"), max_size=60),
    st.integers(1, 9),
)
def test_the_body_line_is_where_the_body_starts_in_the_file(line, blanks):
    first = "x" + line
    for newline in ("\n", "\r\n"):
        text = newline.join(["---", "title: A", "---", *[""] * blanks, first, "end"])
        post = check(text.encode())
        assert text.split("\n")[post.body_line - 1].rstrip("\r") == post.body.split("\n")[0] == first


# Not all that a YAML text may hold: PyYAML writes U+0085 and its like in a way that libyaml reads differently.
PRINTABLE = st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn", "Zl", "Zp")), max_size=8)


@given(st.dictionaries(PRINTABLE, st.one_of(st.none(), st.booleans(), st.integers(), PRINTABLE)))
@example({"on": 1})
def test_yaml_that_a_library_writes_is_read_as_it_was_meant(values):
    import yaml  # noqa: PLC0415 - only this test writes YAML

    text = yaml.safe_dump(values, allow_unicode=True)
    assert yaml_text.load(text).values == values


@given(
    st.datetimes(datetime(1900, 1, 1), datetime(2900, 1, 1)),  # noqa: DTZ001 - the offset is the next argument
    st.integers(-14 * 60, 14 * 60),
    st.sampled_from(["%Y-%m-%d %H:%M:%S {}", "%Y-%m-%dT%H:%M:%S{}", "%Y/%m/%d %H:%M:%S {}", "%d.%m.%Y %H:%M:%S {}"]),
    st.booleans(),
)
def test_every_moment_survives_being_written_with_its_offset(clock, minutes, form, colon):
    moment = clock.replace(microsecond=0, tzinfo=timezone(timedelta(minutes=minutes)))
    sign, (hours, rest) = "-" if minutes < 0 else "+", divmod(abs(minutes), 60)
    written = moment.strftime(form).format(f"{sign}{hours:02}{':' if colon else ''}{rest:02}")
    assert dates.read(written, ZONES) == moment


@given(st.datetimes(datetime(1971, 1, 1), datetime(2037, 1, 1)))  # noqa: DTZ001 - local time is the case
def test_a_local_time_is_one_that_clocks_there_show(clock):
    moment = dates.read(clock.strftime("%Y-%m-%d %H:%M"), ZONES)
    assert moment.astimezone(UTC).astimezone(ZONES.local).replace(tzinfo=None) == moment.replace(tzinfo=None)


@given(st.from_regex(r"[0-9]{4}-[01]\d-[0-3]\d [0-2]\d:[0-6]\d(:[0-6]\d)?( ?[-+][0-2]\d:?[0-9]\d)?", fullmatch=True))
@example("2024-01-01 24:00:00")
@example("2016-06-31 10:00:00")
@example("2024-03-31 02:30")
@example("2024-01-01 10:00:00 -0000")
@example("2024-01-01 10:00:00 +2400")
@example("2024-01-01 10:00:00 +0090")
@example("0001-01-01 10:00:00")
def test_the_usual_form_of_a_date_is_read_as_the_rules_read_it(text):
    try:
        expected = dates._parse(text, ZONES.local)
    except DateProblem as problem:
        with pytest.raises(DateProblem, match=re.escape(str(problem))):
            dates.read(text, ZONES)
    else:
        assert repr(dates.read(text, ZONES)) == repr(expected)


@given(
    st.one_of(SCRAPS, st.integers(), st.floats(), st.from_regex(r"[0-9]{1,5}[-/. ][0-9a-z]{1,4}[-/. ][0-9]{1,5}.{0,9}"))
)
def test_any_value_is_a_date_or_said_to_be_none(value):
    try:
        moment = dates.read(value, ZONES)
    except DateProblem as problem:
        said = str(problem)
        assert said
        assert "\n" not in said
    else:
        assert moment.utcoffset() is not None


@given(st.text(max_size=30), st.lists(st.text(max_size=8), max_size=3), st.text(max_size=30))
def test_addresses_are_ascii_stay_below_the_site_and_parse(slug, categories, template):
    parts = permalink.UrlParts(
        date=datetime(2024, 1, 31, tzinfo=UTC),
        slug=slug.encode("utf-8", "replace").decode(),
        stem="x",
        path="x",
        categories=tuple(one.encode("utf-8", "replace").decode() for one in categories),
    )
    path = permalink.path_of("/:categories/:title/:slug.html", parts)
    assert path.isascii()
    assert path.startswith("/")
    assert "//" not in path
    assert ".." not in unquote(path).split("/")
    assert urlsplit("https://a.org" + path).netloc == "a.org"


@given(st.text(max_size=30))
def test_slugs_are_lower_case_and_making_one_twice_changes_nothing_more(text):
    slug = permalink.slugify(text)
    assert permalink.slugify(slug.strip("-")) == slug.strip("-")


JSONS = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=5), st.datetimes()),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=4), inner, max_size=3)),
    max_leaves=6,
)


@given(
    st.one_of(JSONS, st.dictionaries(st.sampled_from(["text", "hashtags", "at", "visibility", "link", "url"]), JSONS)),
    JSONS,
)
def test_any_directive_is_understood_or_refused_and_never_a_yes_when_unclear(linkedin, crosspost):
    wishes, findings = directives.read(
        "p.md", {"linkedin": linkedin, "crosspost": crosspost}, MappingProxyType({}), ZONES
    )
    assert all(finding.code == "XP007" for finding in findings)
    if crosspost not in (True, None):
        assert wishes.publish is False


@given(st.text(max_size=20))
def test_the_file_name_alone_decides_what_a_post_is_called(slug):
    name = f"2024-01-31-{slug.replace('/', '')}.md"
    assert post_name.date_in(name) is not None
    assert post_name.slug_in(name) == slug.replace("/", "").rstrip(".")
