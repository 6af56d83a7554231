"""A local server that behaves like the LinkedIn API; shares no code with the client.

It is written from LinkedIn's documentation and recorded answers alone, so that one misreading is not made twice.

    server        `Sandbox`: start, stop, look inside
    world         everything it holds; `routes`: which address is answered by what
    connection    the HTTP side: reads requests, and writes, delays, cuts or drops answers
    faults        what goes wrong on demand, at exact points
    messages      requests and answers as values; `journal`: what was asked

    guard         what each request passes first; `checks`, `quota`, `tokens`, `versions`
    api           posts; `schema`, `body`, `content`, `content_values`: what their JSON must be
    posts         those that are there; `post_reading`: as a read returns them
    little_text   the grammar of a post's text
    social        comments; `comments`: those that are there
    media         images, documents and videos
    oauth         signing in
    answers       what LinkedIn says, word for word

    feed          the pages to look at; `page`, `card`, `attachments`, `reading`
    admin         the sandbox's own addresses
"""

from crosspost.sandbox.server import Sandbox
from crosspost.sandbox.tokens import DEMO_TOKEN, Member, Token

__all__ = ["DEMO_TOKEN", "Member", "Sandbox", "Token"]
