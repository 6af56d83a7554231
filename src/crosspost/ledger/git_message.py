"""What a commit of the ledger says about itself. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crosspost.ledger.content import Content, Line
    from crosspost.model import Step

_LONGEST = 10  # steps that are named in one message
# What a step was that leaves the state as it is, by the field that it changes.
_STILL = {
    "written_back_at": "address in the file",
    "retried_at": "one identical retry",
    "edited_at": "edited",
    "url": "address found",
}


def message(before: Content, after: Content, name: str) -> str:
    """Return the message of a commit: each step, who took it and why.

    Args:
        before: The content of the parent.
        after: The content of the commit.
        name: Unique. Without it two machines that do the same within a second would make the same commit, and both would
            be told that theirs arrived.
    """
    steps = [
        (line.step, _arrow(lines[at - 1] if at else None, line))
        for key, lines in after.lines.items()
        if before.lines.get(key) is not lines
        for at, line in enumerate(lines)
        if at >= len(before.lines.get(key, ()))
    ]
    subjects = [arrow for _, arrow in steps] or _records(before, after)
    subject = subjects[0] if len(subjects) == 1 else f"{len(subjects)} steps"
    return "\n\n".join([subject, *(_body(*step) for step in steps[:_LONGEST]), f"Commit-Name: {name}"]) + "\n"


def _body(step: Step, arrow: str) -> str:
    who = f"{arrow}\naccount {step.key.account} of {step.key.site}, by {step.owner}"
    return _plain(f"{who}\n{step.reason}" if step.reason else who)


def _arrow(before: Line | None, after: Line) -> str:
    step = after.step
    what = f"{step.before or 'new'} -> {step.after}"
    if before and step.before is step.after:
        what = next(
            (said for name, said in _STILL.items() if getattr(before.entry, name) != getattr(after.entry, name)), what
        )
    return _plain(f"{step.key.post}: {what}".replace("\n", " "))


def _records(before: Content, after: Content) -> list[str]:
    """Name what has changed beside the entries."""
    pairs = (
        ("requests", before.spending, after.spending),
        ("upload", before.uploads, after.uploads),
        ("note", before.notes, after.notes),
        ("baseline", before.baselines, after.baselines),
    )
    return [
        _plain(f"{what}: {key if isinstance(key, str) else ', '.join(map(str, key))}".replace("\n", " "))
        for what, old, new in pairs
        for key in {*old, *new}
        if old.get(key) != new.get(key)
    ]


def _plain(text: str) -> str:
    """Return text that git takes: UTF-8 without control characters (git-commit-tree refuses NUL)."""
    shown = "".join(each if each.isprintable() or each == "\n" else "?" for each in text)
    return shown.encode("utf-8", "replace").decode()
