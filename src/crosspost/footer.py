"""The footer that leads from a blog post to its copy on LinkedIn.

Authors end a post with `[Check this post in LinkedIn](link)` and put the address in by hand once it exists. The footer
says where the copy is, is filled by the write-back, and is never sent to LinkedIn itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from crosspost.addresses import is_post_url, urn_in

_ATTRIBUTES = r"(?:\{:[^{}\n]*\})?"  # kramdown's (https://kramdown.gettalong.org/syntax.html#span-ials)
_FOOTER = re.compile(
    r"^[ \t]*(?P<mark>[*_]{0,3})"
    r"\[(?P<label>[^\[\]\n]*linkedin[^\[\]\n]*)\]\((?P<target>[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)\)"
    rf"{_ATTRIBUTES}(?P=mark){_ATTRIBUTES}[ \t]*\r?$",
    re.IGNORECASE | re.MULTILINE,
)
_PLACEHOLDERS = frozenset({"", "link", "#", "url", "linkedin"})


@dataclass(frozen=True, slots=True)
class Footer:
    """Where the footer stands in a body; offsets are indices into the text given."""

    start: int
    end: int
    target_start: int
    target_end: int
    target: str

    @property
    def is_placeholder(self) -> bool:
        """Whether the address is still to be filled in."""
        return self.target.lower() in _PLACEHOLDERS


def find_footer(body: str) -> Footer | None:
    r"""Return the footer if the last line of `body` that is not blank is one.

    Only the last line counts, and only with a placeholder or the address of a LinkedIn post (a damaged one included):
    a link labelled "LinkedIn" in the middle of a text, or to a profile, is the author's own. It may be emphasised, and have
    attributes.

    >>> find_footer("Text\n\n[Check this post in LinkedIn](link)\n").is_placeholder
    True
    >>> find_footer('Text\n\n[Check this post in LinkedIn](link){:target="_blank"}').target
    'link'
    >>> find_footer("Text\n\n*[Check this post in LinkedIn](link)*").is_placeholder
    True
    >>> find_footer("Text\n\n[Me on LinkedIn](https://www.linkedin.com/in/jo)") is None
    True
    """
    stripped = body.rstrip()
    start = stripped.rfind("\n") + 1
    match = _FOOTER.match(stripped, start)
    if match is None or match.end() != len(stripped):
        return None
    footer = Footer(start, match.end(), match.start("target"), match.end("target"), match["target"])
    return footer if footer.is_placeholder or urn_in(footer.target) or is_post_url(footer.target) else None
