"""What a commit of the ledger says about itself. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crosspost.ledger.content import Content
    from crosspost.model import Step

_LONGEST = 10  # steps that are named in one message


def message(before: Content, after: Content, name: str) -> str:
    """Return the message of a commit: each step, who took it and why.

    Args:
        before: The content of the parent.
        after: The content of the commit.
        name: Unique. Without it two machines that do the same within a second would make the same commit, and both would
            be told that theirs arrived.
    """
    steps = [
        line.step
        for key, lines in after.lines.items()
        if before.lines.get(key) is not lines
        for line in lines[len(before.lines.get(key, ())) :]
    ]
    paragraphs = [_subject(before, after, steps), *map(_body, steps[:_LONGEST]), f"Commit-Name: {name}"]
    return "\n\n".join(paragraphs) + "\n"


def _subject(before: Content, after: Content, steps: list[Step]) -> str:
    if len(steps) == 1:
        return _arrow(steps[0])
    if steps:
        return f"{len(steps)} steps"
    if before.spending != after.spending:
        return "Count requests"
    if before.uploads != after.uploads:
        return "Remember an upload"
    return "Change a note" if before.notes != after.notes else "Set the baseline"


def _body(step: Step) -> str:
    who = f"{_arrow(step)}\naccount {step.key.account} of {step.key.site}, by {step.owner}"
    return _plain(f"{who}\n{step.reason}" if step.reason else who)


def _arrow(step: Step) -> str:
    return _plain(f"{step.key.post}: {step.before or 'new'} -> {step.after}".replace("\n", " "))


def _plain(text: str) -> str:
    """Return text that git takes: UTF-8 without control characters (git-commit-tree refuses NUL)."""
    shown = "".join(each if each.isprintable() or each == "\n" else "?" for each in text)
    return shown.encode("utf-8", "replace").decode()
