"""Findings: what is wrong or noteworthy in a post, with stable codes.

The codes are part of the contract (`crosspost check`): a code is never reused for another meaning.

    XP0xx  the file and its front matter
    XP1xx  repaired text: encoding, styled letters, invisible characters
    XP2xx  Markdown, HTML and Liquid that LinkedIn cannot show
    XP3xx  length, links, hashtags, mentions, the opening lines
    XP4xx  pictures, documents, videos
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Severity(StrEnum):
    """How much a finding matters: an error keeps the post from being published, the others do not."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing found in one post.

    Attributes:
        post: Path relative to the site root, with `/`.
        code: A key of `CODES`.
        message: What was found, one line.
        fix: What the author can do.
        line: 1-based line of the file, None where it concerns the whole file.
        column: 1-based column in Unicode code points, None where unknown.
    """

    post: str
    code: str
    message: str
    fix: str
    line: int | None = None
    column: int | None = None

    @property
    def place(self) -> str:
        """Post, line and column as far as they are known, as editors and CI logs turn them into links."""
        return ":".join(str(part) for part in (self.post, self.line, self.column) if part is not None)

    @property
    def severity(self) -> Severity:
        """The severity that belongs to the code."""
        return CODES[self.code].severity


@dataclass(frozen=True, slots=True)
class Code:
    """A kind of finding: its severity and its meaning in one line."""

    severity: Severity
    meaning: str


_E, _W, _N = Severity.ERROR, Severity.WARNING, Severity.NOTE

CODES: Mapping[str, Code] = MappingProxyType(
    {
        # the file and its front matter
        "XP001": Code(_E, "the file cannot be read"),
        "XP002": Code(_E, "the file is not UTF-8"),
        "XP003": Code(_E, "the front matter is missing or not closed"),
        "XP004": Code(_E, "the front matter is not valid YAML or TOML"),
        "XP005": Code(_E, "the date cannot be read or does not exist"),
        "XP006": Code(_W, "a key stands twice in the front matter; the last one counts"),
        "XP007": Code(_E, "a crosspost or linkedin setting in the front matter has a wrong value"),
        "XP008": Code(_W, "the canonical URL is unknown"),
        "XP009": Code(_E, "the write-back has no safe place in this front matter"),
        "XP010": Code(_W, "the post goes out before the site has its page"),
        # repaired text
        "XP101": Code(_N, "text damaged by a wrong encoding was repaired"),
        "XP102": Code(_E, "text looks damaged by a wrong encoding and could not be repaired with confidence"),
        "XP103": Code(_N, "Unicode-styled letters were turned into plain ones"),
        "XP104": Code(_N, "invisible characters without function were removed"),
        # Markdown, HTML, Liquid
        "XP201": Code(_E, "Liquid that cannot be evaluated"),
        "XP202": Code(_W, "content that LinkedIn cannot show was left out"),
        "XP203": Code(_E, "a link inside the site cannot be resolved"),
        "XP204": Code(_E, "the little text to be sent does not say what was meant; this is a defect of crosspost"),
        "XP205": Code(_E, "something is never closed and would hide the rest of the post"),
        "XP206": Code(_W, "a formula is sent as its TeX source"),
        "XP207": Code(_W, "markup that nothing reads is sent as it stands"),
        # length, links, hashtags, the opening lines
        "XP301": Code(_W, "the text is over the limit and was shortened"),
        "XP302": Code(_E, "the text is over the limit and cannot be shortened"),
        "XP303": Code(_E, "there is no text to publish"),
        "XP304": Code(_W, "the post has no link although the text was shortened"),
        "XP305": Code(_N, "hashtags were left out or changed"),
        "XP306": Code(_W, "the opening lines, all that the feed shows, tell a reader nothing"),
        "XP307": Code(_W, "a name that is to be mentioned does not stand in the text"),
        # pictures, documents, videos
        "XP401": Code(_N, "the link card has no picture"),
        "XP402": Code(_W, "a picture has no alternative text"),
        "XP403": Code(_E, "a file is not there, or lies where crosspost does not read"),
        "XP404": Code(_E, "a file is not what LinkedIn takes"),
        "XP405": Code(_E, "a file is over a limit of LinkedIn's"),
        "XP406": Code(_W, "the link card goes without the picture that the front matter names"),
        "XP407": Code(_N, "a picture is sent in another form"),
        "XP408": Code(_N, "a file is fetched from the site when it is sent; nobody has looked at it"),
        "XP409": Code(_W, "the post goes without the picture or document that card.kind asks for"),
    }
)


def summary(findings: Sequence[Finding]) -> str:
    """Return the first of some findings in one line, with its code and place, and how many more there are."""
    first, more = findings[0], len(findings) - 1
    place = f" (line {first.line})" if first.line else ""
    return f"{first.code} {first.message}{place}" + (f", and {more} more" if more else "")
