"""LinkedIn's API versions: which live, and how another one is found when the one in use has died."""

from dataclasses import dataclass, field
from datetime import date

import pytest

from crosspost.linkedin import versions
from crosspost.linkedin.versions import FixedVersion, FoundVersion

TODAY = date(2026, 11, 22)


@dataclass
class Asked:
    """A LinkedIn that serves some versions, and a memory."""

    living: set[str] = field(default_factory=set)
    today: date = TODAY
    remembered: str | None = None
    asked: list[str] = field(default_factory=list)

    def version(self):
        return FoundVersion(
            lambda: self.remembered, lambda found: setattr(self, "remembered", found), lambda: self.today
        )

    def lives(self, version):
        self.asked.append(version)
        return version in self.living


def test_the_newest_known_version_is_sent_until_linkedin_refuses_it():
    assert Asked().version().value == "202609"
    assert Asked(remembered="202704").version().value == "202704"


def test_the_nearest_version_that_lives_is_found_and_remembered():
    linkedin = Asked(living={"202704", "202705"}, today=date(2027, 10, 1))
    assert linkedin.version().replace(linkedin.lives)
    assert (linkedin.remembered, linkedin.version().value) == ("202704", "202704")
    assert linkedin.asked == ["202610", "202611", "202701", "202702", "202703", "202704"]


def test_a_known_version_comes_before_an_unknown_one():
    linkedin = Asked(living={"202607", "202611"})
    assert linkedin.version().replace(linkedin.lives)
    assert (linkedin.remembered, linkedin.asked) == ("202607", ["202607"])


def test_where_none_lives_nothing_is_remembered_and_the_questions_end():
    linkedin = Asked(today=date(2036, 1, 1))
    assert not linkedin.version().replace(linkedin.lives)
    assert (linkedin.remembered, len(linkedin.asked)) == (None, 12)


def test_no_verdict_ends_the_questions():
    asked = []
    assert not Asked().version().replace(asked.append)  # which returns None
    assert len(asked) == 1


def test_the_version_of_the_settings_stays():
    assert not FixedVersion("202609").replace(lambda _version: pytest.fail("nobody is asked"))


@pytest.mark.parametrize("version", ["202601", "202604", "202607", "202608", "202609", "202610", "202611"])
def test_a_version_that_is_alive_is_no_problem(version):
    assert versions.version_problem(version, TODAY) is None


@pytest.mark.parametrize(
    ("version", "words"),
    [
        ("", "no LinkedIn API version"),
        ("latest", "no LinkedIn API version"),
        ("2026-09", "no LinkedIn API version"),
        ("202600", "no LinkedIn API version"),
        ("202613", "no LinkedIn API version"),
        ("20260901", "no LinkedIn API version"),
        ("202609\n", "no LinkedIn API version"),
        ("202412", "never released"),
        ("202512", "never released"),
        ("202612", "not released API version 202612 yet"),
        ("202511", "ended API version 202511 on 2026-11-16"),
        ("202508", "ended API version 202508 on 2026-08-17"),
        ("202301", "ended API version 202301 on 2024-01-15"),
    ],
)
def test_a_version_that_linkedin_will_refuse_says_why_and_what_to_set(version, words):
    problem = versions.version_problem(version, TODAY)
    assert words in problem.what
    assert versions.NEWEST_KNOWN_VERSION in problem.fix


@pytest.mark.parametrize("version", versions.SUNSETS)
def test_a_version_ends_on_the_day_that_linkedin_published(version):
    end = versions.SUNSETS[version]
    assert versions.version_problem(version, end.replace(day=end.day - 1)) is None
    assert versions.version_problem(version, end)


def test_a_version_without_a_published_end_lives_until_the_middle_of_its_twelfth_month():
    assert versions.version_problem("202609", date(2027, 9, 14)) is None
    assert versions.version_problem("202609", date(2027, 9, 15))


def test_a_version_is_warned_about_from_ten_months_on_and_not_after_its_end():
    assert versions.version_warning("202601", date(2026, 10, 31)) is None
    assert "about 2027-01-15" in versions.version_warning("202601", date(2026, 11, 1)).what
    assert versions.version_warning("202601", date(2027, 1, 15)) is None
    assert versions.version_warning("nonsense", TODAY) is None


def test_the_newest_known_version_is_neither_dead_nor_old():
    assert versions.version_problem(versions.NEWEST_KNOWN_VERSION, TODAY) is None
    assert versions.version_warning(versions.NEWEST_KNOWN_VERSION, TODAY) is None
