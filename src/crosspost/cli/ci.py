"""What `publish` and `check` do beyond printing where they run on a CI machine.

It is recognised by what the machine says of itself (`GITHUB_ACTIONS`, also set by Gitea and Forgejo; `GITLAB_CI`). Results stay as
they are, on standard output; annotations go to standard error, where GitHub finds them too, and the summary into the file
that the machine names (`GITHUB_STEP_SUMMARY`).
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from crosspost.errors import CrosspostError, ExitCode, Problem
from crosspost.report import ci

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from types import TracebackType
    from typing import Self

    from crosspost.bootstrap import Workshop
    from crosspost.model import Outcome, Recorded
    from crosspost.report.ci import Annotation

Kind = Literal["github", "gitlab"]


def kind_of(environ: Mapping[str, str]) -> Kind | None:
    """Return which CI this process runs on, None for none that is known.

    >>> kind_of({"GITLAB_CI": "true"})
    'gitlab'
    """
    if environ.get("GITHUB_ACTIONS") == "true":
        return "github"
    return "gitlab" if environ.get("GITLAB_CI") == "true" else None


def annotate(
    annotations: Iterable[Annotation], environ: Mapping[str, str] = os.environ, root: Path | None = None
) -> None:
    """Print annotations in the form that this CI knows; nothing elsewhere."""
    kind = kind_of(environ)
    for annotation in annotations if kind else ():
        text = (
            ci.workflow_command(annotation, folder_in_checkout(root, environ))
            if kind == "github"
            else ci.log_line(annotation)
        )
        click.echo(text, err=True)


def folder_in_checkout(root: Path | None, environ: Mapping[str, str] = os.environ) -> str:
    """Return the site's folder in the repository that was checked out, with a `/` at its end; empty where it is the top."""
    top = environ.get("GITHUB_WORKSPACE")
    if not top or root is None or not root.is_relative_to(Path(top).resolve()):
        return ""
    relative = root.relative_to(Path(top).resolve()).as_posix()
    return "" if relative == "." else f"{relative}/"


@dataclass
class Report:
    """What a run of `publish` has to tell; on a CI machine it is told when the run ends, however it ends.

    Attributes:
        workshop: Of the run.
        accounts: Names of the accounts that publish.
        watch: Look beyond the posts: at the tokens, at the ledger, at whether anything goes out at all.
        outcomes: As they come.
        commits: As they come.
    """

    workshop: Workshop
    accounts: tuple[str, ...]
    watch: bool
    outcomes: list[Outcome] = field(default_factory=list)
    commits: list[Recorded] = field(default_factory=list)
    code: ExitCode = ExitCode.DONE
    _remarks: list[Annotation] = field(default_factory=list)
    _tokens: list[str] = field(default_factory=list)

    def __enter__(self) -> Self:
        """Look at the tokens: a missing one is told although nothing may be due today."""
        if self._on_ci and self.watch:
            for account in self.accounts:
                self._look_at_token(account)
                self._warn(filter(None, [self.workshop.version_warning(account)]))
            self._warn(_forgetful_ledger(self.workshop))
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, error: BaseException | None, _at: TracebackType | None
    ) -> None:
        """Tell it all."""
        if not self._on_ci:
            return
        if self.watch and error is None:
            self._warn(self._standstills())
        remarks = [*self._remarks, *self._of_posts(), *(one for each in self.commits for one in ci.of_commit(each))]
        annotate(remarks, self.workshop.environ, self.workshop.loaded.root)
        if isinstance(error, CrosspostError):  # its annotation is the command line's to print
            remarks += [one for one in ci.problem_annotations("error", [error.problem]) if one not in remarks]
        if file := self.workshop.environ.get("GITHUB_STEP_SUMMARY"):
            text = ci.markdown(self.outcomes, self.commits, remarks, self._tokens)
            with suppress(OSError), Path(file).open("a", encoding="utf-8", errors="backslashreplace") as summary:
                summary.write(text)

    @property
    def _on_ci(self) -> bool:
        return kind_of(self.workshop.environ) is not None

    def _warn(self, problems: Iterable[Problem]) -> None:
        self._remarks += ci.problem_annotations("warning", problems)

    def _of_posts(self) -> Iterator[Annotation]:
        """Yield what is to be told of posts; a token that is missing for all of them was told of the run."""
        told = {remark.message for remark in self._remarks}
        for outcome in self.outcomes:
            yield from (one for one in ci.of_outcome(outcome) if one.message not in told)

    def _look_at_token(self, account: str) -> None:
        from crosspost.signin.expiry import days_left, expiry_warning  # noqa: PLC0415 - only CI asks each time
        from crosspost.signin.standing import standing  # noqa: PLC0415 - see above

        try:
            found = standing(self.workshop.desk(account))
        except CrosspostError as error:
            self.code = error.exit_code
            self._remarks += ci.problem_annotations("error", [error.problem])
            return
        now, expires_at = self.workshop.clock.now(), found.token.expires_at
        left = days_left(expires_at, now)
        self._tokens.append(
            f"token of {account}: " + (f"{left} days left" if left is not None else "days left unknown")
        )
        if not found.usable and found.notice:
            self.code = ExitCode.CREDENTIALS
            self._remarks += ci.problem_annotations("error", [found.notice])
        elif warning := expiry_warning(expires_at, now):
            self._warn([warning])

    def _standstills(self) -> Iterator[Problem]:
        from crosspost.pipeline.standstill import standstill  # noqa: PLC0415 - see above

        if not self.outcomes:
            yield Problem(what="no posts found", fix="see where they are looked for: crosspost doctor")
        for account in self.accounts:
            try:
                problem = standstill(self.workshop.run(account))
            except CrosspostError as error:  # lost since the run; what the run has to tell must not be lost with it
                problem = error.problem
            if problem:
                yield problem


def _forgetful_ledger(workshop: Workshop) -> Iterator[Problem]:
    """Say that a file on a machine that is thrown away is no memory; only where the machine says that it is."""
    environ = workshop.environ
    thrown_away = environ.get("RUNNER_ENVIRONMENT") == "github-hosted" or environ.get("CI_DISPOSABLE_ENVIRONMENT")
    if thrown_away and workshop.ledger_url.startswith(("sqlite:", "memory:")):
        yield Problem(
            what="the ledger is a file on a machine that is thrown away: a post whose address did not reach the repository "
            "could go out twice",
            fix='set url = "git:origin" in [ledger], or a PostgreSQL database; a cache is no way to keep it',
        )
