"""The names of HTML's elements. A tag with another name shows nothing in a browser: often it was meant as text.

Source: WHATWG HTML, "Index of elements" and "Non-conforming features"; Chromium's `image` and `blink` complete them.
"""

from __future__ import annotations

_NAMES = """
a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big blink blockquote body br button
canvas caption center cite code col colgroup command content data datalist dd del details dfn dialog dir div dl dt element em
embed fencedframe fieldset figcaption figure font footer form frame frameset geolocation h1 h2 h3 h4 h5 h6 head header hgroup hr
html i iframe image img input ins isindex kbd keygen label legend li link listing main map mark marquee math menu menuitem meta
meter multicol nav nextid nobr noembed noframes noscript object ol optgroup option output p param picture plaintext portal pre
progress q rb rbc rp rt rtc ruby s samp script search section select selectedcontent shadow slot small source spacer span strike
strong style sub summary sup svg table tbody td template textarea tfoot th thead time title tr track tt u ul var video wbr xmp
"""
_KNOWN = frozenset(_NAMES.split())
# kramdown reads these up to their end tag ("HTML Blocks"): an indented line in them is no code.
HTML_GROUPS = frozenset(
    [
        *("div", "section", "article", "aside", "main", "header", "footer", "center", "details", "figure"),
        *("ul", "ol", "table"),
    ]
)
# Attributes that may stand alone (WHATWG HTML, "Attributes" and "Non-conforming features"); others do so beside a value.
_WITHOUT_VALUE = """
allowfullscreen alt async autofocus autoplay border checked class compact contenteditable controls crossorigin data default
defer disabled download draggable formnovalidate hidden id inert ismap itemscope lang loop multiple muted nomodule noresize
noshade novalidate nowrap open playsinline popover readonly required reversed scoped selected style translate value
"""
_ALONE = frozenset(_WITHOUT_VALUE.split())


def is_unknown(name: str, written: str) -> bool:
    """Tell whether no browser knows a tag: neither an element of HTML, nor one that a script may define.

    Such an element has to be closed; what is written like one that is not, and has no attribute, may be a `<your-name>`.
    So may one of HTML's with words in it that are no attributes: `a<b and c>d`.

    >>> [is_unknown(tag.split()[0], f"<{tag}>") for tag in ("action", "string", "em", "amp-img a=b", "o:p", "your-name")]
    [True, True, False, False, False, True]
    >>> [is_unknown(tag.split()[0], f"<{tag}>") for tag in ("b and c", "title of the post", "hr noshade /", "a href=b c")]
    [True, True, False, False]
    """
    if name in _KNOWN:
        return " " in written and "=" not in written and not _ALONE.issuperset(written.lower().strip("</>").split()[1:])
    if ":" in name:
        return False
    return "-" not in name or not written[len(name) + 1 :].strip("> \n")
