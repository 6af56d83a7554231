"""Use case: look at everything that a publish needs, and say what is wrong before it is needed. Sends nothing."""

from __future__ import annotations

import platform
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from crosspost import __version__
from crosspost.errors import CredentialsError, CrosspostError, ExitCode, Problem, worst
from crosspost.model import Rejected, Unclear
from crosspost.report.terminal import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from crosspost.bootstrap import Workshop


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing looked at.

    Attributes:
        code: What a publish would exit with because of it.
    """

    check: str
    ok: bool
    detail: str
    fix: str | None = None
    code: ExitCode = ExitCode.DONE


def examine(probes: dict[str, Callable[[], str]]) -> Iterator[Check]:
    """Run each probe; one that raises is a failed check with the error's own words, and the next one goes on.

    Args:
        probes: See `probes_of`.
    """
    yield Check(
        check="crosspost", ok=True, detail=f"{__version__}, Python {platform.python_version()}, {platform.system()}"
    )
    for name, probe in probes.items():
        try:
            yield Check(check=name, ok=True, detail=probe())
        except CrosspostError as error:
            yield Check(check=name, ok=False, detail=error.problem.what, fix=error.problem.fix, code=error.exit_code)


def verdict(checks: list[Check]) -> ExitCode:
    """Return the exit code of all checks."""
    return worst({check.code for check in checks if not check.ok})


def probes_of(workshop: Workshop, *, online: bool) -> dict[str, Callable[[], str]]:
    """Return what there is to look at for one site: name to a function that returns the detail or raises CrosspostError.

    Args:
        workshop: Of the site.
        online: Ask LinkedIn too.
    """
    probes: dict[str, Callable[[], str]] = {
        "site": lambda: str(workshop.loaded.root),
        "settings": lambda: str(workshop.loaded.file or "no crosspost.toml: built-in defaults"),
        "origins": partial(_origins, workshop),
        "posts": partial(_posts, workshop),
        "address": partial(_address, workshop),
        "time zone": lambda: str(workshop.source().timezone),
        "baseline": partial(_baseline, workshop),
        "ledger": partial(_ledger, workshop),
    }
    for name in workshop.accounts:
        suffix = "" if name == "default" else f" ({name})"
        if workshop.loaded.destination(name).writeback.git != "off":
            probes[f"repository{suffix}"] = partial(_repository, workshop, name)
        probes[f"API version{suffix}"] = partial(_api_version, workshop, name)
        probes[f"token{suffix}"] = partial(_token, workshop, name)
        if online:
            probes[f"LinkedIn{suffix}"] = partial(_linkedin, workshop, name)
    return probes


def _origins(workshop: Workshop) -> str:
    named = sorted((".".join(path), origin) for path, origin in workshop.loaded.origins.items())
    return ", ".join(f"{key} ({origin})" for key, origin in named) or "every setting has its default"


def _posts(workshop: Workshop) -> str:
    count = sum(1 for _ in workshop.source().keys())  # noqa: SIM118 - a post source is no mapping
    folders = ", ".join(workshop.loaded.settings.site.posts)
    return _require(
        count,
        f"{counted(count, 'file')} by name and place",
        otherwise=f"no posts found in {folders} under {workshop.loaded.root}",
        fix="run crosspost in your blog's folder, or set site.posts",
    )


def _address(workshop: Workshop) -> str:
    site = workshop.source().site
    return _require(
        site.url,
        f"{site.url}{site.baseurl}",
        otherwise="the site's address is unknown, so no post carries a link",
        fix="set url in _config.yml, or site.url in crosspost.toml, for example: https://example.com",
    )


def _baseline(workshop: Workshop) -> str:
    since = workshop.policy("default", workshop.source()).schedule.since
    return _require(
        since,
        f"{since:%Y-%m-%d %H:%M %Z}" if since else "",
        otherwise="no baseline is set: only posts dated after the first 'crosspost publish' go out by themselves",
        fix="set since in crosspost.toml, for example: since = 2026-11-22",
    )


def _ledger(workshop: Workshop) -> str:
    from crosspost.ledger import place  # noqa: PLC0415 - only who asks for the ledger pays for it

    workshop.ledger.entries("")
    return place(workshop.ledger_url)


def _repository(workshop: Workshop, account: str) -> str:
    run = workshop.run(account)
    newest = list(run.source.keys())[-1:]
    if run.repository and (problem := run.repository.obstacle(newest)):
        raise CrosspostError(problem)
    return f"takes addresses: {workshop.loaded.destination(account).writeback.git}"


def _token(workshop: Workshop, account: str) -> str:
    return workshop.token(account).source


def _linkedin(workshop: Workshop, account: str) -> str:
    if not workshop.wallet.known_token(workshop.key_of(account)):
        return "not asked: there is no token to ask with"
    publisher = workshop.publisher(account)
    author = publisher.author()
    answer = author if isinstance(author, Rejected) else publisher.access()
    if isinstance(answer, Rejected):
        raise (CredentialsError if answer.credentials else CrosspostError)(answer.problem)
    if isinstance(answer, Unclear):
        raise CrosspostError(answer.problem)
    return f"{author} may post"


def _api_version(workshop: Workshop, account: str) -> str:
    if problem := workshop.version_warning(account):
        raise CrosspostError(problem)
    return workshop.loaded.destination(account).linkedin.api_version


def _require(holds: object, detail: str, *, otherwise: str, fix: str) -> str:
    """Return `detail` if something holds, else raise a problem."""
    if holds:
        return detail
    raise CrosspostError(Problem(what=otherwise, fix=fix))
