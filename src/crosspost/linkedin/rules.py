"""What each error answer to a create proves, and what to do. A table; the first rule that fits wins.

Source: the error tables of LinkedIn's Posts API, Error handling and UGC Post API pages, and bodies recorded or
reported by users. `docs/linkedin-answers.md` shows the same table to readers; a test compares them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from crosspost.linkedin.versions import NEWEST_KNOWN_VERSION
from crosspost.model import Failure

if TYPE_CHECKING:
    from collections.abc import Container

    from crosspost.linkedin.body import Said


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One kind of answer.

    Attributes:
        answer: What LinkedIn answers, for the documentation.
        status: HTTP status codes.
        codes: Any of these codes in the body makes the rule fit.
        text: Or this in the message; a rule with neither fits every body.
        failure: None where the post may exist.
        credentials: True where the token is at fault.
        uploads: See `Rejected.uploads`.
        what: What happened; `{status}` and `{said}` (the server's words) are filled in.
        fix: What the reader can do.
    """

    answer: str
    status: Container[int]
    codes: frozenset[str] = frozenset()
    text: re.Pattern[str] | None = None
    failure: Failure | None
    credentials: bool = False
    uploads: Literal["waiting", "unusable"] | None = None
    what: str
    fix: str

    def fits(self, status: int, said: Said) -> bool:
        """Tell whether an answer is of this kind."""
        if status not in self.status:
            return False
        if not self.codes and self.text is None:
            return True
        return bool(self.codes & said.codes or (self.text and self.text.search(said.message)))


_ANY_4XX = range(400, 500)
_LOGIN = "run 'crosspost auth login', or set LINKEDIN_ACCESS_TOKEN to a new token"
_EDIT = "change the post, then run 'crosspost publish POST'"
LOOK = (
    "look at your recent posts on LinkedIn, then run 'crosspost resolve POST --url URL' "
    "or 'crosspost resolve POST --not-posted'"
)
_NO_VERSION = "LinkedIn does not serve this API version any more ({said})"
_RAISE_VERSION = (
    f"set linkedin.api_version to {NEWEST_KNOWN_VERSION}, or to a later one from LinkedIn's page Versioning"
)
_DEFECT = "run again with --verbose and report the answer as a defect of crosspost"

# 409 until October 2020, 422 since.
DUPLICATE = Rule(
    answer="422 `DUPLICATE_POST`",
    status=_ANY_4XX,
    codes=frozenset({"DUPLICATE_POST"}),
    text=re.compile(r"Content is a duplicate of", re.IGNORECASE),
    failure=None,
    what="LinkedIn says that it already has this text ({said})",
    fix=LOOK,
)

RULES: tuple[Rule, ...] = (
    DUPLICATE,  # first, for the twin may be the post of an earlier attempt
    Rule(
        answer="408, 409",
        status={408, 409},
        failure=None,
        what="LinkedIn broke off without a verdict ({status}; {said})",
        fix=LOOK,
    ),
    Rule(
        # One team met this text under another status than 426: any refusal that says it counts.
        answer="`NONEXISTENT_VERSION` under any 4xx",
        status=_ANY_4XX,
        codes=frozenset({"NONEXISTENT_VERSION"}),
        text=re.compile(r"Requested version \d+ is not active", re.IGNORECASE),
        failure=Failure.DENIED,
        what=_NO_VERSION,
        fix=_RAISE_VERSION,
    ),
    Rule(answer="426", status={426}, failure=Failure.DENIED, what=_NO_VERSION, fix=_RAISE_VERSION),
    Rule(
        answer="400 `VERSION_MISSING`",
        status={400},
        codes=frozenset({"VERSION_MISSING"}),
        failure=Failure.DENIED,
        what="LinkedIn did not see the API version that was sent",
        fix="check whether a proxy removes the LinkedIn-Version header; if none does, " + _DEFECT,
    ),
    Rule(
        answer="400 `FIELD_ARRAY_SIZE_TOO_HIGH`, `FIELD_LENGTH_TOO_LONG`",
        status={400, 422},
        codes=frozenset({"FIELD_ARRAY_SIZE_TOO_HIGH", "FIELD_LENGTH_TOO_LONG"}),
        failure=Failure.REFUSED,
        what="the post is too long for LinkedIn ({said})",
        fix="shorten it, give it an excerpt, or lower text.limit; then run 'crosspost publish POST'",
    ),
    Rule(
        answer="400 `MEDIA_ASSET_WAITING_UPLOAD`",
        status={400},
        codes=frozenset({"MEDIA_ASSET_WAITING_UPLOAD"}),
        failure=Failure.NOT_SENT,
        uploads="waiting",
        what="LinkedIn is still processing an uploaded file",
        fix="run crosspost again in a minute",
    ),
    Rule(
        answer="400 `MEDIA_ASSET_PROCESSING_FAILED`, `EXPIRED_UPLOAD_URL`",
        status={400},
        codes=frozenset({"MEDIA_ASSET_PROCESSING_FAILED", "EXPIRED_UPLOAD_URL"}),
        failure=Failure.NOT_SENT,
        uploads="unusable",
        what="LinkedIn could not use an uploaded file ({said})",
        fix="run crosspost again: it uploads the file anew; if that repeats, use another file",
    ),
    Rule(
        answer="400, 403 or 422 about `/author`",
        status={400, 403, 422},
        text=re.compile(r"\[/author\]|:: /author ::"),
        failure=Failure.DENIED,
        what="LinkedIn does not let this token post as this author",
        fix="set linkedin.author to the member who signed in or to a Page that member administers, or sign in again",
    ),
    Rule(
        # An upload on record that LinkedIn no longer has: it is worth another one.
        answer="400 `INVALID_IMAGE_ID`, `INVALID_URN_ID`",
        status={400, 422},
        codes=frozenset({"INVALID_IMAGE_ID", "INVALID_URN_ID"}),
        failure=Failure.REFUSED,
        uploads="unusable",
        what="LinkedIn does not accept a value of the post ({said})",
        fix=f"{_EDIT}; if nothing is wrong with it, {_DEFECT}",
    ),
    Rule(
        answer="400 `MISSING_FIELD`, `INVALID_…`",
        status={400, 422},
        codes=frozenset(
            {
                "MISSING_FIELD",
                "INVALID_URN_TYPE",
                "INVALID_VALUE_FOR_FIELD",
                "INVALID_VALUE_BLANK_FIELD",
            }
        ),
        failure=Failure.REFUSED,
        what="LinkedIn does not accept a value of the post ({said})",
        fix=f"{_EDIT}; if nothing is wrong with it, {_DEFECT}",
    ),
    Rule(
        answer="401 65600 `INVALID_ACCESS_TOKEN`",
        status={401},
        codes=frozenset({"65600", "INVALID_ACCESS_TOKEN"}),
        failure=Failure.DENIED,
        credentials=True,
        what="LinkedIn does not know the access token",
        fix=_LOGIN,
    ),
    Rule(
        answer="401 65601 `REVOKED_ACCESS_TOKEN`",
        status={401},
        codes=frozenset({"65601", "REVOKED_ACCESS_TOKEN"}),
        failure=Failure.DENIED,
        credentials=True,
        what="the access token was revoked",
        fix=f"{_LOGIN}; if it was made a moment ago, wait some seconds and run again",
    ),
    Rule(
        answer="401 65602 `EXPIRED_ACCESS_TOKEN`",
        status={401},
        codes=frozenset({"65602", "EXPIRED_ACCESS_TOKEN"}),
        failure=Failure.DENIED,
        credentials=True,
        what="the access token has expired (LinkedIn's tokens live 60 days)",
        fix=_LOGIN,
    ),
    Rule(
        answer="401, anything else (`EMPTY_ACCESS_TOKEN`)",
        status={401},
        failure=Failure.DENIED,
        credentials=True,
        what="LinkedIn does not accept the access token ({said})",
        fix=_LOGIN,
    ),
    Rule(
        answer="403 Not enough permissions",
        status={403},
        text=re.compile(r"Not enough permissions to access", re.IGNORECASE),
        failure=Failure.DENIED,
        what="the token may not post for this author ({said})",
        fix=(
            "as a member: add the product 'Share on LinkedIn' to the app and sign in again; "
            "as a Page: the app needs the Community Management API and the member the role of an administrator of the Page"
        ),
    ),
    Rule(
        # One post with an unusual field must not stop the others: not DENIED.
        answer="403 Unpermitted fields",
        status={403},
        text=re.compile(r"Unpermitted fields present", re.IGNORECASE),
        failure=Failure.REFUSED,
        what="LinkedIn does not permit a field of the post to this app ({said})",
        fix="set card.kind to none if the field is /content, then run 'crosspost publish POST'; else " + _DEFECT,
    ),
    Rule(
        answer="403, anything else",
        status={403},
        failure=Failure.DENIED,
        what="LinkedIn refused access ({said})",
        fix="check the app's products, the author, and any proxy on the way; then run again",
    ),
    Rule(
        answer="404, 405, 410",
        status={404, 405, 410},
        failure=Failure.DENIED,
        what="there is nothing that takes posts at this address ({status}; {said})",
        fix="check linkedin.api_url and linkedin.author",
    ),
    Rule(
        answer="407",
        status={407},
        failure=Failure.DENIED,
        what="the proxy wants a user name and password",
        fix="put them into HTTPS_PROXY, or exclude api.linkedin.com in NO_PROXY",
    ),
    Rule(
        answer="413, 415",
        status={413, 415},
        failure=Failure.REFUSED,
        what="LinkedIn does not take a file or text of this size or type ({status}; {said})",
        fix=_EDIT,
    ),
    Rule(
        answer="429",
        status={429},
        failure=Failure.THROTTLED,
        what="LinkedIn's limit for requests is reached ({said})",
        fix="run again later; a member has 150 requests a day, counted from 00:00 UTC",
    ),
    Rule(
        answer="400, 422 and every other 4xx",
        status=_ANY_4XX,
        failure=Failure.REFUSED,
        what="LinkedIn refused the post ({status}; {said})",
        fix=f"{_EDIT}; if nothing is wrong with it, {_DEFECT}",
    ),
    Rule(
        answer="5xx",
        status=range(500, 600),
        failure=None,
        what="LinkedIn had an error of its own ({status}; {said})",
        fix=LOOK,
    ),
    Rule(
        answer="3xx",
        status=range(300, 400),
        failure=None,
        what="the answer was a redirect ({status}), which is never followed with a post",
        fix=f"check linkedin.api_url; {LOOK}",
    ),
)

ANYTHING_ELSE = Rule(
    answer="1xx, any 2xx but 201, and what is no HTTP status",
    status=range(1_000_000),
    failure=None,
    what="LinkedIn gave an answer that means nothing for a post ({status}; {said})",
    fix=LOOK,
)


def rule_for(status: int, said: Said) -> Rule:
    """Return the rule for an answer other than 201."""
    return next((rule for rule in RULES if rule.fits(status, said)), ANYTHING_ELSE)


def is_dead_version(status: int, said: Said) -> bool:
    """Tell whether LinkedIn refused the API version; it does so before anything else is looked at."""
    return rule_for(status, said).what is _NO_VERSION
