"""ftfy's own published cases: nowhere worse than ftfy, and its negative cases untouched."""

import json
from pathlib import Path

import ftfy
import pytest

from crosspost.text import repair

CASES = json.loads((Path(__file__).parent / "ftfy_cases.json").read_text("utf-8"))
LOST = "\N{REPLACEMENT CHARACTER}"
# ftfy leaves this one alone because two readings are possible to it; its own note says which was meant, and so does Danish.
BETTER = {"Bremer/Mccoy – DrÃ¥ber": "Bremer/Mccoy – Dråber"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_no_case_is_worse_than_with_ftfy(case):
    """The same answer; or a byte restored that ftfy gives up; or offered instead of losing what it was."""
    original = case["original"]
    by_ftfy = ftfy.fix_encoding(original)
    made = repair(original)
    if made.text not in (by_ftfy, BETTER.get(original)):
        assert LOST in by_ftfy or case["expect"] == "fail"
        assert made.offers or (case["expect"] == "pass" and made.text.count(LOST) < by_ftfy.count(LOST))


@pytest.mark.parametrize(
    "case",
    [
        case
        for case in CASES
        if "egative" in case["label"] and case.get("fixed-encoding", case["fixed"]) == case["original"]
    ],
    ids=lambda case: case["label"],
)
def test_negative_cases_stay(case):
    """Nor is anything offered: an offer keeps a post from being sent."""
    made = repair(case["original"])
    assert made.text == BETTER.get(case["original"], case["original"])
    assert not made.offers


def test_all_cases_are_here():
    assert len(CASES) == 161
