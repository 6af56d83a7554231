"""What the author says about LinkedIn in the front matter: `crosspost:` and the mapping `linkedin:`.

`linkedin:` is also where some authors keep an address; a text that looks like one says nothing here (`published` reads
it). An unclear wish is never guessed at: a value that is not understood is an error, and the post waits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crosspost.model import Directives

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crosspost.findings import Finding
    from crosspost.jekyll.dates import Zones

_ADDRESSES = frozenset({"url", "urn", "post"})  # mine to read past: where the copy is, see `published`
_SILENT = Directives(), ()


def read(
    key: str,
    front_matter: Mapping[str, object],
    lines: Mapping[tuple[str, ...], int],
    zones: Zones,
    write_back_key: str = "",
) -> tuple[Directives, tuple[Finding, ...]]:
    """Read the directives of the post `key`; what is wrong becomes a finding XP007.

    Args:
        key: Of the post, for the findings.
        front_matter: With the defaults of `_config.yml` beneath.
        lines: Line of the file of each key, where known.
        zones: For `at` without an offset.
        write_back_key: A dotted one may lie inside `linkedin:`.
    """
    if "crosspost" not in front_matter and "linkedin" not in front_matter:
        return _SILENT
    from crosspost.jekyll.wishes import Reader  # noqa: PLC0415 - most posts say nothing

    reader = Reader(key, lines, zones)
    wishes = [reader.truth(("crosspost",), front_matter.get("crosspost"))]
    linkedin = front_matter.get("linkedin")
    values: dict[str, object] = {}
    if isinstance(linkedin, dict):
        own = {part for part in write_back_key.split(".")[1:2] if write_back_key.startswith("linkedin.")}
        values = reader.mapping({name: value for name, value in linkedin.items() if name not in _ADDRESSES | own})
        wishes.append(True)
    elif not _looks_like_address(linkedin):
        wishes.append(reader.truth(("linkedin",), linkedin))
    publish = False if False in wishes else (True if True in wishes else None)
    return Directives(publish=publish, **values), tuple(reader.findings)  # type: ignore[arg-type]  # built by key below


def _looks_like_address(value: object) -> bool:
    return isinstance(value, str) and (not value.strip() or "/" in value or value.startswith("urn:"))
