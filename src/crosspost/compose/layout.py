"""One text from its parts: title, body, link and hashtags in the order of the template."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from crosspost.compose.fit import units
from crosspost.compose.hashtags import MOST, Chosen, choose
from crosspost.compose.little_text import find_hashtags, to_wire
from crosspost.compose.mentions import find_mentions
from crosspost.compose.template import fill
from crosspost.compose.urls import encode_url, encode_urls

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crosspost.compose.little_text import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Everything of a text but its body.

    Attributes:
        title: Empty for none.
        link: Absolute URL, empty for none.
        tags: To be hashtags, as the author wrote them, the most important first.
        all_tags: The author chose them for LinkedIn, so none is too many.
        hashtag_map: The author's own hashtags for tags.
        limit: Most UTF-16 code units on the wire.
        mentions: Names that are to be mentions where they stand in the text, and the URNs of whom they name.
    """

    template: str
    title: str
    link: str
    tags: tuple[str, ...]
    all_tags: bool
    hashtag_map: Mapping[str, str]
    limit: int
    mentions: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def hashtags_beside(self, body: str) -> Chosen:
        """Return the hashtags to add to a text with `body`, which may have some already."""
        present = (tag.word for tag in find_hashtags(f"{self.title}\n{body}"))
        return choose(self.tags, mapping=self.hashtag_map, present=present, most=None if self.all_tags else MOST)

    def text(self, body: str, hashtags: tuple[str, ...] | None = None) -> str:
        """Return the whole text; the link without characters that little text reserves.

        Args:
            body: Rendered and fitted.
            hashtags: Those beside it where they are known already.
        """
        if hashtags is None:
            hashtags = self.hashtags_beside(body).hashtags
        parts = {
            "title": encode_urls(self.title),
            "body": body,
            "link": encode_url(self.link),
            "hashtags": " ".join(f"#{word}" for word in hashtags),
        }
        return fill(self.template, parts).rstrip()

    def wire(self, text: str) -> str:
        """Return a whole text as little text."""
        return _wire(text, find_mentions(text, self.mentions))

    def fits(self, body: str) -> bool:
        """Tell whether the whole text with `body` keeps to the limit."""
        if len(body) > self.limit:
            return False
        text = self.text(body)
        return units(text) <= self.limit and units(self.wire(text)) <= self.limit


@lru_cache(maxsize=2)  # what was found to fit is what is sent
def _wire(text: str, mentions: tuple[Place, ...]) -> str:
    return to_wire(text, mentions=mentions)
