"""What a person decides on a page: each is the use case of a command, and answers with what became of it."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from crosspost.errors import CrosspostError, Problem
from crosspost.model import Outcome
from crosspost.pipeline import approval
from crosspost.pipeline.left_out import leave_out
from crosspost.pipeline.publish import publish
from crosspost.reconcile import resolve

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from crosspost.pipeline.run import Run


def _publish(run: Run, key: str, form: Mapping[str, str]) -> str:
    del form
    return "; ".join(_said(outcome) for outcome in publish(run, [key], named=True))


def _resolve(run: Run, key: str, form: Mapping[str, str]) -> str:
    url = form.get("url", "").strip() or None
    if url is None and form.get("not_posted") != "yes":
        raise CrosspostError(Problem(what="nothing was said", fix="give the address, or say that it is not there"))
    resolve(run.ledger, run.key(key), url=url, clock=run.clock)
    if url is None:
        return "recorded as not posted; the next run may send it"
    if not run.source.stamp(key):
        return "recorded as published; its file is gone"
    return "; ".join(_said(outcome) for outcome in publish(run, [key], named=True))


def _approve(run: Run, key: str, form: Mapping[str, str]) -> str:
    del form
    found = approval.approve(run, key)
    return _said(found) if isinstance(found, Outcome) else "approved as it is now"


def _leave_out(run: Run, key: str, form: Mapping[str, str]) -> str:
    del form
    leave_out(run, key)
    return "left out: it does not go out by itself any more"


def _said(outcome: Outcome) -> str:
    said = str(outcome.problem) if outcome.problem else outcome.reason
    return f"{outcome.kind.value}: {said}" if said else outcome.kind.value


ACTIONS: Mapping[str, Callable[[Run, str, Mapping[str, str]], str]] = MappingProxyType(
    {"publish": _publish, "resolve": _resolve, "approve": _approve, "leave-out": _leave_out}
)
