"""Tags of Jekyll's plugins that many posts have, as far as what they show needs no plugin.

Sources, by their READMEs: jekyll-youtube, jekyll-twitter-plugin, jekyll-oembed, jekyll-figure, jekyll-picture-tag,
jekyll-mermaid, jekyll-plantuml, jekyll-katex; Octopress, "Plugins" (`img`, `blockquote`, `pullquote`, `codeblock`); dev.to, "Liquid tags";
GitBook, "Blocks"; Hexo, "Tag Plugins". Any other tag that Jekyll does not know stays an error.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from crosspost.compose.render import links
from crosspost.compose.render.liquid_tags import Highlight, MarkupTag, Unresolved, Wrap, evaluated
from crosspost.compose.render.markup import picture, player

if TYPE_CHECKING:
    from liquid.context import RenderContext
    from liquid.tag import Tag
    from liquid.token import Token

_ADDRESS = re.compile(r"""(?:https?:)?//[^\s"'<>]+""")
_REPOSITORY = re.compile(r"[\w-]+/[\w.-]+")
_CAPTION = re.compile(r"""caption[:=]\s*(?:"([^"]*)"|'([^']*)')""")
_TITLE = re.compile(r"""title[:=]\s*(?:"([^"]*)"|'([^']*)')""")
_ALT = re.compile(r"""(?:--)?alt[:=\s]\s*(?:"([^"]*)"|'([^']*)')""")
_QUOTED = re.compile(r"""(["'])(.*?)\1""")
_PULLED = re.compile(r"\{\"\s*(.*?)\s*\"\}", re.DOTALL)
_EMBEDS = "embed twitter tweet instagram spotify soundcloud codepen jsfiddle codesandbox iframe"


class Embed(MarkupTag):
    """`{% oembed https://example.org/x %}`: what it names by its address."""

    name = "oembed"

    def write(self, markup: str, context: RenderContext, token: Token) -> str:
        """Return the address."""
        if "{{" in markup:
            markup = evaluated(markup, context)
        if address := _ADDRESS.search(markup) or self.address(markup.split()):
            return player(address if isinstance(address, str) else address[0])
        raise Unresolved(f"what {{% {self.name} {markup} %}} shows is not known", token=token)

    def address(self, words: list[str]) -> str:  # noqa: ARG002 -- others need it
        """Return the address of what the arguments name otherwise; empty where that is not known."""
        return ""


class YouTube(Embed):
    """`{% youtube abc123def45 640 360 %}`."""

    name = "youtube"
    number = re.compile(r"[\w-]{11}")

    def address(self, words: list[str]) -> str:
        """Return the address under which people watch it."""
        number = words[0].strip("\"'") if words else ""
        return links.VIDEO_PAGES[self.name].format(number) if self.number.fullmatch(number) else ""


class Vimeo(YouTube):
    """`{% vimeo 12345678 %}`."""

    name = "vimeo"
    number = re.compile(r"\d{5,12}")


class GitHub(Embed):
    """`{% github owner/repository %}` of dev.to."""

    name = "github"

    def address(self, words: list[str]) -> str:
        """Return the repository's address."""
        return f"https://github.com/{words[0]}" if words and _REPOSITORY.fullmatch(words[0]) else ""


class Picture(MarkupTag):
    """`{% img left /a.png 350 'Title' 'Alt' %}`: a picture, which is noted like any other."""

    name = "img"

    def write(self, markup: str, context: RenderContext, token: Token) -> str:
        """Return an image."""
        if "{{" in markup:
            markup = evaluated(markup, context)
        words = (word.strip("\"'") for word in markup.replace("=", " ").replace(": ", " ").split())
        src = next(filter(links.is_image, words), "")
        if not src:
            raise Unresolved(f"{{% {self.name} {markup} %}} names no picture", token=token)
        alt = _ALT.search(markup)
        quoted = _QUOTED.findall(markup) if self.name == "img" else []
        text = alt[1] or alt[2] or "" if alt else quoted[-1][1] if quoted else ""
        return picture(src, text)


class Nothing(MarkupTag):
    """`{% toc %}`: for the site alone."""

    name = "toc"

    def write(self, markup: str, context: RenderContext, token: Token) -> str:  # noqa: ARG002 -- one signature
        """Return nothing."""
        return ""


class BlockQuote(Wrap):
    """`{% blockquote Author, Source https://example.org Title %}`."""

    name = "blockquote"
    end = "endblockquote"

    def write(self, markup: str, inner: str) -> str:
        """Return a quotation with its source."""
        by = f"\n\n— {markup}" if markup else ""
        return f'<blockquote markdown="1">\n{inner}{by}\n</blockquote>\n'


class PullQuote(Wrap):
    """`{% pullquote %}…{" repeated at the margin "}…{% endpullquote %}`."""

    name = "pullquote"
    end = "endpullquote"

    def write(self, markup: str, inner: str) -> str:  # noqa: ARG002 -- one signature
        """Return the words once."""
        return _PULLED.sub(r"\1", inner)


class Figure(Wrap):
    """`{% figure caption:"Caption" %}`."""

    name = "figure"
    end = "endfigure"

    def write(self, markup: str, inner: str) -> str:
        """Return the content with its caption."""
        caption = _CAPTION.search(markup)
        return f"{inner}\n\n{caption[1] or caption[2] or ''}\n" if caption else inner


class Details(Wrap):
    """`{% details Summary %}`."""

    name = "details"
    end = "enddetails"

    def write(self, markup: str, inner: str) -> str:
        """Return the summary above the content: nothing can be folded."""
        return f"\n\n{markup.strip(chr(34))}\n\n{inner}\n\n"


class Notice(Wrap):
    """`{% hint style="info" title="Title" %}`: a group of blocks that the site sets apart."""

    name = "hint"
    end = "endhint"

    def write(self, markup: str, inner: str) -> str:
        """Return the content, below its title."""
        title = _TITLE.search(markup)
        return f"\n\n{title[1] or title[2] or ''}\n\n{inner}\n\n" if title else f"\n\n{inner}\n\n"


class Formula(Wrap):
    """`{% katex %}` of jekyll-katex and dev.to."""

    name = "katex"
    end = "endkatex"

    def write(self, markup: str, inner: str) -> str:  # noqa: ARG002 -- one signature
        """Return a formula of kramdown's."""
        return f"$${inner}$$"


class Diagram(Wrap):
    """`{% mermaid %}`: noted and dropped as a block of code in that language is."""

    name = "mermaid"
    end = "endmermaid"

    def write(self, markup: str, inner: str) -> str:  # noqa: ARG002 -- one signature
        """Return what the renderer takes for a diagram."""
        return f'<pre class="mermaid">{escape(inner, quote=False)}</pre>\n'


class CodeBlock(Highlight):
    """`{% codeblock Title lang:ruby %}`."""

    name = "codeblock"
    end = "endcodeblock"


def _also(tag: type[Tag], *names: str) -> list[type[Tag]]:
    """Return the tag with its own name and others."""
    return [tag, *(type(tag.__name__, (tag,), {"name": name, "end": f"end{name}"}) for name in names)]


PLUGINS: tuple[type[Tag], ...] = (
    *_also(Embed, *_EMBEDS.split()),
    *_also(Picture, "picture", "asset_img", "responsive_image", "lightbox"),
    *_also(Diagram, "plantuml", "uml"),
    *_also(Notice, "tabs", "tab", "note", "callout", "fold", "cq", "centerquote"),
    *(Formula, YouTube, Vimeo, GitHub, Nothing, BlockQuote, PullQuote, Figure, Details, CodeBlock),
)
