"""Files of the site within a text: Jekyll's `include` and `include_relative` (lib/jekyll/tags/include.rb)."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, Protocol, cast

from liquid.exceptions import ResourceLimitError

from crosspost.compose.render import links
from crosspost.compose.render.liquid_tags import MarkupTag, Unresolved, evaluated, site_of
from crosspost.compose.render.markup import figure, player

if TYPE_CHECKING:
    from collections.abc import Mapping
    from contextlib import AbstractContextManager

    from liquid import BoundTemplate
    from liquid.ast import Node
    from liquid.context import RenderContext
    from liquid.tag import Tag
    from liquid.token import Token

_PARAMETER = re.compile(r"""([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|([^\s"']+))""")
# A name may be made of variables: `{% include {{ page.part }}.md %}`.
_NAME = re.compile(r"(?:[^\s{]|\{\{.*?\}\}|\{)+")
# `validate_file_name`: nothing climbs out of the folder.
_VALID_NAME = re.compile(r"(?!.*[./]{2})[\w/.()+~#@-]+")
_VIDEO_ID = re.compile(r"[\w-]{4,40}")
_VIDEO_KEYS = ("id", "video_id", "videoId", "youtube_id", "youtubeId", "vimeo_id", "video_slug")
_ABOUT_A_FIGURE = frozenset({"alt", "caption", "title", "class", "style", "sizes"})
# Files of themes, such as Minimal Mistakes', that are known by their names.
_GALLERY = re.compile(r"gallery(?:\.\w+)?")
_TOC = re.compile(r"(?:.*/)?toc(?:\.\w+)?")
# What cannot become text: programs and drawings with their content, comments, tags, Liquid's tags.
_NO_TEXT = re.compile(
    r"<(script|style|svg|noscript)\b.*?</\1\s*>|<!--.*?-->|\{%.*?%\}|<[^<>]*>", re.DOTALL | re.IGNORECASE
)
# What a file without text may be included for all the same: Liquid's tags but for control flow, players, pictures.
_HAS_EFFECT = re.compile(
    r"\{%-?\s*(?!(?:end\w+|if|elsif|else|unless|case|when|for|break|continue)\b)"
    r"|<(?:iframe|embed|object|video|audio|img)\b",
    re.IGNORECASE,
)
_MOST_INCLUSIONS = 300


class _Evaluation(Protocol):
    """What is needed of `liquid_environment.Evaluation`."""

    templates: dict[str, BoundTemplate]
    inclusions: int


class _Environment(Protocol):
    """What is needed of `liquid_environment.Jekyll`, which knows this module."""

    @property
    def evaluation(self) -> _Evaluation: ...

    def included(self, name: str, offset: int) -> AbstractContextManager[None]: ...

    def from_string(self, source: str) -> BoundTemplate: ...

    def render_node(self, node: Node, context: RenderContext) -> str: ...


class Include(MarkupTag):
    """`{% include file.html key="value" %}`."""

    name = "include"

    def write(self, markup: str, context: RenderContext, token: Token) -> str:
        """Return the file's text, or what its parameters say of a theme's: the address of a video, a figure.

        Raises:
            Unresolved: There is no such file, as where it belongs to a theme.
        """
        match = _NAME.match(markup)
        name = match[0] if match else ""
        parameters = {m[1]: _value(m, context, token) for m in _PARAMETER.finditer(markup, len(name))}
        if "{{" in name:
            name = evaluated(name, context)
        if video := _video(name, {**context.locals, **parameters}):  # some themes read the variables of the page
            return video
        if not _VALID_NAME.fullmatch(name):
            raise Unresolved(f"{{% {self.name} {markup} %}} names no file", token=token)
        source = site_of(context).includes.get(self.path(name, context))
        if source is None:
            if (known := self.known(name, parameters)) is not None:
                return known
            raise Unresolved(f"the file of {{% {self.name} {markup} %}} is not available here", token=token)
        if not _has_text(source):
            return ""
        return _included(name, source, parameters, context, token)

    def known(self, name: str, parameters: Mapping[str, object]) -> str | None:
        """Return what a file that is not here shows, as far as its name and parameters tell; None where they do not."""
        return _figure(parameters) or _of_theme(name, parameters)

    def path(self, name: str, context: RenderContext) -> str:  # noqa: ARG002 -- the other tag needs it
        """Return the key in `Site.includes`."""
        return name


class IncludeCached(Include):
    """`{% include_cached file.html %}` of jekyll-include-cache."""

    name = "include_cached"


class IncludeRelative(Include):
    """`{% include_relative file.md %}`: from the folder of the post on."""

    name = "include_relative"

    def known(self, name: str, parameters: Mapping[str, object]) -> str | None:  # noqa: ARG002 -- the other tag needs it
        """Return what a figure's parameters tell: no theme has files beside a post."""
        return _figure(parameters) or None

    def path(self, name: str, context: RenderContext) -> str:
        """Return the key in `Site.includes`."""
        page = cast("dict[str, object]", context.globals["page"])
        return "/" + posixpath.join(posixpath.dirname(str(page.get("path") or "")), name)


def _value(match: re.Match[str], context: RenderContext, token: Token) -> object:
    """Return a parameter's value: quoted as it stands, else the variable's."""
    _, double, single, path = match.groups()
    if path:
        return context.get([*path.split(".")], token=token, default="")
    return (double or "").replace('\\"', '"') if double is not None else (single or "").replace("\\'", "'")


def _video(name: str, known: dict[str, object]) -> str:
    """Return a well-known player, which needs no file; empty for anything else."""
    provider = next(
        (name_ for name_ in links.VIDEO_PAGES if name_ in f"{name} {known.get('provider', '')}".lower()), None
    )
    video = next((str(known[key]) for key in _VIDEO_KEYS if known.get(key)), "")
    if provider and _VIDEO_ID.fullmatch(video):
        return player(links.VIDEO_PAGES[provider].format(video))
    return ""


def _figure(known: Mapping[str, object]) -> str:
    """Return the figure of a theme, by its parameters: its picture is noted and its caption stays. Empty for anything else."""
    said = {key: str(value) for key, value in known.items()}
    src = next(filter(links.is_image, said.values()), "")
    if not src or any(" " in value and key not in _ABOUT_A_FIGURE for key, value in said.items() if value != src):
        return ""
    return figure(src, said.get("alt", ""), said.get("caption", ""))


def _of_theme(name: str, given: Mapping[str, object]) -> str | None:
    """Return what a theme's file shows that is known by its name; None for any other.

    A gallery, whose pictures the front matter names, is noted and its caption stays; a table of contents is for the site.
    """
    if _GALLERY.fullmatch(name):
        return figure("gallery", "", str(given.get("caption", "")))
    return "" if _TOC.fullmatch(name) else None


def _has_text(source: str) -> bool:
    """Tell whether a file may hold something for readers; a script or an advertisement need not even be evaluated."""
    return bool(_HAS_EFFECT.search(source) or _NO_TEXT.sub("", source).strip())


def _included(name: str, source: str, parameters: dict[str, object], context: RenderContext, token: Token) -> str:
    environment = cast("_Environment", context.env)
    evaluation = environment.evaluation
    evaluation.inclusions += 1
    if evaluation.inclusions > _MOST_INCLUSIONS:
        raise ResourceLimitError(f"more than {_MOST_INCLUSIONS} files are included", token=token)
    try:
        with (
            environment.included(name, token.start_index),
            context.extend({"include": parameters} if parameters else {}),
        ):
            if source not in evaluation.templates:
                evaluation.templates[source] = environment.from_string(source)
            return _written(evaluation.templates[source], environment, context)
    except ResourceLimitError as error:
        error.token = token  # the reader of the message has the post before him, not the included file
        raise


def _written(template: BoundTemplate, environment: _Environment, context: RenderContext) -> str:
    return "".join(environment.render_node(node, context) for node in template.nodes)


INCLUDES: tuple[type[Tag], ...] = (Include, IncludeCached, IncludeRelative)
