"""Markup that nothing here reads: it is sent as it stands, and the author is told, since readers see its signs.

What it is for is known to another program alone (a citation of Pandoc's, a component of MDX), or stands nowhere (the address
of a link, the text of a footnote).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crosspost.compose.render.rendered import Note, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from crosspost.compose.render.rendered import Block
    from crosspost.compose.render.source import Source

_PROGRAM = (
    "only another program knows what it is for",
    "write out what it shows, or delete it; if it is text, make it code",
)
# A sign that it has, without which words need no other look; what finds the texts to look at, how it reads among words, what
# is wrong with it, and what to do. Each pattern begins with a character to look for, or `re` would try every place.
_UNREAD = (
    (
        "[",
        re.compile(r"\[\^"),
        re.compile(r"\[\^[^\s\[\]^]{1,60}\](?!:)"),
        "no footnote has that name",
        "write the footnote, or delete its mark",
    ),
    (
        "[",
        re.compile(r"\](?:\[|\{[.#])"),
        re.compile(r"\[(?<![\w\])]\[)[^\[\]\n]{1,100}\](?:\[[^\[\]\n?!,]{0,40}\]|\{[.#][^{}\n]{1,80}\})"),
        "nothing says where that link leads",
        "add its address: `[name]: https://…` on a line of its own",
    ),
    ("@", re.compile(r"\[-?@[\w:.-]+[\],;]"), re.compile(r"\[-?@[\w:.-]+(?:[,;][^\[\]\n]*)?\](?!\()"), *_PROGRAM),
    (
        "{",
        re.compile(r"\{(?:/\*|--|\+\+|>>|~~)"),
        re.compile(r"\{(?:/\*[^{}]*\*/|--[^{}]*--|\+\+[^{}]*\+\+|>>[^{}]*<<|~~[^{}]*~~)\}"),
        *_PROGRAM,
    ),
    (
        "import ",
        re.compile(r"\nimport "),
        re.compile(r"import (?<![^\n]import )[^'\"\n]{0,200}(['\"])[^'\"\n]+\1;?$", re.MULTILINE),
        *_PROGRAM,
    ),
)


def unread(blocks: Sequence[Block], code: Sequence[str], source: Source) -> Iterator[Note]:
    """Yield a note for the first markup of each kind that is left among words.

    Args:
        blocks: Of the rendered text.
        code: All code in it, which is text.
        source: What it was rendered from, for the lines.
    """
    words = [block for block in blocks if block.kind != "code"]
    shown = "\n".join([block.text for block in words])
    for sign, marked, pattern, *told in _UNREAD:
        if sign not in shown or not marked.search(source.text):
            continue
        having = (block for block in words if sign in block.text)
        left = ((match[0], block) for block in having for match in pattern.finditer(block.text))
        for written, block in left:
            if not any(written in one for one in code):
                line = source.line(source.text.count("\n", 0, max(source.text.find(written), 0)) + 1)
                wrong, fix = _PROGRAM if written.endswith("}") else told  # `[words]{.class}` is Pandoc's
                message = f"`{shortened(written)}` is sent as it stands: {wrong}"
                yield Note(code="XP207", message=message, fix=fix, line=line, order=block.order)
                break
