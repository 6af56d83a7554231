"""What links and footnotes lead to, for parts of a text that are parsed by themselves."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_DEFINITION = re.compile(r"^[ ]{0,3}\[([^\[\]\n]{1,200})\]:[ \t]*\S.*", re.MULTILINE)
_LABEL = re.compile(r"\[([^\[\]\n]{1,200})\]")


def definitions(around: str, source: str) -> dict[str, str]:
    r"""Return what a text defines of the links and footnotes in a part of it, as far as that does not itself, by label.

    >>> definitions("[a]: https://example.org\n\n[^1]: Note\n", "[b][A] and more[^1]")
    {'1': '[^1]: .', 'a': '[a]: https://example.org'}
    """
    defined = _defined(around)
    labels = {label.casefold() for label in _LABEL.findall(source)}
    found = (defined[label] for label in sorted(labels) if label in defined)
    return {label.removeprefix("^"): line for label, line in found if f"[{label}]:" not in source}


@lru_cache(2)  # asked for by each element that says `markdown="1"`
def _defined(text: str) -> Mapping[str, tuple[str, str]]:
    """Return label and definition of each link and footnote, of the latter without its content, by the label in small letters."""
    found: dict[str, tuple[str, str]] = {}
    for match in _DEFINITION.finditer(text):
        label = match[1]
        found.setdefault(label.casefold(), (label, f"[{label}]: ." if label[0] == "^" else match[0]))
    return found
