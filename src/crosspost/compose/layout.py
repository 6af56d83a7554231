"""One text from its parts: title, body, link and hashtags in the order of the template."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from crosspost.compose.fit import units
from crosspost.compose.hashtags import MOST, Chosen, choose
from crosspost.compose.little_text import find_hashtags, growth, to_wire
from crosspost.compose.mentions import find_mentions
from crosspost.compose.template import fill

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crosspost.compose.little_text import Hashtag


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Everything of a text but its body.

    Attributes:
        title: Empty for none. Addresses in it have no character that little text reserves.
        link: Absolute URL without such characters, empty for none.
        tags: To be hashtags, as the author wrote them, the most important first.
        all_tags: The author chose them for LinkedIn, so none is too many.
        hashtag_map: The author's own hashtags for tags.
        limit: Most UTF-16 code units on the wire.
        chosen: The hashtags beside those that a text has: most openings of a body that are tried have the same.
        in_code: Words that only code has behind `#`, such as C's `#include`: they are no hashtags.
        mentions: Names that are to be mentions where they stand in the text, and the URNs of whom they name.
    """

    template: str
    title: str
    link: str
    tags: tuple[str, ...]
    all_tags: bool
    hashtag_map: Mapping[str, str]
    limit: int
    in_code: frozenset[str] = frozenset()
    mentions: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    chosen: dict[tuple[str, ...], Chosen] = field(default_factory=dict)

    def hashtags_beside(self, body: str) -> Chosen:
        """Return the hashtags to add to a text with `body`, which may have some already."""
        found = find_hashtags(f"{self.title}\n{body}")
        present = tuple(tag.word for tag in found if tag.word not in self.in_code)
        if present not in self.chosen:
            most = None if self.all_tags else MOST
            self.chosen[present] = choose(self.tags, mapping=self.hashtag_map, present=present, most=most)
        return self.chosen[present]

    def text(self, body: str, hashtags: tuple[str, ...] | None = None) -> str:
        """Return the whole text.

        Args:
            body: Rendered and fitted.
            hashtags: Those beside it where they are known already.
        """
        if hashtags is None:
            hashtags = self.hashtags_beside(body).hashtags
        parts = {
            "title": self.title,
            "body": body,
            "link": self.link,
            "hashtags": " ".join(f"#{word}" for word in hashtags),
        }
        return fill(self.template, parts).rstrip()

    def wire(self, text: str, hashtags: tuple[Hashtag, ...]) -> str:
        """Return a whole text, and what is a hashtag in it, as little text."""
        return to_wire(text, hashtags=hashtags, mentions=find_mentions(text, self.mentions))

    def hashtags(self, text: str) -> tuple[Hashtag, ...]:
        """Return what is a hashtag in a whole text: not what only code has, unless it is one of the post's own."""
        found = find_hashtags(text)
        if self.in_code.isdisjoint(tag.word for tag in found):
            return found
        literal = self.in_code.difference(choose(self.tags, mapping=self.hashtag_map, most=None).hashtags)
        return tuple(tag for tag in found if tag.word not in literal)

    def length(self, text: str) -> int:
        """Return how many UTF-16 code units a whole text has as little text; every escape is one."""
        return units(text) + growth(text, find_mentions(text, self.mentions), self.hashtags(text))

    def fits(self, body: str) -> bool:
        """Tell whether the whole text with `body` keeps to the limit."""
        return len(body) <= self.limit and self.length(self.text(body)) <= self.limit
