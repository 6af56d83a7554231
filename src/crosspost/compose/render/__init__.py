"""A post's body as the plain text that LinkedIn shows.

One direction: Liquid → kramdown's extras → Markdown and HTML to one tree → blocks of text. The rules, each with its
reason and an example that is also a test, are in docs/markdown.md.
"""

from crosspost.compose.render.document import render
from crosspost.compose.render.rendered import Block, Note, Rendered

__all__ = ["Block", "Note", "Rendered", "render"]
