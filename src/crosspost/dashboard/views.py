"""What the pages show, read afresh for each request: the same use cases as `status`, `preview` and `doctor`."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby, islice
from typing import TYPE_CHECKING

from crosspost.compose.fit import PHONE_GRAPHEMES, fold
from crosspost.errors import FileUnusable, PostUnreadable
from crosspost.ledger import place
from crosspost.model import OutcomeKind, Picture, State, WaitsFor
from crosspost.pipeline.draft import draft as draft_of
from crosspost.pipeline.queue import queue
from crosspost.settings.sources import flatten
from crosspost.text import repair, unstyle

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date, datetime

    from crosspost.bootstrap import Workshop
    from crosspost.findings import Finding
    from crosspost.model import Draft, Entry, QueueLine, Repair, Step
    from crosspost.pipeline.run import Run
    from crosspost.signin.account import Account

_NAMED = 100  # rows of a page that are called by their titles, for which their files are read; the rest by their files' names
_PERSON = frozenset({OutcomeKind.UNCERTAIN, OutcomeKind.MISSED, OutcomeKind.FAILED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One post of the queue.

    Attributes:
        needs: What a person can do about it here: "resolve", "missed", "approve", "look", or None.
    """

    line: QueueLine
    needs: str | None

    @property
    def post(self) -> str:
        """The post's key."""
        return self.line.outcome.post


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """The front page: what needs a person, what goes out when, what was published, by account; titles by key."""

    accounts: tuple[Account, ...]
    attention: tuple[Row, ...]
    days: tuple[tuple[date, tuple[Row, ...]], ...]
    waiting: tuple[Row, ...]
    published: int
    skipped: int
    titles: Mapping[str, str]


def overview(workshop: Workshop) -> Overview:
    """Return the front page."""
    rows = [_row(line) for name in workshop.accounts for line in queue(workshop.run(name))]
    zone = workshop.source().timezone
    ahead = sorted((row.line.expected, row.post, row) for row in rows if row.line.expected and not row.needs)
    days = groupby(((moment.astimezone(zone), row) for moment, _, row in ahead), key=lambda one: one[0].date())
    kinds = [row.line.outcome.kind for row in rows]
    attention, waiting = [row for row in rows if row.needs], [row for row in rows if _waits(row)]
    return Overview(
        accounts=tuple(workshop.account(name) for name in workshop.accounts),
        attention=tuple(attention),
        days=tuple((day, tuple(row for _, row in group)) for day, group in days),
        waiting=tuple(waiting),
        published=sum(row.line.state is State.PUBLISHED for row in rows),
        skipped=kinds.count(OutcomeKind.SKIPPED),
        titles=titles(workshop, (row.post for row in (*attention, *(row for _, _, row in ahead), *waiting))),
    )


def titles(workshop: Workshop, keys: Iterable[str]) -> dict[str, str]:
    """Return what posts are called, as it will be read, by key; of the first ones, and where there is a title."""
    source, found = workshop.source(), dict[str, str]()
    for key in islice(dict.fromkeys(keys), _NAMED):
        with suppress(PostUnreadable):
            post = source.read(key)
            if post and post.title:
                found[key] = unstyle(repair(post.title).text).text
    return found


def _waits(row: Row) -> bool:
    return row.line.outcome.kind is OutcomeKind.WAITING and not row.needs and not row.line.expected


def _row(line: QueueLine) -> Row:
    return Row(line=line, needs=_needs(line))


def _needs(line: QueueLine) -> str | None:
    outcome = line.outcome
    if outcome.kind is OutcomeKind.UNCERTAIN and line.state is State.UNCERTAIN:
        return "resolve"
    if outcome.kind is OutcomeKind.MISSED:
        return "missed"
    if outcome.waits_for is WaitsFor.APPROVAL:
        return "approve"
    return "look" if outcome.kind in _PERSON else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Repaired:
    """The same alteration, wherever it was made.

    Attributes:
        lines: Where, in order.
        count: How often; a line may have it twice.
    """

    repair: Repair
    lines: tuple[int, ...]
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PostPage:
    """One post for one account.

    Attributes:
        draft: None where it cannot be read; then `findings` says why.
        desktop: The text to the fold, and the rest.
        phone: The same on a phone.
        repaired: Every alteration once.
    """

    account: str
    key: str
    row: Row | None
    draft: Draft | None
    findings: tuple[Finding, ...]
    desktop: tuple[str, str]
    phone: tuple[str, str]
    repaired: tuple[Repaired, ...]
    entry: Entry | None
    history: tuple[Step, ...]

    @property
    def name(self) -> str:
        """What the post is called: its title, as it will be read; its file where it has none."""
        return (self.draft and self.draft.title) or self.key


def post_page(workshop: Workshop, name: str, key: str) -> PostPage | None:
    """Return the page of a post, None where there is no such post."""
    run = workshop.run(name)
    row = next((_row(line) for line in queue(run) if line.outcome.post == key), None)
    if row is None:
        return None
    draft, findings = _draft(run, key)
    text = draft.text if draft else ""
    return PostPage(
        account=name,
        key=key,
        row=row,
        draft=draft,
        findings=findings,
        desktop=_folded(text, fold(text)),
        phone=_folded(text, fold(text, graphemes=PHONE_GRAPHEMES)),
        repaired=_grouped(draft.repairs if draft else ()),
        entry=run.ledger.get(run.key(key)),
        history=run.ledger.history(run.key(key)),
    )


def _grouped(repairs: Iterable[Repair]) -> tuple[Repaired, ...]:
    """Return the alterations, the same ones together, in the order in which they are met first."""
    groups: dict[tuple[str, str, str], list[Repair]] = {}
    for one in repairs:
        groups.setdefault((one.step, one.before, one.after), []).append(one)
    return tuple(
        Repaired(repair=same[0], lines=tuple(sorted({one.line for one in same})), count=len(same))
        for same in groups.values()
    )


def picture(workshop: Workshop, name: str, key: str, number: int) -> tuple[str, bytes] | None:
    """Return a picture of a post as LinkedIn would get it: its type and its bytes, which `media` has bounded.

    None for what is no picture in the site's own folder: nothing is fetched for a page.

    Args:
        workshop: The settings.
        name: The account.
        key: A post of the site; its files alone are shown.
        number: Of the picture in the post, from 0 on.
    """
    run = workshop.run(name)
    draft = _draft(run, key)[0] if key in set(run.source.keys()) else None
    shown = draft.attachments[number] if draft and number < len(draft.attachments) else None
    if not isinstance(shown, Picture) or shown.file is None:
        return None
    try:
        opened = run.source.open(key, shown)
    except FileUnusable:  # it has gone since
        return None
    return opened.file.media_type, opened.read(0, opened.file.size)


def _draft(run: Run, key: str) -> tuple[Draft | None, tuple[Finding, ...]]:
    try:
        post = run.source.read(key)
    except PostUnreadable as error:
        return None, error.findings
    if post is None:
        return None, ()
    draft = draft_of(run.source, run.policy, post)
    return draft, draft.findings


def _folded(text: str, at: int | None) -> tuple[str, str]:
    return (text, "") if at is None else (text[:at].rstrip("\n"), text[at:].lstrip("\n"))


def published(workshop: Workshop) -> list[Entry]:
    """Return what was sent, whatever became of it, the newest first."""
    entries = [
        entry
        for name in workshop.accounts
        for run in [workshop.run(name)]
        for entry in run.ledger.entries(run.site, name).values()
        if entry.sending_at
    ]
    return sorted(entries, key=_sent_at, reverse=True)


def _sent_at(entry: Entry) -> datetime:
    return entry.sending_at or entry.claimed_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A setting, its value as it may be shown, and where it came from."""

    key: str
    value: str
    origin: str


def settings(workshop: Workshop) -> Iterator[Setting]:
    """Yield every setting; what may hold a password is shortened."""
    origins = {".".join(path): origin for path, origin in workshop.loaded.origins.items()}
    for path, value in flatten(workshop.loaded.settings.model_dump()):
        key = ".".join(path)
        yield Setting(key=key, value=_shown(key, value), origin=origins.get(key, "default"))


def _shown(key: str, value: object) -> str:
    if key == "ledger.url" and value:
        return place(str(value))
    if key == "notify.urls" and isinstance(value, tuple | list):
        return ", ".join(f"{str(url).partition(':')[0]}:…" for url in value)
    if isinstance(value, timedelta):
        return _span(value)
    if isinstance(value, bool):
        return str(value).lower()
    return ", ".join(map(str, value)) if isinstance(value, tuple | list) else str(value)


def _span(value: timedelta) -> str:
    """Return a length of time as the settings write it.

    >>> _span(timedelta(days=3)), _span(timedelta(hours=36)), _span(timedelta(0))
    ('3d', '36h', '0d')
    """
    seconds = int(value.total_seconds())
    units = {"d": 86_400, "h": 3_600, "m": 60, "s": 1}
    return next(f"{seconds // size}{unit}" for unit, size in units.items() if seconds % size == 0)
