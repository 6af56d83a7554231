"""`GitRepository`: obstacles beforehand, one commit afterwards."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from crosspost.errors import Problem
from crosspost.git import GitError, objects
from crosspost.git.push import Answer, push
from crosspost.jekyll.repository.branch import own, push_branch
from crosspost.jekyll.repository.checkout import Checkout
from crosspost.jekyll.repository.commit import commit_here
from crosspost.jekyll.repository.push import Arrived, push_upstream, refused
from crosspost.model import Recorded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from crosspost.jekyll.repository.changes import Edit
    from crosspost.ports import Clock

Mode = Literal["commit", "push", "branch"]


class GitRepository:
    """The `Repository` of a site whose files are in one or several git repositories.

    Args:
        root: The site's folder; keys of posts start from it.
        mode: How far a commit goes.
        edit: Puts a URL into the content of a post; the one that the files get.
        clock: For pauses while another git command is at work.
        environ: The environment for git; on CI machines it also says which branch was checked out.
    """

    def __init__(
        self, root: Path, mode: Mode, *, edit: Edit, clock: Clock, environ: Mapping[str, str] = os.environ
    ) -> None:
        self._root = root
        self._mode = mode
        self._edit = edit
        self._clock = clock
        self._environ = environ

    def obstacle(self, keys: Iterable[str]) -> Problem | None:
        """See `ports.Repository.obstacle`."""
        try:
            for checkout, _ in self._checkouts(keys):
                if problem := self._obstacle(checkout):
                    return problem
        except GitError as error:
            return error.problem
        return None

    def _obstacle(self, checkout: Checkout) -> Problem | None:
        """Rehearse: make a commit that nothing leads to, and ask the remote whether it would take it."""
        head = checkout.head()
        if self._mode != "branch" and (problem := checkout.in_progress()):
            return problem
        if self._mode == "commit" and checkout.branch() is None:
            return Problem(
                what="no branch is checked out; a commit would be lost with the next checkout", fix="git switch BRANCH"
            )
        rehearsal = objects.commit(checkout.git, f"{head}^{{tree}}", [head], "rehearsal\n", sign=checkout.signs())
        if self._mode == "commit":
            return None
        upstream = checkout.upstream() if self._mode == "push" else own(checkout.upstream())
        answer = push(checkout.git, upstream.remote, rehearsal, upstream.ref, dry_run=True)
        return refused(upstream, answer.said).problem if answer.answer is Answer.REFUSED else None

    def record(self, written: Mapping[str, str]) -> Iterator[Recorded]:
        """See `ports.Repository.record`."""
        try:
            checkouts = list(self._checkouts(written))
        except GitError as error:
            yield Recorded(problem=error.problem)
            return
        for checkout, keys in checkouts:
            try:
                yield self._record(checkout, keys, {path: written[key] for path, key in keys.items()})
            except GitError as error:
                yield Recorded(problem=error.problem)

    def _record(self, checkout: Checkout, keys: Mapping[str, str], urls: Mapping[str, str]) -> Recorded:
        """Record in one repository; `keys` is path to key."""
        if self._mode == "branch":
            return self._record_on_branch(checkout, keys, urls)
        if problem := checkout.in_progress():
            return Recorded(problem=problem)
        made, lacking = commit_here(checkout, urls, self._edit, self._clock)
        notices = [_untracked(path) for path in sorted(lacking.absent)] + list(lacking.refused.values())
        where = checkout.branch()
        tracked = {path: url for path, url in urls.items() if path not in lacking.absent | set(lacking.refused)}
        if self._mode == "push" and tracked:
            arrived = push_upstream(checkout, tracked, self._edit, self._clock)
            if isinstance(arrived, Arrived):
                made, where = made and arrived.commit, str(checkout.upstream())
            notice = arrived.notice if isinstance(arrived, Arrived) else arrived
            notices += [notice] if notice else []
        return Recorded(posts=frozenset(keys.values()), commit=made, where=where, notices=tuple(notices))

    def _record_on_branch(self, checkout: Checkout, keys: Mapping[str, str], urls: Mapping[str, str]) -> Recorded:
        requested = push_branch(checkout, urls, self._edit)
        absent = requested.lacking.absent & set(urls)
        notices = [_not_there(path) for path in sorted(absent)] + list(requested.lacking.refused.values())
        return Recorded(
            posts=frozenset(key for path, key in keys.items() if path not in absent),
            commit=requested.commit,
            where=str(own(checkout.upstream())),
            request_url=requested.url,
            notices=tuple(notices),
        )

    def _checkouts(self, keys: Iterable[str]) -> Iterator[tuple[Checkout, dict[str, str]]]:
        """Yield each working tree that files of the posts are in, with path from its top to key.

        A symbolic link leads to the file that was changed, which may be in another repository, as may a submodule.
        """
        real = {key: Path(os.path.realpath(self._root / key)) for key in keys}
        tops: dict[Path, Checkout] = {}
        for folder in sorted({path.parent for path in real.values()}):
            tops[folder] = Checkout.of(folder, self._environ)
        for top in sorted({checkout.top for checkout in tops.values()}):
            checkout = next(one for one in tops.values() if one.top == top)
            mine = {key: path for key, path in real.items() if tops[path.parent].top == top}
            yield checkout, {path.relative_to(top).as_posix(): key for key, path in mine.items()}


def _untracked(path: str) -> Problem:
    return Problem(what=f"{path} has its address and is not in git yet", fix="git add it, and commit, when it is ready")


def _not_there(path: str) -> Problem:
    return Problem(what=f"{path} has its address here and is not at the remote yet", fix="push the post, and run again")
