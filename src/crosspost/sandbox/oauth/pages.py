"""The two pages of signing in: the consent, and LinkedIn's own page for a wrong request."""

from __future__ import annotations

from html import escape
from types import MappingProxyType
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crosspost.sandbox.page import page

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crosspost.sandbox.messages import Response
    from crosspost.sandbox.oauth.codes import Authorization
    from crosspost.sandbox.tokens import Member

SUBMIT = "/oauth/v2/authorization-submit"
_MEANINGS: Mapping[str, str] = MappingProxyType(
    {
        "openid": "Know who you are",
        "profile": "Use your name and photo",
        "email": "Use your primary e-mail address",
        "w_member_social": "Create, change and delete posts on your behalf",
        "r_member_social": "Read your posts",
        "w_organization_social": "Create, change and delete posts of your organizations",
        "r_organization_social": "Read posts of your organizations",
        "w_member_social_feed": "Comment and react on your behalf",
        "w_organization_social_feed": "Comment and react as your organizations",
    }
)


def consent(authorization: Authorization, handle: str, *, client_id: str, member: Member) -> Response:
    """Ask the member: all of it or nothing. The form leads back here and on to the app."""
    scopes = "".join(
        f"<li>{escape(_MEANINGS.get(scope, scope))} <code>{escape(scope)}</code></li>" for scope in authorization.scopes
    )
    parts = urlsplit(authorization.redirect_uri)
    origin = f"{parts.scheme}://{parts.netloc}"
    content = f"""<section class="consent">
<h1>Sign in</h1>
<p><strong>{escape(client_id)}</strong> would like to act for <strong dir="auto">{escape(member.name)}</strong>:</p>
<ul>{scopes}</ul>
<form method="post" action="{SUBMIT}">
<input type="hidden" name="consent" value="{escape(handle)}">
<button name="decision" value="cancel">Cancel</button>
<button name="decision" value="allow" class="primary">Allow</button>
</form>
<p class="fine">You are then sent to <code>{escape(origin)}</code>.</p>
</section>"""
    return page("Sign in · crosspost sandbox", content, form_action=f"'self' {origin}")


def refusal(what: str) -> Response:
    """Say what is wrong with the request; the app is not told (400 in the current documentation, 401 in older copies)."""
    content = f"""<section class="consent"><h1>This does not work</h1>
<p role="alert">{escape(what)}</p>
<p class="fine">The app that sent you here has to correct its request. Nothing was allowed.</p></section>"""
    return page("Error · crosspost sandbox", content, status=400)
