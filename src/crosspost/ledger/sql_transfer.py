"""Everything out of SQL tables, and into them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crosspost.ledger.problems import contradicting, unsound
from crosspost.ledger.sql_tables import SqlStore

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from crosspost.ledger.sql_tables import Tables
    from crosspost.model import Record

_TABLES = {
    "step": "all_steps",
    "entry": "all_entries",
    "baseline": "all_baselines",
    "upload": "all_uploads",
    "spending": "all_spending",
    "note": "all_notes",
}


class SqlTransfer(SqlStore):
    """What goes from one ledger to another; see `ports.Ledger` for each method."""

    def dump(self) -> tuple[Record, ...]:
        """See `ports.Ledger.dump`."""
        return self._write(_dump)  # as one transaction that nobody writes into

    def load(self, records: Sequence[Record], *, owner: str, now: datetime) -> None:
        """See `ports.Ledger.load`."""
        from crosspost.ledger.transfer import contradictions, faults  # noqa: PLC0415 - seldom in the life of a ledger

        if wrong := faults(records):
            raise unsound(wrong)

        def step(tables: Tables) -> None:
            with tables.without_lines():
                if found := contradictions(_dump(tables), records):
                    raise contradicting(found)
                _add(tables, records, owner, now)

        try:
            self._write(step)
        except self._violations as error:
            raise unsound([str(error).splitlines()[0]]) from error


def _dump(tables: Tables) -> tuple[Record, ...]:
    from crosspost.ledger.transfer import record_of  # noqa: PLC0415 - as in `load`

    tables.hold_still()
    return tuple(record_of(kind, row) for kind, name in _TABLES.items() for row in tables.rows(name))


def _add(tables: Tables, records: Sequence[Record], owner: str, now: datetime) -> None:
    from crosspost.ledger.transfer import IMPORTED  # noqa: PLC0415 - as in `load`

    entries = []
    for record in records:
        values: dict[str, object] = {name: value for name, value in record.items() if name != "kind"}
        if record["kind"] == "entry":
            values["changed_at"] = now
            entries.append(values)
        tables.changed(f"load_{record['kind']}", **values)
    for entry in entries:
        state = {"before": entry["state"], "after": entry["state"]}
        tables.changed("load_step", **{**entry, **state, "at": now, "owner": owner, "reason": IMPORTED})
