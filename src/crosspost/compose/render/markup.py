"""HTML for what other programs would show, which means the same in Markdown and in HTML posts."""

from __future__ import annotations

from html import escape


def player(address: str) -> str:
    """Return what embeds a page or plays a video.

    >>> player("https://example.org/?a&b")
    '<iframe src="https://example.org/?a&amp;b"></iframe>'
    """
    return f'<iframe src="{escape(address)}"></iframe>'


def picture(src: str, alt: str = "") -> str:
    """Return a picture.

    >>> picture("a.png", "A & B")
    '<img src="a.png" alt="A &amp; B">'
    """
    return f'<img src="{escape(src)}" alt="{escape(alt)}">'


def figure(src: str, alt: str, caption: str) -> str:
    """Return a picture with its caption, which is Markdown."""
    return f'<figure>{picture(src, alt)}<figcaption markdown="span">{caption}</figcaption></figure>'
