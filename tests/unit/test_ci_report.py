"""What CI is told of a run: each remark at its place, nothing that the machine would obey, and no silence."""

from dataclasses import replace
from datetime import timedelta

import pytest

from crosspost.cli.ci import annotate, kind_of
from crosspost.errors import Problem
from crosspost.findings import Finding
from crosspost.model import Outcome, OutcomeKind, Recorded
from crosspost.pipeline.publish import publish
from crosspost.pipeline.standstill import QUIET, standstill
from crosspost.report import ci
from crosspost.report.ci import Annotation, markdown, of_commit, of_outcome, workflow_command
from doubles import NOW, a_post, a_run

PROBLEM = Problem(what="it went wrong", linkedin_has="nothing was sent", fix="mend it")
FINDING = Finding(post="_posts/a.md", code="XP203", message="a link leads nowhere", fix="mend it", line=7, column=3)


def an_outcome(kind, **fields):
    return Outcome(post="_posts/a.md", account="default", kind=kind, **fields)


def test_a_post_that_cannot_be_sent_is_an_error_at_each_of_its_lines():
    outcome = an_outcome(OutcomeKind.FAILED, problem=PROBLEM, findings=(FINDING, replace(FINDING, line=9, column=None)))
    assert [(one.level, one.post, one.line, one.column) for one in of_outcome(outcome)] == [
        ("error", "_posts/a.md", 7, 3),
        ("error", "_posts/a.md", 9, None),
    ]


@pytest.mark.parametrize(
    ("kind", "level"),
    [("failed", "error"), ("uncertain", "error"), ("missed", "warning"), ("published", "error"), ("waiting", None)],
)
def test_what_needs_a_person_is_an_annotation_of_its_file(kind, level):
    told = [one.level for one in of_outcome(an_outcome(OutcomeKind(kind), problem=PROBLEM))]
    assert told == ([level] if level else [])


def test_an_annotation_names_the_account_where_it_is_not_the_main_one():
    (one,) = of_outcome(replace(an_outcome(OutcomeKind.FAILED, problem=PROBLEM), account="company"))
    assert one.message.startswith("company: ")


def test_what_went_well_is_none():
    assert list(of_outcome(an_outcome(OutcomeKind.PUBLISHED, url="https://x.example"))) == []


def test_a_commit_that_failed_is_an_error_and_a_request_to_open_a_notice():
    recorded = Recorded(request_url="https://git.example/new", where="b on origin", notices=(PROBLEM,), problem=PROBLEM)
    assert [one.level for one in of_commit(recorded)] == ["warning", "notice", "error"]


@pytest.mark.parametrize("text", ["a\n::stop-commands::x", "a\r\n::set-output name=x::y,z"])
def test_no_text_of_a_post_becomes_a_command_of_its_own(text):
    command = workflow_command(Annotation("error", text, f"_posts/{text}.md"))
    assert len(command.splitlines()) == 1
    assert command.startswith("::error title=crosspost,file=_posts/a%0")


def test_the_summary_shows_posts_commits_remarks_and_tokens():
    outcomes = [
        an_outcome(OutcomeKind.PUBLISHED, url="https://www.linkedin.com/feed/update/urn:li:share:1/"),
        an_outcome(OutcomeKind.FAILED, problem=PROBLEM),
        an_outcome(OutcomeKind.SKIPPED),
    ]
    text = markdown(
        outcomes,
        [Recorded(commit="0123456789abcdef", where="main on origin")],
        [Annotation("error", "it went wrong", "_posts/a.md", 3)],
        ["token of default: 12 days left"],
    )
    assert text == (
        "### crosspost\n\n1 published, 1 skipped, 1 failed\n\n"
        "| | post | |\n|---|---|---|\n"
        "| published | `_posts/a.md` | https://www.linkedin.com/feed/update/urn:li:share:1/ |\n"
        "| failed | `_posts/a.md` | it went wrong |\n\n"
        "#### Needs a look\n\n- **error** `_posts/a.md` line 3: it went wrong\n\n"
        "- committed `0123456789`: main on origin\n\n"
        "- token of default: 12 days left\n"
    )


def test_nothing_of_a_post_is_markdown_in_the_summary():
    wild = "<img src=x> | [a](b) `c` **d**\n# e"
    text = markdown(
        [replace(an_outcome(OutcomeKind.FAILED, problem=replace(PROBLEM, what=wild)), post="a`|b.md")],
        [],
        [Annotation("error", wild, "a`b.md")],
        [],
    )
    assert "<img" not in text.replace("\\<img", "")
    assert len([line for line in text.splitlines() if line.startswith("#")]) == 2
    assert [line.replace("\\|", "").count("|") for line in text.splitlines() if line.startswith("| failed")] == [4]


@pytest.mark.parametrize(
    ("environ", "kind"),
    [
        ({}, None),
        ({"CI": "true"}, None),
        ({"GITHUB_ACTIONS": "true"}, "github"),
        ({"GITLAB_CI": "true"}, "gitlab"),
        ({"GITHUB_ACTIONS": "false"}, None),
    ],
)
def test_the_machine_says_what_it_is(environ, kind):
    assert kind_of(environ) == kind


def test_files_are_named_from_the_top_of_what_was_checked_out(tmp_path, capsys):
    environ = {"GITHUB_ACTIONS": "true", "GITHUB_WORKSPACE": str(tmp_path)}
    annotate([ci.of_finding(FINDING)], environ, tmp_path / "blog")
    annotate([ci.of_finding(FINDING)], environ, tmp_path)
    annotate([ci.of_finding(FINDING)], {"GITLAB_CI": "true"}, tmp_path)
    annotate([ci.of_finding(FINDING)], {}, tmp_path)
    lines = capsys.readouterr().err.splitlines()
    assert [line.partition("::XP")[0] for line in lines] == [
        "::error title=crosspost,file=blog/_posts/a.md,line=7,col=3",
        "::error title=crosspost,file=_posts/a.md,line=7,col=3",
        "ERROR: _posts/a.md:7:3: XP203 a link leads nowhere; mend it",
    ]


READY = a_post("_posts/2026-11-19-a.md", title="a", date=NOW - timedelta(days=2, hours=12))
SOON = a_post("_posts/2026-11-23-b.md", title="b", date=NOW + timedelta(days=1))


def test_posts_that_are_ready_for_days_while_nothing_goes_out_are_told():
    run = a_run(READY, SOON)
    assert standstill(run).what == "nothing was published for 2 days although a post is ready"


def test_a_post_that_just_became_ready_is_no_standstill():
    run = a_run(replace(READY, date=NOW - QUIET + timedelta(minutes=1)), SOON)
    assert standstill(run) is None


def test_where_something_went_out_lately_there_is_no_standstill():
    run = a_run(READY, a_post("_posts/2026-11-21-c.md", title="c"))
    list(publish(run, ["_posts/2026-11-21-c.md"], named=True))
    assert standstill(run) is None


def test_what_is_published_or_not_due_is_not_ready():
    run = a_run(READY, SOON)
    list(publish(run, [READY.key], named=False))
    run.clock.moment += timedelta(hours=20)
    assert standstill(run) is None
    assert standstill(a_run()) is None
