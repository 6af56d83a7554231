"""A local server that behaves like the LinkedIn API; shares no code with the client.

It is written from LinkedIn's documentation and recorded answers alone, so that one misreading is not made twice.
"""

from crosspost.sandbox.server import Sandbox
from crosspost.sandbox.tokens import DEMO_TOKEN, Member, Token

__all__ = ["DEMO_TOKEN", "Member", "Sandbox", "Token"]
