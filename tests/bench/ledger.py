"""Claims a second on a PostgreSQL that writes each to its disk, with 1, 2, 4 and 8 workers, none given twice.

Each worker is a process with a connection of its own, as a daemon has. All walk through the same due posts, each from
another place, a tenth further than where the next one began: there they want the same posts.
"""

import multiprocessing
import os
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from crosspost.ledger.postgres import PostgresLedger
from crosspost.ledger.postgres_address import address_of
from crosspost.model import Claim, EntryKey, Receipt
from postgres_server import PostgresServer, binaries

WORKERS = (1, 2, 4, 8)
ROUNDS = 3
CLAIMS = 500
NOW = datetime(2026, 11, 22, tzinfo=UTC)
LEASE = timedelta(minutes=10)
DURABLE = {"fsync": "on", "full_page_writes": "on", "shared_buffers": "128MB", "autovacuum": "on"}


@dataclass(frozen=True)
class Load:
    """What the workers do, with how many posts."""

    name: str
    posts: int
    whole: bool


def measure() -> Iterator[str]:
    """Yield the lines of two tables: claims alone, and whole publications (claim, intent, receipt, written back)."""
    folder = binaries()
    if folder is None:
        yield "PostgreSQL is not installed: apt-get install postgresql"
        return
    server = PostgresServer(folder, **DURABLE)
    try:
        for load in (Load("claims", 800, whole=False), Load("publications", 240, whole=True)):
            yield f"| workers | {load.name} a second | against one | given twice |"
            yield "|---|---|---|---|"
            yield from _table(server, load)
            yield ""
        yield _cost(server)
    finally:
        server.close()


def _table(server: PostgresServer, load: Load) -> Iterator[str]:
    rates: dict[int, list[float]] = {workers: [] for workers in WORKERS}
    for _ in range(ROUNDS):  # in turns: whatever else the machine does troubles all alike
        for workers in WORKERS:
            rates[workers].append(_rate(server.place(), workers, load))
    one = sorted(rates[1])[ROUNDS // 2]
    for workers, each in rates.items():
        middle = sorted(each)[ROUNDS // 2]
        yield f"| {workers} | {middle:.0f} ({min(each):.0f} to {max(each):.0f}) | {middle / one:.1f} | none |"


def _rate(url: str, workers: int, load: Load) -> float:
    """Return how many posts a second were worked through."""
    context = multiprocessing.get_context("fork")
    start, results = context.Barrier(workers + 1), context.Queue()
    with closing(PostgresLedger(address_of(url), alive=lambda _: True, sleep=time.sleep)) as ledger:
        ledger.baseline("s", NOW)  # makes the tables
    processes = [context.Process(target=_work, args=(url, n, workers, load, start, results)) for n in range(workers)]
    for process in processes:
        process.start()
    start.wait()
    begun = time.perf_counter()
    won = [post for _ in processes for post in results.get()]
    seconds = time.perf_counter() - begun
    for process in processes:
        process.join()
    if sorted(won) != list(range(load.posts)):
        raise AssertionError("a claim was given twice, or not at all")
    return load.posts / seconds


def _cost(server: PostgresServer) -> str:
    """Say what a claim costs in processor time, which does not depend on what else the machine does (Linux alone)."""
    with closing(PostgresLedger(address_of(server.place()), alive=lambda _: True, sleep=time.sleep)) as ledger:
        ledger.get(_key(0))
        backend = Path(f"/proc/{ledger._link.connection('').info.backend_pid}/stat")

        def spent() -> float:
            user, system = backend.read_text().rpartition(")")[2].split()[11:13]  # proc(5): utime, stime
            return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")

        begun, ours = spent(), time.process_time()
        for post in range(CLAIMS):
            ledger.claim(_key(post), author="a", text_digest=str(post), owner="h/1", now=NOW, lease=LEASE)
        theirs, ours = spent() - begun, time.process_time() - ours
    return f"A claim costs {ours * 1000 / CLAIMS:.1f} ms of the worker's processor and {theirs * 1000 / CLAIMS:.1f} ms of the server's."


def _work(url, worker, workers, load, start, results):  # noqa: PLR0917 - a process has only positions
    first, share, won = worker * load.posts // workers, load.posts // workers, []
    with closing(PostgresLedger(address_of(url), alive=lambda _: True, sleep=time.sleep)) as ledger:
        ledger.get(_key(0))
        start.wait()
        for number in range(first, first + share + (share // 10 if workers > 1 else 0)):
            post = number % load.posts
            found = ledger.claim(_key(post), author="a", text_digest=str(post), owner="h/1", now=NOW, lease=LEASE)
            if isinstance(found, Claim):
                won.append(post)
                if load.whole:
                    _publish(ledger, found)
    results.put(won)


def _publish(ledger: PostgresLedger, claim: Claim) -> None:
    ledger.mark_sending(claim, request_digest="r", now=NOW, lease=LEASE)
    ledger.settle(claim, Receipt(urn="urn:li:share:1", url="https://l/1"), NOW)
    ledger.mark_written_back(claim.key, NOW)


def _key(post: int) -> EntryKey:
    return EntryKey(site="s", account=f"account-{post}", post="_posts/2026-11-22-a.md")
