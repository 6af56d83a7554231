"""A commit on a branch of crosspost's own, pushed for a pull or merge request: for branches that refuse pushes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crosspost.errors import Problem
from crosspost.git import GitError
from crosspost.git.push import Answer
from crosspost.jekyll.repository.changes import Changes, changes
from crosspost.jekyll.repository.checkout import Upstream
from crosspost.jekyll.repository.commit import make
from crosspost.jekyll.repository.push import ATTEMPTS, fetched, foreign, lost_every_race, sent, told_since
from crosspost.jekyll.repository.request import request_url

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crosspost.jekyll.repository.changes import Edit
    from crosspost.jekyll.repository.checkout import Checkout

BRANCH = "crosspost/write-back"


@dataclass(frozen=True, slots=True)
class Requested:
    """The branch has the addresses.

    Attributes:
        commit: What was pushed; None where nothing was lacking.
        url: Where the request is opened, None where that is not known.
        lacking: What of the addresses it has not.
    """

    commit: str | None
    url: str | None
    lacking: Changes


def own(upstream: Upstream) -> Upstream:
    """Return crosspost's own branch beside an upstream."""
    return Upstream(upstream.remote, f"refs/heads/{BRANCH}")


def push_branch(checkout: Checkout, urls: Mapping[str, str], edit: Edit) -> Requested:
    """Bring the addresses, path to URL, to crosspost's own branch, on top of the upstream.

    The branch that is checked out stays as it is: it gets them when the request is merged.

    Raises:
        GitError: The remote could not be reached, or refused.
    """
    upstream = checkout.upstream()
    target = own(upstream)
    said = ""
    for _ in range(ATTEMPTS):
        main, branch = fetched(checkout, upstream), fetched(checkout, target)
        if main is None:
            raise GitError(Problem(what=f"there is no branch {upstream}", fix="push it once by hand, and run again"))
        base, parents, wanted = _start(checkout, main, branch, urls)
        lacking = changes(checkout.git, base, wanted, edit)
        if not lacking.blobs:
            return Requested(None, None, lacking)
        made = make(checkout, base, parents, lacking, wanted)
        answer = sent(checkout, target, made)
        if answer.answer is Answer.DONE:
            return Requested(made, _page(checkout, upstream, answer.said), lacking)
        said = answer.said
    raise lost_every_race(target, said)


def _start(
    checkout: Checkout, main: str, branch: str | None, urls: Mapping[str, str]
) -> tuple[str, list[str], dict[str, str]]:
    """Return the commit to start from, the parents of the new one, and the addresses that it must have.

    A branch that waits is continued. One that was merged is begun anew. Where both have moved on (the upstream went on, or
    the request was squashed), the new commit joins them, so that it is forward for the branch and has all of the upstream.
    """
    if branch is None or checkout.is_ancestor(branch, main):
        return main, [main], dict(urls)
    if checkout.is_ancestor(main, branch):
        return branch, [branch], dict(urls)
    if foreign(checkout, main, branch):
        raise GitError(
            Problem(
                what=f"the branch {BRANCH} has commits of somebody else's, and the upstream has moved on",
                fix=f"merge {BRANCH}, or delete it at the remote, and run again",
            )
        )
    return main, [branch, main], told_since(checkout, main, branch) | dict(urls)


def _page(checkout: Checkout, upstream: Upstream, said: str) -> str | None:
    address = checkout.git.text("remote", "get-url", upstream.remote)
    return request_url(address, BRANCH, upstream.branch, said=said, environ=checkout.git.variables())
