"""A comment on a post. Best effort: what it says is never worth a second post.

Sources: Comments API; users' reports of 403 on the versioned route for self-serve apps, of the unversioned one that works,
and of 404 "Unable to obtain activity" for up to 30 seconds after the post.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from crosspost.linkedin.answers import classify
from crosspost.linkedin.exchange import Reply

if TYPE_CHECKING:
    from crosspost.errors import Problem
    from crosspost.linkedin.calls import Calls
    from crosspost.model import Rejected, Unclear

_PAUSES = (1, 2, 4, 8, 15)  # until a new post has its activity: 30 seconds together


@dataclass(frozen=True, slots=True)
class Comments:
    """Comments on posts.

    Attributes:
        calls: To the API.
        unversioned: Try `/v2` where the versioned route is closed to the app. Undocumented, may vanish.
    """

    calls: Calls
    unversioned: bool

    def add(self, post: str, author: str, text: str) -> Problem | None:
        """Comment on a post. Return why there is no comment, or may be none; None where there is one."""
        outcome = self._patiently(post, author, text, versioned=True)
        if self.unversioned and isinstance(outcome, Reply) and outcome.status == 403:
            outcome = self._patiently(post, author, text, versioned=False)
        if not isinstance(outcome, Reply):
            return outcome.problem
        if outcome.status == 201:
            return None
        meaning = classify(outcome.status, outcome.headers, outcome.body, self.calls.clock.now())
        return getattr(meaning, "problem", None)

    def _patiently(self, post: str, author: str, text: str, *, versioned: bool) -> Reply | Rejected | Unclear:
        """Ask again while LinkedIn does not know the new post; a comment that may have arrived is not sent again."""
        outcome = self._once(post, author, text, versioned=versioned)
        for pause in _PAUSES:
            if not isinstance(outcome, Reply) or outcome.status != 404:
                break
            self.calls.clock.sleep(pause)
            outcome = self._once(post, author, text, versioned=versioned)
        return outcome

    def _once(self, post: str, author: str, text: str, *, versioned: bool) -> Reply | Rejected | Unclear:
        path = f"/{'rest' if versioned else 'v2'}/socialActions/{quote(post, safe='')}/comments"
        body = comment_body(post, author, text)
        return self.calls.once("POST", path, body, versioned=versioned, more={"Content-Type": "application/json"})


def comment_body(post: str, author: str, text: str) -> bytes:
    """Return the request for a comment; its text is plain, little text does not apply (Comments API).

    >>> comment_body("urn:li:share:1", "urn:li:person:x", "a (b)")
    b'{"actor":"urn:li:person:x","object":"urn:li:share:1","message":{"text":"a (b)"}}'
    """
    fields = {"actor": author, "object": post, "message": {"text": text}}
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
