"""The bytes of a file to the values of its front matter and its body.

`envelope` says where the front matter ends (to the byte, by Jekyll's rule). Most of it is lines of plain YAML, which are
read at once; python-frontmatter reads the rest, by way of `handlers`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from crosspost.errors import PostUnreadable
from crosspost.findings import Finding
from crosspost.jekyll import envelope, yaml_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crosspost.jekyll.envelope import Envelope

# What an author types there is text, whatever YAML takes it for.
TEXT_KEYS = frozenset({"title", "tags", "tag", "slug"})
_DASHES = re.compile(rb"^(?:-{4,}|\+{4,}|=+)[ \t\r]*$", re.MULTILINE)
_LATE_OPENER = re.compile(rb"(?:\xef\xbb\xbf)?\s+(?:---|\+\+\+)[ \t]*\r?\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """What a file says.

    Attributes:
        values: The front matter; keys are text.
        lines: 1-based line of the file for each key, by path from the top; empty for TOML.
        body: All after the front matter, line ends as line feeds.
        body_line: 1-based line of the file on which `body` starts.
        findings: Keys that stand twice.
    """

    values: Mapping[str, object]
    lines: Mapping[tuple[str, ...], int]
    body: str
    body_line: int
    findings: tuple[Finding, ...] = ()


def read(key: str, data: bytes) -> FrontMatter:
    """Read the bytes of the post `key`.

    Raises:
        PostUnreadable: XP002 (not UTF-8), XP003 (no front matter, or not closed) or XP004 (not valid YAML or TOML).
    """
    try:
        parts = _split(key, data)
        metadata, body = parts.metadata.decode(), parts.body.decode()
    except (UnicodeDecodeError, PostUnreadable):
        _expect_utf8(key, data)  # or the rest says nothing
        raise
    try:
        said = _document(parts.kind, metadata)
    except yaml_text.YamlProblem as problem:
        raise _invalid(key, parts.kind, problem) from problem
    return FrontMatter(
        values=MappingProxyType(said.values),
        lines=MappingProxyType({path: line + 1 for path, line in said.lines.items()}),
        body=body.replace("\r\n", "\n").replace("\r", "\n") if "\r" in body else body,
        body_line=parts.body_line,
        findings=tuple(_repeated(key, one) for one in said.repeated),
    )


def _document(kind: str, metadata: str) -> yaml_text.Document:
    if kind == "yaml" and (plain := yaml_text.load_plain(metadata, as_text=TEXT_KEYS)) is not None:
        return plain
    from crosspost.jekyll import handlers  # noqa: PLC0415  # plain front matter needs none of it

    return handlers.read(kind, metadata, as_text=TEXT_KEYS)


def _expect_utf8(key: str, data: bytes) -> None:
    try:
        data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        named = "UTF-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "another encoding"
        raise PostUnreadable(
            Finding(
                post=key,
                code="XP002",
                message=f"the file is not UTF-8 but {named}: byte 0x{data[error.start]:02X} fits nowhere",
                fix="save the file as UTF-8",
                line=line,
            )
        ) from error


def _split(key: str, data: bytes) -> Envelope:
    try:
        parts = envelope.split(data)
    except envelope.FrontMatterNotClosed as error:
        raise PostUnreadable(_not_closed(key, data)) from error
    if parts is None:
        raise PostUnreadable(_missing(key, data))
    return parts


def _not_closed(key: str, data: bytes) -> Finding:
    message, fix, line = "the front matter is never closed", "put a line of three dashes `---` after it", 1
    if row := _DASHES.search(data):
        line = data.count(b"\n", 0, row.start()) + 1
        shown = row[0].strip().decode()
        message = f"the front matter is never closed: a row of {len(shown)} `{shown[0]}` is no end"
        fix = f"write exactly three there: `{'+++' if data.lstrip(envelope.BOM).startswith(b'+') else '---'}`"
    return Finding(post=key, code="XP003", message=message, fix=fix, line=line)


def _missing(key: str, data: bytes) -> Finding:
    message, fix = "the file has no front matter", "begin the file with a line `---`, the keys, and a line `---`"
    if not data.strip():
        message = "the file is empty"
    elif b"\0" in data[:4]:
        message, fix = "the file is not UTF-8 but UTF-16 without a mark", "save the file as UTF-8"
    elif b"\n" not in data and data.lstrip(envelope.BOM).startswith((b"---\r", b"+++\r")):
        message, fix = "the lines of the file end with CR alone", "save the file with line ends LF, or CR and LF"
    elif _LATE_OPENER.match(data):
        message, fix = "the front matter does not begin on the first line", "remove all before the first `---`"
    return Finding(post=key, code="XP003", message=message, fix=fix, line=1)


def _invalid(key: str, kind: str, problem: yaml_text.YamlProblem) -> PostUnreadable:
    return PostUnreadable(
        Finding(
            post=key,
            code="XP004",
            message=f"the front matter is not valid {kind.upper()}: {problem.message}",
            fix=problem.fix,
            line=problem.line + 1,  # the front matter starts on line 2
            column=problem.column,
        )
    )


def _repeated(key: str, one: yaml_text.Repeated) -> Finding:
    return Finding(
        post=key,
        code="XP006",
        message=f"`{one.key}` stands twice in the front matter, first on line {one.first_line + 1}; this one counts",
        fix="remove one of the two",
        line=one.line + 1,
    )
