"""What of a ledger belongs to some sites, to be moved to where others can read it. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from crosspost.model import Record


def of_sites(records: Iterable[Record], sites: Collection[str]) -> tuple[Record, ...]:
    """Return the entries, histories, baselines and notes of some sites, and the uploads and requests of their authors.

    Args:
        records: Of a whole ledger, see `transfer`.
        sites: As `EntryKey.site` names them.
    """
    records = tuple(records)
    own = [record for record in records if record.get("site") in sites]
    authors = {record["author"] for record in own if "author" in record}
    # what notes stand under: a site and account, perhaps with a word before; the address of a post; or else whose requests count
    subjects = {f" {record['site']} {record['account']}" for record in own if "account" in record}
    subjects |= {f" {site} default" for site in sites}
    urns = {record["urn"] for record in own if record.get("urn")}

    def belongs(record: Record) -> bool:
        if "site" in record:
            return record["site"] in sites
        if "payer" in record:
            return _author(record["payer"]) in authors
        subject = f" {record['subject']}"
        return any(map(subject.endswith, subjects)) or record["subject"] in urns or _author(record["name"]) in authors

    return tuple(filter(belongs, records))


def _author(payer: object) -> str:
    """Return the author in what `addresses.payer` made."""
    return str(payer).partition(" on ")[0]
