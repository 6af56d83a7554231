"""Claims a second on a PostgreSQL that writes each to its disk, with 1, 2, 4 and 8 workers, none given twice.

Each worker is a process with a connection of its own, as a daemon has, that has published some posts before. All walk through
the same due posts, each from another place, a tenth further than where the next one began: there they want the same posts.
What a post costs is the time on processors of workers and server together (Linux, "Scheduler Statistics").

Twice: on the disk of this machine, and on one that takes 2 ms for a flush. On the first, workers can be worth no more than
the processors; on the second, no more than what waits for a flush with the others, and whatever lock kept workers from getting
on would show. There the server's flushes return late, by strace ("Tampering" in strace(1)). PostgreSQL's `commit_delay` makes
no such disk: commits that come while it waits join the flush, and those that come while a disk is at it wait for the next one.
"""

import multiprocessing
import os
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

import slow_disk

from crosspost.ledger.postgres import PostgresLedger
from crosspost.ledger.postgres_address import address_of
from crosspost.model import Claim, EntryKey, Receipt, Spending
from postgres_server import PostgresServer, binaries

WORKERS = (1, 2, 4, 8)
ROUNDS = 3
CLAIMS = 500
BEFORE = 20  # until statements are prepared, plans kept and caches filled
FLUSHES = 200
WAL_PAGE = b"\1" * 8192
NOW = datetime(2026, 11, 22, tzinfo=UTC)
LEASE = timedelta(minutes=10)
DURABLE = {"fsync": "on", "full_page_writes": "on", "shared_buffers": "128MB", "autovacuum": "on"}


@dataclass(frozen=True)
class Load:
    """What the workers do, with how many posts."""

    name: str
    posts: int
    whole: bool


LOADS = (Load("claims", 800, whole=False), Load("publications", 240, whole=True))


def measure() -> Iterator[str]:
    """Yield the lines of two tables a disk: claims alone, and whole publications (claim, intent, receipt, written back)."""
    folder = binaries()
    if folder is None:
        yield "PostgreSQL is not installed: apt-get install postgresql"
        return
    with closing(PostgresServer(folder, **DURABLE)) as server:
        yield from _tables(server, "the disk as it is")
        yield _cost(server)
        yield ""
    if not slow_disk.is_there():
        yield "Skipped: without strace there is no disk that takes 2 ms for a flush."
        return
    with closing(PostgresServer(folder, wrapper=slow_disk.WRAPPER, **DURABLE)) as server:
        yield from _tables(server, f"a disk that takes {slow_disk.SECONDS * 1000:.0f} ms for a flush")


def _tables(server: PostgresServer, disk: str) -> Iterator[str]:
    for load in LOADS:
        yield f"| workers, {disk} | {load.name} a second | against one | quickest claim | processor a post | given twice |"
        yield "|---|---|---|---|---|---|"
        yield from _table(server, load)
        yield ""


def _table(server: PostgresServer, load: Load) -> Iterator[str]:
    rates: dict[int, list[float]] = {workers: [] for workers in WORKERS}
    quickest, cost = dict.fromkeys(WORKERS, float("inf")), dict.fromkeys(WORKERS, float("inf"))
    for _ in range(ROUNDS):  # in turns: whatever else the machine does troubles all alike
        for workers in WORKERS:
            rate, quick, spent = _rate(server.place(), workers, load)
            rates[workers].append(rate)
            quickest[workers], cost[workers] = min(quickest[workers], quick), min(cost[workers], spent)
    one = median(rates[1])
    for workers, each in rates.items():
        said = f"{median(each):.0f} ({min(each):.0f} to {max(each):.0f}) | {median(each) / one:.1f}"
        yield f"| {workers} | {said} | {quickest[workers] * 1000:.1f} ms | {cost[workers] * 1000:.2f} ms | none |"


def _rate(url: str, workers: int, load: Load) -> tuple[float, float, float]:
    """Return how many posts a second were worked through, the shortest time that a claim took, and what a post cost (seconds)."""
    context = multiprocessing.get_context("fork")
    start, results = context.Barrier(workers + 1), context.Queue()
    with _opened(url) as ledger:
        ledger.baseline("s", NOW)  # makes the tables
    processes = [context.Process(target=_work, args=(url, n, workers, load, start, results)) for n in range(workers)]
    for process in processes:
        process.start()
    start.wait()
    begun = time.perf_counter()
    found = [results.get() for _ in processes]
    seconds = time.perf_counter() - begun
    for process in processes:
        process.join()
    if sorted(post for won, *_ in found for post in won) != list(range(load.posts)):
        raise AssertionError("a claim was given twice, or not at all")
    return load.posts / seconds, min(quick for _, quick, _ in found), sum(spent for *_, spent in found) / load.posts


def _work(url, worker, workers, load, start, results):  # noqa: PLR0917 - a process has only positions
    first, share = worker * load.posts // workers, load.posts // workers
    won, quickest = [], float("inf")
    with _opened(url) as ledger:
        for number in range(BEFORE):
            _publish(ledger, _claim(ledger, load.posts + worker * BEFORE + number))
        spent = _spent(ledger)
        start.wait()
        for number in range(first, first + share + (share // 10 if workers > 1 else 0)):
            post = number % load.posts
            begun = time.perf_counter()
            found = _claim(ledger, post)
            if isinstance(found, Claim):
                quickest = min(quickest, time.perf_counter() - begun)
                won.append(post)
                if load.whole:
                    _publish(ledger, found)
        spent = _spent(ledger) - spent
    results.put((won, quickest, spent))


def _cost(server: PostgresServer) -> str:
    """Say what a claim costs in processor time, what a flush takes, and what that leaves to more workers (Linux alone)."""
    with _opened(server.place()) as ledger:
        ledger.get(_key(0))
        both, ours = _spent(ledger), time.process_time()
        for post in range(CLAIMS):
            _claim(ledger, post)
        ours = (time.process_time() - ours) / CLAIMS
        theirs = (_spent(ledger) - both) / CLAIMS - ours
    flush, cores = _flush(server.folder), os.cpu_count() or 1
    return (
        f"A claim costs {ours * 1000:.2f} ms of the worker's processor and {theirs * 1000:.2f} ms of the server's, a flush of this disk"
        f" takes {flush * 1000:.2f} ms: {cores} cores make at most {cores * (1 + flush / (ours + theirs)):.1f} times of what one worker does."
    )


def _spent(ledger: PostgresLedger) -> float:
    """Return how many seconds this process and the server's for its connection have been on a processor."""
    backend = Path(f"/proc/{ledger._link.connection().info.backend_pid}/schedstat")
    return time.process_time() + int(backend.read_text().split()[0]) / 1e9


def _flush(folder: Path) -> float:
    """Return how many seconds this disk takes to write what a commit writes."""
    with (folder / "flushed").open("w+b", buffering=0) as file:
        file.write(WAL_PAGE)
        os.fsync(file)
        took = []
        for _ in range(FLUSHES):
            begun = time.perf_counter()
            os.pwrite(file.fileno(), WAL_PAGE, 0)
            os.fdatasync(file)
            took.append(time.perf_counter() - begun)
    return median(took)


def _opened(url: str) -> closing[PostgresLedger]:
    return closing(PostgresLedger(address_of(url), alive=lambda _: True, sleep=time.sleep))


def _claim(ledger: PostgresLedger, post: int) -> object:
    """Claim as a run does, which counts the request with it; each post belongs to another author."""
    author = f"urn:li:person:{post}"
    spending = Spending(payer=author, day=NOW.date(), requests=1)
    return ledger.claim(
        _key(post), author=author, text_digest=str(post), owner="h/1", now=NOW, lease=LEASE, spending=spending
    )


def _publish(ledger: PostgresLedger, claim: Claim) -> None:
    ledger.mark_sending(claim, request_digest="r", now=NOW, lease=LEASE)
    ledger.settle(claim, Receipt(urn="urn:li:share:1", url="https://l/1"), NOW)
    ledger.mark_written_back(claim.key, NOW)


def _key(post: int) -> EntryKey:
    return EntryKey(site="s", account=f"account-{post}", post="_posts/2026-11-22-a.md")
