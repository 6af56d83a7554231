"""Outcomes as exit codes and lines."""

from dataclasses import replace

import pytest

from crosspost.errors import ExitCode, Problem, worst
from crosspost.model import Outcome, OutcomeKind
from crosspost.report.outcomes import exit_code, is_routine, nothing_to_do, outcome_text, summary

PROBLEM = Problem(what="it went wrong", linkedin_has="nothing was sent", fix="mend it", detail="x-li-uuid: 1")


def an_outcome(kind, **fields):
    return Outcome(post="_posts/a.md", account="default", kind=kind, **fields)


@pytest.mark.parametrize(
    ("outcome", "code"),
    [
        (an_outcome(OutcomeKind.PUBLISHED), ExitCode.DONE),
        (an_outcome(OutcomeKind.PUBLISHED, problem=PROBLEM), ExitCode.FAILED),
        (an_outcome(OutcomeKind.WRITTEN_BACK), ExitCode.DONE),
        (an_outcome(OutcomeKind.SKIPPED), ExitCode.DONE),
        (an_outcome(OutcomeKind.WAITING, problem=PROBLEM), ExitCode.DONE),
        (an_outcome(OutcomeKind.FAILED, problem=PROBLEM), ExitCode.FAILED),
        (an_outcome(OutcomeKind.FAILED, problem=PROBLEM, credentials=True), ExitCode.CREDENTIALS),
        (an_outcome(OutcomeKind.UNCERTAIN, problem=PROBLEM), ExitCode.ATTENTION),
        (an_outcome(OutcomeKind.MISSED, problem=PROBLEM), ExitCode.ATTENTION),
    ],
)
def test_each_outcome_has_its_exit_code(outcome, code):
    assert exit_code([an_outcome(OutcomeKind.SKIPPED), outcome]) is code


def test_of_several_exit_codes_the_worst_wins_in_the_order_of_the_contract():
    order = [ExitCode.LEDGER, ExitCode.CREDENTIALS, ExitCode.USAGE, ExitCode.ATTENTION, ExitCode.FAILED]
    for place, code in enumerate(order):
        assert worst({ExitCode.DONE, *order[place:]}) is code


def test_a_problem_says_what_happened_what_linkedin_has_and_what_to_do():
    lines = outcome_text(an_outcome(OutcomeKind.FAILED, problem=PROBLEM)).splitlines()
    assert lines == ["✗ failed        _posts/a.md: it went wrong", "  nothing was sent", "  mend it"]
    assert "x-li-uuid: 1" in outcome_text(an_outcome(OutcomeKind.FAILED, problem=PROBLEM), verbose=True)


def test_the_account_is_named_where_it_is_not_the_main_one():
    outcome = replace(an_outcome(OutcomeKind.FAILED, problem=PROBLEM), account="company")
    assert outcome_text(outcome).startswith("✗ failed        _posts/a.md (company): it went wrong")


@pytest.mark.parametrize(
    ("reason", "helps"), [("older than the baseline 2026-11-25 00:00 UTC", True), ("published 2026-11-25", False)]
)
def test_a_name_is_said_to_help_only_where_it_does(reason, helps):
    why = nothing_to_do([an_outcome(OutcomeKind.SKIPPED, reason=reason)])
    assert ("crosspost publish POST" in why) is helps


def test_what_needs_a_person_is_never_routine():
    assert is_routine(an_outcome(OutcomeKind.SKIPPED))
    assert not is_routine(an_outcome(OutcomeKind.WAITING, problem=PROBLEM))
    assert not is_routine(an_outcome(OutcomeKind.MISSED))


def test_the_summary_counts_each_kind():
    kinds = [OutcomeKind.PUBLISHED, OutcomeKind.SKIPPED, OutcomeKind.SKIPPED]
    assert summary([an_outcome(kind) for kind in kinds]) == "1 published, 2 skipped"
