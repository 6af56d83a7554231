"""The loop. One thread does all the work; files, moments and signals only wake it.

Moments come from APScheduler: one job an account, for the next moment at which there is something to do. It is derived
anew from files and ledger after everything that happens, so there is no list of jobs that could disagree with them.
"""

from __future__ import annotations

import logging
import signal
import threading
from datetime import UTC, timedelta
from enum import Enum, auto
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

from crosspost.daemon.bulletin import Bulletin
from crosspost.daemon.heart import Heart
from crosspost.daemon.instance import Locks, lock_files
from crosspost.daemon.premises import load
from crosspost.daemon.shelf import Shelf
from crosspost.daemon.stopping import Stop, Stopped
from crosspost.daemon.watch import Watch
from crosspost.errors import CrosspostError, ExitCode, LedgerError, SettingsError
from crosspost.ledger.liveness import owner
from crosspost.report.terminal import counted
from crosspost.telling import Teller, of_account, tell_all

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from crosspost.bootstrap import Workshop
    from crosspost.clock import SystemClock
    from crosspost.daemon.keeper import Keeper
    from crosspost.daemon.monitor import Vitals
    from crosspost.daemon.premises import Premises
    from crosspost.daemon.systemd import Systemd
    from crosspost.model import Outcome

log = logging.getLogger(__name__)

_TICK = 2.0  # seconds between looks at the clock, the settings files and the folder's place
_ROUND = 60.0  # seconds between looks at every file, for events that got lost
_SETTLING = 0.3  # seconds that a changed file has to stay as it is
_ARMED = 1.0  # seconds after which events are surely reported
_JUMP = 5.0  # seconds by which the wall clock may stray from the monotonic one between two ticks
_LOOK = 600.0  # seconds that a look at the folder may take
_AT_ONCE = 20  # posts that fail one after the other before the loop looks up again


class Event(Enum):
    """What wakes the loop."""

    CHANGED = auto()
    DUE = auto()
    RELOAD = auto()
    STOP = auto()


class Daemon:
    """Publishes a site on schedule until it is told to stop.

    Args:
        workshop: Loads the settings; called again when they have changed.
        clock: The machine's.
        stop: Set by signals.
        systemd: The service manager.
        vitals: What the monitor tells.
    """

    def __init__(
        self, workshop: Callable[[], Workshop], *, clock: SystemClock, stop: Stop, systemd: Systemd, vitals: Vitals
    ) -> None:
        self._workshop = workshop
        self._clock = clock
        self._stop = stop
        self._systemd = systemd
        self._vitals = vitals
        self._inbox: SimpleQueue[Event] = SimpleQueue()
        self._heart = Heart(systemd, clock.monotonic)
        self._locks = Locks(owner())
        self._bulletin = Bulletin(vitals)
        self._watch: Watch | None = None
        self._watched: dict[Path, tuple[int, int]] = {}
        self._interrupted = False
        self._absent = False
        self._settling = False
        self._look_at = self._round_at = clock.monotonic() + _ROUND
        self._offset = 0.0
        self._premises: Premises
        self._teller: Teller | None = None
        vitals.alive = lambda: self._heart.beats

    def run(self) -> ExitCode:
        """Work until told to stop.

        Raises:
            SettingsError: At the start; later on, broken settings leave the last good ones in place.
            LedgerError: At the start; later on the daemon waits for the ledger.
        """
        from apscheduler.executors.pool import ThreadPoolExecutor  # noqa: PLC0415 - only a daemon pays for it
        from apscheduler.schedulers.background import BackgroundScheduler  # noqa: PLC0415 - see above

        self._scheduler = BackgroundScheduler(timezone=UTC, executors={"default": ThreadPoolExecutor(1)})
        logging.getLogger("apscheduler").setLevel(logging.WARNING)
        self._listen()
        try:
            self._begin(load(self._workshop(), self._stop))
            self._scheduler.start()
            self._offset = self._wall_offset()
            self._systemd.ready(self._summary())
            self._attend()
            while not self._stop.asked:
                self._turn()
        except Stopped:
            pass
        finally:
            self._close()
        log.info("stopped")
        return ExitCode.INTERRUPTED if self._interrupted else ExitCode.DONE

    def _listen(self) -> None:
        if threading.current_thread() is not threading.main_thread():
            return  # Python hands signals to the main thread alone
        for name in ("SIGTERM", "SIGINT", "SIGBREAK"):
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), self._on_stop)
        if hasattr(signal, "SIGHUP"):
            signal.signal(signal.SIGHUP, lambda _number, _frame: self._inbox.put(Event.RELOAD))

    def _on_stop(self, number: int, _frame: object) -> None:
        self._interrupted = number == signal.SIGINT
        self._systemd.stopping()
        self._inbox.put(Event.STOP)
        self._stop.ask()

    def _begin(self, premises: Premises) -> None:
        """Take over what was loaded; whoever else runs a daemon for it keeps it from that."""
        runs = (keeper.run for keeper in premises.keepers)
        self._locks.hold(lock_files(runs), now=self._clock.now())
        self._premises = premises
        self._teller = Teller(notifier) if (notifier := premises.workshop.notifier) else None
        self._vitals.trouble = None
        self._watch_folders()
        log.info("%s", self._summary())

    def _summary(self) -> str:
        accounts = ", ".join(
            f"{keeper.name}: {counted(len(keeper.shelf), 'post')}" for keeper in self._premises.keepers
        )
        return f"watching {self._premises.root} ({accounts})"

    def _watch_folders(self) -> None:
        """Watch the folders that hold posts now; a folder that came back under its old name is another one."""
        folders = self._premises.folders()
        if folders == self._watched and self._watch and not self._watch.blind:
            return
        if self._watch:
            self._watch.close()
        self._watched = folders
        self._watch = Watch(list(folders), lambda: self._inbox.put(Event.CHANGED))
        # What came between the last look and the first event would be seen by neither.
        self._look_at = min(self._look_at, self._clock.monotonic() + _ARMED)

    def _turn(self) -> None:
        """Wait for something to happen and deal with it."""
        self._heart.allow(_TICK * 30)
        events = self._wait()
        if Event.STOP in events:
            return
        self._heart.allow(_LOOK)
        try:
            if self._is_there():
                self._deal_with(events)
        except LedgerError as error:
            self._trouble(error)
            self._wake(Event.DUE, self._clock.now() + timedelta(seconds=_ROUND), "ledger")
        except SettingsError as error:
            self._trouble(error)

    def _wait(self) -> set[Event]:
        timeout = max(min(_TICK, self._look_at - self._clock.monotonic()), 0)
        events = set()
        with self._stop.may_leave():
            try:
                events.add(self._inbox.get(timeout=timeout))
                while True:
                    events.add(self._inbox.get_nowait())
            except Empty:
                return events

    def _is_there(self) -> bool:
        """Tell whether the site is in its place; say it once when it has gone, and load it anew when it is back."""
        absence = self._premises.absence()
        if absence and not self._absent:
            self._vitals.trouble = absence
            log.error("%s; waiting until it is back", absence)
            self._systemd.status(f"{absence}; waiting")
        elif self._absent and not absence:
            log.info("the site is back")
            self._inbox.put(Event.RELOAD)
        self._absent = absence is not None
        return not self._absent

    def _deal_with(self, events: set[Event]) -> None:
        now = self._clock.monotonic()
        if Event.RELOAD in events or self._premises.settings_changed():
            self._reload()
            events.add(Event.DUE)
        if self._has_clock_jumped():
            events.add(Event.DUE)
        if now >= self._round_at:
            self._round_at = now + _ROUND
            for keeper in self._premises.keepers:
                keeper.tidy()
            events |= {Event.CHANGED, Event.DUE}
        if Event.CHANGED in events:
            events |= self._look(Shelf.look)
        elif now >= self._look_at:
            events |= self._look(Shelf.settle if self._settling else Shelf.look)
        if Event.DUE in events:
            self._attend()

    def _has_clock_jumped(self) -> bool:
        """Tell whether the wall clock was set, or the machine slept: moments are nearer or farther than they were."""
        before, self._offset = self._offset, self._wall_offset()
        jump = self._offset - before
        if abs(jump) < _JUMP:
            return False
        log.warning("the clock moved by %+.0f seconds; everything is planned anew", jump)
        self._scheduler.wakeup()
        return True

    def _wall_offset(self) -> float:
        return self._clock.now().timestamp() - self._clock.monotonic()

    def _reload(self) -> None:
        """Load settings and posts anew; where they are broken, say so and keep the last good ones."""
        self._systemd.reloading()
        self._premises = self._premises.seen()
        try:
            workshop = self._workshop().sharing(self._premises.workshop)
            self._begin(load(workshop, self._stop))
        except CrosspostError as error:
            for problem in getattr(error, "problems", (error.problem,)):
                log.error("%s; the settings stay as they were", problem)  # noqa: TRY400 - a person's mistake, no defect
            self._vitals.settings_good = False
        else:
            self._vitals.settings_good = True
        self._systemd.ready(self._summary())

    def _look(self, how: Callable[[Shelf], tuple[set[str], bool]]) -> set[Event]:
        """Read the files that have changed. Return what follows from it."""
        again = found = False
        for keeper in self._premises.keepers:
            with self._stop.may_leave():
                changed, writing = how(keeper.shelf)
            again, found = again or writing, found or bool(changed)
            if changed:
                self._bulletin.changed(keeper.name, changed, keeper.shelf.keys())
        self._vitals.looked = self._clock.now()
        self._settling = again
        self._look_at = self._clock.monotonic() + (_SETTLING if again else _ROUND)
        self._watch_folders()
        return {Event.DUE} if found else set()

    def _attend(self) -> None:
        """Do what is due in every account, and arrange to be woken for what comes next."""
        for keeper in self._premises.keepers:
            self._heart.allow(_LOOK + 6 * self._premises.workshop.loaded.destination(keeper.name).linkedin.timeout)
            self._keep(keeper)
        self._vitals.trouble = next((keeper.trouble for keeper in self._premises.keepers if keeper.trouble), None)

    def _keep(self, keeper: Keeper) -> None:
        plan = keeper.plan()
        self._bulletin.notice(keeper.name, plan.outcomes)
        news = list(plan.outcomes)
        for _ in range(_AT_ONCE):
            if self._stop.asked or not (plan.send or plan.files):
                break
            attended = keeper.attend(plan)
            news += attended
            for outcome in attended:
                self._bulletin.report(keeper.name, outcome)
            plan = keeper.plan()
        self._tell(keeper, news)
        self._vitals.posts[keeper.name] = len(keeper.shelf)
        self._vitals.waiting[keeper.name] = len(plan.expected)
        self._vitals.next[keeper.name] = next(iter(plan.expected.values()), None)
        if plan.next:
            self._wake(Event.DUE, plan.next, keeper.name)

    def _tell(self, keeper: Keeper, news: list[Outcome]) -> None:
        """Tell people what is new; a mail server that does not answer holds nothing up when the end is near."""
        workshop = self._premises.workshop
        if ends := workshop.account(keeper.name).token_expires_at:
            self._vitals.token_ends[keeper.name] = ends
        self._bulletin.warn(keeper.name, of_account(workshop, keeper.name, self._clock.now()))
        with self._stop.may_leave():
            tell_all(workshop, keeper.run, news, self._teller)

    def _wake(self, event: Event, moment: datetime, name: str) -> None:
        """Have one job for this name: at this moment, or at once where it has passed."""
        self._scheduler.add_job(
            self._inbox.put,
            "date",
            run_date=moment,
            args=[event],
            id=name,
            replace_existing=True,
            misfire_grace_time=None,
        )

    def _trouble(self, error: CrosspostError) -> None:
        if self._vitals.trouble != error.problem.what:
            self._vitals.trouble = error.problem.what
            log.error("%s", error.problem)
            self._systemd.status(error.problem.what)

    def _close(self) -> None:
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
        if self._watch:
            self._watch.close()
        self._locks.close()
        self._heart.close()
        if hasattr(self, "_premises"):
            self._premises.workshop.ledger.close()
