"""Jekyll's Liquid tags (Jekyll documentation, "Tags"; sources in lib/jekyll/tags).

A tag writes HTML where it needs markup, since that means the same in Markdown and in HTML posts.
"""

from __future__ import annotations

import re
from html import escape
from io import StringIO
from typing import TYPE_CHECKING, Any, TextIO, cast

from liquid.ast import Node
from liquid.exceptions import LiquidError
from liquid.parser import get_parser
from liquid.tag import Tag
from liquid.token import TOKEN_EXPRESSION, TOKEN_TAG

from crosspost.compose.render.markup import player

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from liquid.ast import BlockNode
    from liquid.context import RenderContext
    from liquid.stream import TokenStream
    from liquid.token import Token

    from crosspost.model import Site

WRITE_IT_OUT = (
    "write it out, set 'linkedin: text', or put text that is to show Liquid between {% raw %} and {% endraw %}"
)
_OR_WRITE = "or write the address out"
_NAME_A_POST = f"name a post as its file is called, by date and slug, {_OR_WRITE}"
_NAME_A_FILE = f"name a file of the site by its path from the site's root, {_OR_WRITE}"
_PART = re.compile(r"\d+-\d+-\d+|[^\W\d_]{3,}")
_ALIKE = 0.6  # difflib's own bound
_POST_FILE = re.compile(r"(?:^|.*/)_posts/(.*)\.\w+$")


class Unresolved(LiquidError):
    """Something that only the built site would know.

    Attributes:
        code: Of the finding.
        fix: What to do about it.
    """

    def __init__(self, message: str, *, token: Token | None, code: str = "XP201", fix: str = WRITE_IT_OUT) -> None:
        super().__init__(message, token=token)
        self.code = code
        self.fix = fix


class MarkupNode(Node):
    """A tag whose arguments Liquid does not parse: Jekyll's tags take them as written."""

    __slots__ = ("markup", "write")

    def __init__(self, token: Token, markup: str, write: Callable[[str, RenderContext, Token], str]) -> None:
        super().__init__(token)
        self.markup = markup
        self.write = write
        self.blank = False

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        """Write what the tag stands for."""
        return buffer.write(self.write(self.markup, context, self.token))


class MarkupTag(Tag):
    """Base of Jekyll's tags without an end tag."""

    block = False

    def parse(self, stream: TokenStream) -> MarkupNode:
        """Take the arguments as written."""
        token = stream.eat(TOKEN_TAG)
        if stream.current.kind == TOKEN_EXPRESSION:
            return MarkupNode(token, stream.current.value, self.write)
        stream.pos -= 1  # the parser steps over the last token of a tag
        return MarkupNode(token, "", self.write)

    def write(self, markup: str, context: RenderContext, token: Token) -> str:
        """Return what the tag stands for."""
        raise NotImplementedError


class PostUrl(MarkupTag):
    """`{% post_url 2024-01-31-slug %}`."""

    name = "post_url"

    def write(self, markup: str, context: RenderContext, token: Token) -> str:
        """Return the post's address."""
        return _post_address(markup.strip().strip("/"), context, token)


class Link(MarkupTag):
    """`{% link about.md %}`: a post, a page, a document of a collection, or a file that is copied as it is."""

    name = "link"

    def write(self, markup: str, context: RenderContext, token: Token) -> str:
        """Return the address of the post or file; its path may be made of variables."""
        if "{{" in markup:
            markup = evaluated(markup, context)
        path = markup.strip().strip("\"'")
        if match := _POST_FILE.fullmatch(path):
            return _post_address(match[1], context, token)
        if url := path and site_of(context).file_url(path):
            return url
        what = f"the address of {path or 'nothing'} is not known"
        raise Unresolved(what, token=token, code="XP203", fix=_NAME_A_FILE)


def evaluated(source: str, context: RenderContext) -> str:
    """Return the output of a piece of Liquid among a tag's arguments."""
    environment = cast("Any", context.env)  # `liquid_environment.Jekyll`, which knows this module
    return "".join(environment.render_node(node, context) for node in environment.from_string(source).nodes)


def site_of(context: RenderContext) -> Site:
    """Return the site that `liquid.evaluate` puts among the globals."""
    return cast("Site", context.globals["crosspost_site"])


def _post_address(name: str, context: RenderContext, token: Token) -> str:
    """Jekyll compares the date and slug at the end where no folder is given (tags/post_url.rb)."""
    urls = site_of(context).post_urls
    for candidate in (name, name.rpartition("/")[2]):
        if candidate and (url := urls.get(candidate)):
            return url
    near = " or ".join(_near(name, urls))
    fix = f"perhaps it is {near}; {_NAME_A_POST}" if near else _NAME_A_POST
    raise Unresolved(f"there is no post {name}", token=token, code="XP203", fix=fix)


def _near(name: str, names: Iterable[str]) -> list[str]:
    """Return which posts may be meant, the most alike first: of that day, or with a word in common.

    >>> _near("2024-01-31-part-one", ["2024-01-31-part-1", "2024-02-28-part-2", "2024-02-28-frogs"])
    ['2024-01-31-part-1', '2024-02-28-part-2']
    """
    parts = _parts(name)
    # compared with each post of a large site it would take a second
    return _close_matches(name, [other for other in names if not parts.isdisjoint(_parts(other))])


def _parts(name: str) -> set[str]:
    return set(_PART.findall(name))


def _close_matches(name: str, others: Iterable[str]) -> list[str]:
    """Return what `difflib.get_close_matches` does for two, the most promising first: 0.4 to 1.1 ms for 54, not 2.5."""
    from difflib import SequenceMatcher  # noqa: PLC0415 - only when something went wrong

    matcher = SequenceMatcher(b=name)

    def at_most(other: str) -> float:
        matcher.set_seq1(other)
        return matcher.quick_ratio()

    best: list[tuple[float, str]] = []
    for bound, other in sorted(((at_most(other), other) for other in others), reverse=True):
        if bound < (best[1][0] if len(best) > 1 else _ALIKE):
            break
        matcher.set_seq1(other)
        best = sorted([*best, (matcher.ratio(), other)], reverse=True)[:2]
    return [other for ratio, other in best if ratio >= _ALIKE]


class Gist(MarkupTag):
    """`{% gist user/id %}` of jekyll-gist."""

    name = "gist"

    def write(self, markup: str, context: RenderContext, token: Token) -> str:  # noqa: ARG002 -- one signature
        """Return the gist's address."""
        gist = markup.strip().partition(" ")[0].strip("\"'")
        if not re.fullmatch(r"[\w./-]+", gist):
            raise Unresolved("a gist without an id", token=token)
        return player(f"https://gist.github.com/{gist}")


class WrapNode(Node):
    """What stands between a tag and its end tag, and how it is written."""

    __slots__ = ("block", "markup", "tag")

    def __init__(self, token: Token, markup: str, block: BlockNode, tag: Wrap) -> None:
        super().__init__(token)
        self.markup = markup
        self.block = block
        self.tag = tag
        self.blank = False

    def children(self, static_context: RenderContext, *, include_partials: bool = True) -> Iterable[Node]:  # noqa: ARG002 -- python-liquid's signature
        """Return what stands between the tags."""
        return (self.block,)

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        """Write what the tag makes of it."""
        inner = StringIO()
        self.block.render(context, inner)
        return buffer.write(self.tag.write(self.markup, inner.getvalue().strip("\n")))


class Wrap(Tag):
    """Base of tags with an end tag; Jekyll too evaluates Liquid between them."""

    end: str

    def parse(self, stream: TokenStream) -> WrapNode:
        """Take everything up to the end tag."""
        token = stream.eat(TOKEN_TAG)
        markup = ""
        if stream.current.kind == TOKEN_EXPRESSION:
            markup = stream.current.value.strip()
            next(stream)
        block = get_parser(self.env).parse_block(stream, (self.end,))
        stream.expect(TOKEN_TAG, value=self.end)
        return WrapNode(token, markup, block, self)

    def write(self, markup: str, inner: str) -> str:
        """Return what the tag makes of what it encloses."""
        raise NotImplementedError


class Highlight(Wrap):
    """`{% highlight ruby linenos %}`."""

    name = "highlight"
    end = "endhighlight"

    def write(self, markup: str, inner: str) -> str:  # noqa: ARG002 -- one signature
        """Return the code as preformatted text."""
        return f"<pre>{escape(inner, quote=False)}</pre>"


TAGS: tuple[type[Tag], ...] = (PostUrl, Link, Gist, Highlight)
