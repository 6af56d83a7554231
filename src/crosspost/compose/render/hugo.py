"""Hugo's shortcodes, as far as what they show needs no Hugo: `{{< figure … >}}`, `{{% notice %}}…{{% /notice %}}`.

Sources: Hugo's documentation, "Shortcodes" and "Embedded shortcodes". They become HTML or Markdown in place, each on as
many lines as before, so that what is found later has its line. What is not read here stays, and is an error of Liquid.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from crosspost.compose.render.links import VIDEO_PAGES
from crosspost.compose.render.markup import figure, player

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from crosspost.model import Site

# What Liquid shows as it stands, or a shortcode: an escaped one, one that ends, any other.
_SHORTCODE = re.compile(
    r"\{%-?\s*raw\s*-?%\}.*?\{%-?\s*endraw\s*-?%\}"
    r"|\{\{(?P<sign>[<%])(?P<escaped>/\*)?\s*(?P<end>/)?\s*(?P<name>[\w./-]*)(?P<given>[^{}]*?)\s*(?:\*/)?[>%]\}\}",
    re.DOTALL,
)
_ARGUMENT = re.compile(r"""(?:(?P<key>[\w-]+)=)?(?:"(?P<double>[^"]*)"|`(?P<raw>[^`]*)`|(?P<bare>[^\s"`=]+))""")
_CODE = frozenset({"highlight", "code"})
_TWEETS = frozenset({"x", "tweet", "twitter"})
_DIAGRAMS = frozenset({"mermaid", "plantuml"})
_POST = re.compile(r"(?:.*/)?(?P<name>[^/]+?)(?:/index)?(?:\.\w+)?/?(?P<part>#.*)?")
_DATED = re.compile(r"\d{4}-\d\d?-\d\d?-")


def without_shortcodes(body: str, site: Site) -> str:
    """Return the body of a post with the shortcodes as what they show.

    >>> from crosspost.model import Site
    >>> without_shortcodes('{{% note %}}Save *first*.{{% /note %}} {{< x >}} {{</* y */>}}', Site())
    'Save *first*. {{< x >}} {% raw %}{{< y >}}{% endraw %}'
    """
    found = [match for match in _SHORTCODE.finditer(body) if match["sign"]]
    pairs = _pairs(found)
    parts: list[str] = []
    position = 0
    for start, end, new in _edits(found, pairs, body, site):
        if start < position:  # in code
            continue
        parts += [body[position:start], new, "\n" * (body.count("\n", start, end) - new.count("\n"))]
        position = end
    return "".join((*parts, body[position:]))


def _pairs(found: Sequence[re.Match[str]]) -> Mapping[re.Match[str], re.Match[str]]:
    """Return what ends each shortcode that is ended, by what begins it."""
    opened: dict[str, list[re.Match[str]]] = {}
    pairs: dict[re.Match[str], re.Match[str]] = {}
    for match in found:
        if match["escaped"]:
            continue
        if not match["end"]:
            opened.setdefault(match["name"], []).append(match)
        elif waiting := opened.get(match["name"]):
            pairs[waiting.pop()] = match
    return pairs


def _edits(
    found: Sequence[re.Match[str]], pairs: Mapping[re.Match[str], re.Match[str]], body: str, site: Site
) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and what stands there then."""
    ends = {*pairs.values()}
    for match in found:
        start, end = match.span()
        if match["escaped"]:
            sign = match["sign"]
            inner = f"{match['end'] or ''}{match['name']}{match['given']}".strip()
            yield start, end, f"{{% raw %}}{{{{{sign} {inner} {sign.replace('<', '>')}}}}}{{% endraw %}}"
        elif closing := pairs.get(match):
            if whole := _verbatim(match["name"], body[end : closing.start()]):
                yield start, closing.end(), whole
            else:
                yield start, end, _title(_arguments(match["given"]))
        elif match in ends:
            yield start, end, ""
        elif (shown := _shown(match["name"], _arguments(match["given"]), site)) is not None:
            yield start, end, shown


def _arguments(given: str) -> dict[str, str]:
    """Return what is given to a shortcode by name, or by position from "0" on."""
    named: dict[str, str] = {}
    for number, match in enumerate(_ARGUMENT.finditer(given)):
        value = next((text for text in match.group("double", "raw", "bare") if text is not None), "")
        named[match["key"] or str(number)] = value
    return named


def _verbatim(name: str, content: str) -> str:
    if name in _CODE:
        return f"<pre>{{% raw %}}{escape(content, quote=False)}{{% endraw %}}</pre>"
    if name in _DIAGRAMS:
        return f'<pre class="{name}">{{% raw %}}{escape(content, quote=False)}{{% endraw %}}</pre>'
    return ""


def _title(given: Mapping[str, str]) -> str:
    """Return the title of a notice, or the summary of what is folded; without a name it is the one with a blank."""
    named = (given.get(key, "") for key in ("title", "summary", "header", "label"))
    return next(filter(None, named), "") or next(
        (value for key, value in given.items() if key.isdecimal() and " " in value), ""
    )


def _shown(name: str, given: Mapping[str, str], site: Site) -> str | None:
    """Return what a shortcode without an end shows; None where only Hugo knows."""
    if name == "figure":
        return _figure(given)
    if name in {"ref", "relref"}:
        return _address(given.get("path") or given.get("0", ""), site)
    address = _embedded(name, given)
    return player(address) if address else None


def _embedded(name: str, given: Mapping[str, str]) -> str:
    """Return where people see what a shortcode embeds; empty where that is not known."""
    first, second = given.get("0", ""), given.get("1", "")
    number = given.get("id") or first
    if first.startswith(("https://", "http://")):  # Quarto's `video`
        return first
    if name in VIDEO_PAGES and number:
        return VIDEO_PAGES[name].format(number)
    if name == "gist" and first and second:
        return f"https://gist.github.com/{first}/{second}"
    if name in _TWEETS and given.get("user") and number:
        return f"https://twitter.com/{given['user']}/status/{number}"
    return ""


def _figure(given: Mapping[str, str]) -> str:
    caption = " – ".join(given[key] for key in ("title", "caption", "attr") if given.get(key))
    return figure(given.get("src", ""), given.get("alt", ""), caption)


def _address(path: str, site: Site) -> str | None:
    """Return the address of the post with that file name, with its date or without."""
    if not (match := _POST.fullmatch(path)) or path.startswith("#"):
        return path if path.startswith("#") else None
    for name, address in site.post_urls.items():
        if match["name"] in (name, _DATED.sub("", name, count=1)):
            return f"{address}{match['part'] or ''}"
    return None
