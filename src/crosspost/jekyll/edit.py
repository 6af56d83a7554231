r"""Write the address of the LinkedIn copy into the bytes of a post, or take it out again.

Nothing is rendered: one line is inserted or one value replaced in the front matter, one target filled in the footer,
and every other byte is copied. The result is proved before it is returned; what cannot be proved is refused.
docs/write-back.md lists the cases.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crosspost.addresses import permalink
from crosspost.errors import Problem, WriteBackRefused
from crosspost.footer import find_footer
from crosspost.jekyll import yaml_text
from crosspost.jekyll.edit_toml import edit_toml, remove_toml
from crosspost.jekyll.edit_yaml import edit_yaml, remove_yaml
from crosspost.jekyll.envelope import Envelope, FrontMatterNotClosed, split
from crosspost.jekyll.front_matter import TEXT_KEYS
from crosspost.jekyll.splice import Goal, NoSafePlace

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from crosspost.policy import WriteBackPolicy

_INSERT = {"yaml": edit_yaml, "toml": edit_toml}
_REMOVE = {"yaml": remove_yaml, "toml": remove_toml}
_EMPTY_VALUES = frozenset({b"", b'""', b"''", b"~", b"null", b"Null", b"NULL"})
_SAMPLE = permalink("urn:li:share:1")
_NOT_IN_URLS = frozenset('"<>\\^`{|}')  # RFC 3986, section 2: neither reserved nor unreserved


def insert_url(data: bytes, url: str, policy: WriteBackPolicy) -> bytes:
    """Return the file with `url` in its front matter and, where the policy says so, in its footer's placeholder.

    Args:
        data: The whole file, as it is.
        url: Absolute address of the post on LinkedIn.
        policy: The key, and whether the footer is filled.

    Returns:
        `data` itself, equal in every byte, where all is there already.

    Raises:
        WriteBackRefused: The place is taken by something else, or there is none that is safe.
    """
    try:
        return _insert(data, url, policy)
    except NoSafePlace as reason:
        raise WriteBackRefused(
            Problem(
                what=f"the address was not written into the file: {reason}",
                linkedin_has=f"the post is at {url}",
                fix=reason.fix or f"add {url} to the front matter by hand, under '{policy.key}'",
            )
        ) from reason


def no_room(data: bytes, policy: WriteBackPolicy) -> Problem | None:
    """Return why the text of a file has no place for an address, None where it has; asked before there is an address.

    Args:
        data: The whole file, as it is.
        policy: As for `insert_url`.
    """
    try:
        if not has_room(data, _SAMPLE, policy):
            _insert(data, _SAMPLE, policy)
    except NoSafePlace as reason:
        return Problem(
            what=f"the file has no place for the address of its LinkedIn copy: {reason}",
            fix=reason.fix or f"write the front matter so that '{policy.key}' can be a plain line of it",
        )
    return None


def has_room(data: bytes, url: str, policy: WriteBackPolicy) -> bool:
    """Tell at a glance whether `insert_url` would put `url` on a line of its own; False says nothing.

    For whoever only wants to know: plain front matter without the key gets a line more, which needs no proof by libyaml.

    Args:
        data: The whole file, as it is.
        url: An absolute address.
        policy: As for `insert_url`.
    """
    try:
        envelope = _front_matter(data)
        metadata = envelope.metadata.decode()
    except (NoSafePlace, UnicodeDecodeError):
        return False
    if envelope.kind != "yaml" or not (policy.key.isascii() and policy.key.isidentifier()):
        return False
    if (said := yaml_text.load_plain(metadata, as_text=TEXT_KEYS)) is None or policy.key in said.values:
        return False
    body = fill_footer(envelope.body, url) if policy.placeholder else envelope.body
    return body == envelope.body or _has_footer(body)


def remove_url(data: bytes, url: str, policy: WriteBackPolicy) -> bytes:
    """Return the file without `url` at the policy's key; a footer with it gets its placeholder back.

    Args:
        data: The whole file, as it is.
        url: The address as the file has it.
        policy: The key, and whether footers are touched.

    Returns:
        `data` itself where it is not there.

    Raises:
        WriteBackRefused: It cannot leave without touching anything else.
    """
    try:
        return _remove(data, url, policy)
    except NoSafePlace as reason:
        raise WriteBackRefused(
            Problem(
                what=f"the address was not taken out of the file: {reason}",
                linkedin_has="the post is deleted",
                fix=f"remove {url} from the front matter by hand",
            )
        ) from reason


def _remove(data: bytes, url: str, policy: WriteBackPolicy) -> bytes:
    envelope = _front_matter(data)
    metadata = _edit_metadata(envelope, _goal(envelope, url, policy), _REMOVE)
    body = empty_footer(envelope.body, url) if policy.placeholder else envelope.body
    before = _joined(envelope, metadata, body)
    if before != data:  # the proof of the other direction: the file as it is has one address more
        _prove(_front_matter(before), data, envelope.metadata, envelope.body)
    return before


def _insert(data: bytes, url: str, policy: WriteBackPolicy) -> bytes:
    envelope = _front_matter(data)
    goal = _goal(envelope, url, policy)
    metadata = _edit_metadata(envelope, goal, _INSERT)
    body = fill_footer(envelope.body, url) if policy.placeholder else envelope.body
    after = _joined(envelope, metadata, body)
    if after != data:
        _prove(envelope, after, metadata, body)
    return after


def _joined(envelope: Envelope, metadata: bytes, body: bytes) -> bytes:
    """Return the file with other metadata and another body."""
    opener, closer = (
        envelope.data[: envelope.metadata_start],
        envelope.data[envelope.closer_start : envelope.body_start],
    )
    return b"".join((opener, metadata, closer, body))


def _front_matter(data: bytes) -> Envelope:
    try:
        envelope = split(data)
    except FrontMatterNotClosed as error:
        raise NoSafePlace("its front matter is never closed", "close the front matter with a line '---'") from error
    if envelope is None:
        raise NoSafePlace("it has no front matter", "put two lines '---' at the top of the file")
    return envelope


def _goal(envelope: Envelope, url: str, policy: WriteBackPolicy) -> Goal:
    path = tuple(policy.key.split("."))
    if not all(path):
        raise NoSafePlace(f"'{policy.key}' is no key", "mend 'key' in [writeback]")
    if "://" not in url or not url.isprintable() or " " in url or _NOT_IN_URLS & set(url):
        raise NoSafePlace("it is no address", "give the address as the browser shows it")
    opener = envelope.data[: envelope.metadata_start]
    return Goal(path, url, "\r\n" if opener.endswith(b"\r\n") else "\n")


def _edit_metadata(envelope: Envelope, goal: Goal, editors: Mapping[str, Callable[[str, Goal], str]]) -> bytes:
    try:
        text = envelope.metadata.decode()
    except UnicodeDecodeError as error:
        raise NoSafePlace("its front matter is not UTF-8") from error
    return editors[envelope.kind](text, goal).encode()


def fill_footer(body: bytes, url: str) -> bytes:
    """Return `body` with the placeholder of its LinkedIn footer filled; `body` itself where there is none.

    >>> fill_footer(b"[Check this post in LinkedIn](link)", "https://lnkd.in/x")
    b'[Check this post in LinkedIn](https://lnkd.in/x)'
    """
    text = body.decode(errors="surrogateescape")  # bytes that are not UTF-8 come back as they were
    footer = find_footer(text)
    if footer is None or not footer.is_placeholder:
        return body
    filled = text[: footer.target_start] + url + text[footer.target_end :]
    return filled.encode(errors="surrogateescape")


def empty_footer(body: bytes, url: str) -> bytes:
    """Return `body` with the placeholder in its LinkedIn footer again; `body` itself where the footer has another address.

    >>> empty_footer(b"[Check this post in LinkedIn](https://lnkd.in/x)", "https://lnkd.in/x")
    b'[Check this post in LinkedIn](link)'
    """
    text = body.decode(errors="surrogateescape")
    footer = find_footer(text)
    if footer is None or footer.target != url:
        return body
    return (text[: footer.target_start] + "link" + text[footer.target_end :]).encode(errors="surrogateescape")


# --- proof ----------------------------------------------------------------------------------------------------------


def _prove(before: Envelope, after: bytes, metadata: bytes, body: bytes) -> None:
    """Make sure that the file falls into the same parts, and that no line differs but those that may.

    Raises:
        NoSafePlace: It does not hold.
    """
    parts = _front_matter(after)
    if (parts.metadata, parts.body) != (metadata, body):
        raise NoSafePlace("the front matter would end elsewhere")
    if not _is_one_line(before.metadata, metadata):
        raise NoSafePlace("more than one line would change")
    if body != before.body and not _has_footer(body):
        raise NoSafePlace("the footer would not be recognised again")


def _has_footer(body: bytes) -> bool:
    return find_footer(body.decode(errors="surrogateescape")) is not None


def _is_one_line(before: bytes, after: bytes) -> bool:
    """Tell whether `after` is `before`, or has one line more, or one line with something more in it."""
    old, new = before.split(b"\n"), after.split(b"\n")
    same = _common(old, new)
    if len(new) == len(old) + 1:
        return old[same:] == new[same + 1 :]
    return before == after or (
        len(new) == len(old) and old[same + 1 :] == new[same + 1 :] and _is_filled(old[same], new[same])
    )


def _is_filled(old: bytes, new: bytes) -> bool:
    """Tell whether `new` is `old` with something more in one place, where nothing or an empty value was."""
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    return old[start : len(old) - end] in _EMPTY_VALUES


def _common(some: Sequence[object], others: Sequence[object]) -> int:
    """Return how many items are equal from the start on."""
    pairs = enumerate(zip(some, others, strict=False))
    return next((index for index, (one, other) in pairs if one != other), min(len(some), len(others)))
