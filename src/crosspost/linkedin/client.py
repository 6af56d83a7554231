"""`LinkedInPublisher`: LinkedIn, or a sandbox that behaves like it, as the use cases see it."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import quote

from crosspost.errors import CrosspostError, Problem, SettingsError
from crosspost.linkedin import wire
from crosspost.linkedin.answers import classify
from crosspost.linkedin.author import author_urn, member_urn
from crosspost.linkedin.calls import Calls
from crosspost.linkedin.exchange import Reply
from crosspost.linkedin.fitness import unfit
from crosspost.model import Answer, Change, Failure, Prepared, Rejected, Unclear

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import httpx

    from crosspost.linkedin.uploads import Uploads
    from crosspost.linkedin.versions import ApiVersion
    from crosspost.model import Attachment, Draft, Listed
    from crosspost.ports import Clock, Files, UploadRecords

_NEWEST = 50  # posts that are looked through for one that may have arrived


class LinkedInPublisher:
    """Satisfies `ports.Publisher`.

    Args:
        api_url: `https://api.linkedin.com`, or a sandbox on this machine. The token goes to no other host.
        api_version: Which version is sent.
        token: Gives the access token; asked for each request, so that a renewed one is used.
        author: URN or bare member id; empty for whoever the token belongs to.
        timeout: Seconds for one whole request.
        clock: For the pauses between repeats, and the moment of an answer.
        files: Where the files are that drafts need; None for one that sends none.
        uploads: What LinkedIn has already; as `files`.
        comment_fallback: Comment by the undocumented `/v2` route where the versioned one is closed to the app.
        transport: Instead of the network, for tests.

    Raises:
        SettingsError: `api_url`, `api_version`, `author` or `timeout` cannot be used; names all of them.
    """

    def __init__(
        self,
        *,
        api_url: str,
        api_version: ApiVersion,
        token: Callable[[], str],
        author: str,
        timeout: float,
        clock: Clock,
        files: Files | None = None,
        uploads: UploadRecords | None = None,
        comment_fallback: bool = False,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        if problems := unfit(api_url, api_version, author, timeout):
            raise SettingsError(*problems)
        self._author = author_urn(author) if author.strip() else None
        self._clock = clock
        self._calls = Calls(
            api_url=api_url.strip().rstrip("/"),
            version=api_version,
            token=token,
            timeout=timeout,
            clock=clock,
            transport=transport,
        )
        self._files = files
        self._records = uploads
        self._comment_fallback = comment_fallback

    def author(self) -> str | Rejected:
        """Return the URN to post as. Asked of LinkedIn at most once; repeated where LinkedIn or the network is down."""
        answer = self._ask_author()
        if isinstance(answer, str):
            self._author = answer
        return _surely_nothing(answer)

    def prepare(self, draft: Draft, author: str, *, renew: bool = False) -> Prepared | Rejected:
        """Bring the files of the draft to LinkedIn and build the request; nothing is published."""
        urns: Mapping[Attachment, str] | Rejected = {}
        if draft.attachments:
            urns = self._uploads.bring(draft.post, draft.attachments, author, renew=renew)
        if isinstance(urns, Rejected):
            return urns
        try:
            body = wire.create_body(draft, author, urns)
        except CrosspostError as error:
            return Rejected(failure=Failure.REFUSED, problem=error.problem)
        return Prepared(author=author, body=body, digest=hashlib.sha256(body).hexdigest())

    def send(self, prepared: Prepared) -> Answer:
        """Send once. The answer says what it proves; no exception that the network or LinkedIn can cause."""
        outcome = self._calls.once("POST", "/rest/posts", prepared.body)
        return self._meaning(outcome) if isinstance(outcome, Reply) else outcome

    def recent(self, author: str) -> tuple[Listed, ...] | None:
        """Return the author's newest posts; None where they cannot be seen: a self-serve app is answered 403 (observed)."""
        from crosspost.linkedin.listing import listed  # noqa: PLC0415 lazy: most runs post and do no more

        path = f"/rest/posts?q=author&author={quote(author, safe='')}&count={_NEWEST}"
        outcome = self._calls.once("GET", path, more={"X-RestLi-Method": "FINDER"})
        return listed(outcome.body) if isinstance(outcome, Reply) and outcome.status == 200 else None

    def comment(self, urn: str, author: str, text: str) -> Problem | None:
        """Comment on a post. Return why there is no comment or may be none."""
        from crosspost.linkedin.comments import Comments  # noqa: PLC0415 see above

        return Comments(self._calls, unversioned=self._comment_fallback).add(urn, author, text)

    def edit(self, urn: str, draft: Draft) -> Change:
        """Give a post the text of `draft`; repeated where no answer came, since it comes to the same."""
        from crosspost.linkedin.changes import edited  # noqa: PLC0415 see above

        body, more = wire.edit_body(draft), {"X-RestLi-Method": "PARTIAL_UPDATE"}
        outcome = self._calls.repeated(lambda: self._calls.once("POST", wire.post_path(urn), body, more=more))
        return edited(outcome, urn, self._clock.now())

    def delete(self, urn: str) -> Change:
        """Delete a post; one that is gone already counts as done. Repeated where no answer came."""
        from crosspost.linkedin.changes import deleted  # noqa: PLC0415 see above

        more = {"X-RestLi-Method": "DELETE"}
        outcome = self._calls.repeated(lambda: self._calls.once("DELETE", wire.post_path(urn), more=more))
        return deleted(outcome, urn, self._clock.now())

    def access(self) -> Change:
        """Ask whether a post could be created now, with a create that has an author and nothing else: nothing can come of it.

        Token, product and version are looked at before the body, so a complaint about what is missing in it says that they
        are in order; and that the author is, as far as LinkedIn looks at that first.
        """
        from crosspost.linkedin.changes import complained  # noqa: PLC0415 see above

        outcome: Reply | Rejected | Unclear
        if isinstance(author := self.author(), Rejected):
            outcome = author
        else:
            outcome = self._calls.repeated(lambda: self._calls.once("POST", "/rest/posts", wire.author_alone(author)))
        return complained(outcome, self._clock.now())

    @cached_property
    def _uploads(self) -> Uploads:
        from crosspost.linkedin.uploads import Uploads  # noqa: PLC0415 lazy: few posts have files

        if not (self._files and self._records):
            raise ValueError("this publisher was made without files")
        return Uploads(calls=self._calls, files=self._files, records=self._records)

    def _ask_author(self) -> str | Rejected | Unclear:
        if self._author:
            return self._author
        outcome = self._calls.repeated(lambda: self._calls.once("GET", "/v2/userinfo", versioned=False))
        if not isinstance(outcome, Reply):
            return outcome
        if outcome.status == 200:
            return member_urn(outcome.body) or Unclear(problem=_NO_MEMBER)
        meaning = self._meaning(outcome)
        if isinstance(meaning, Rejected) and (outcome.status == 403 or meaning.failure is Failure.REFUSED):
            problem = replace(_NO_MEMBER, detail=meaning.problem.detail)  # the table speaks of posts
            return Rejected(failure=Failure.DENIED, problem=problem)
        return meaning if isinstance(meaning, Rejected | Unclear) else Unclear(problem=_NO_MEMBER)

    def _meaning(self, reply: Reply) -> Answer:
        return classify(reply.status, reply.headers, reply.body, self._clock.now())


_NO_MEMBER = Problem(
    what="LinkedIn does not say which member the token belongs to",
    linkedin_has="nothing was sent",
    fix="set linkedin.author, or add the product 'Sign In with LinkedIn using OpenID Connect' to the app and sign in again",
)


def _surely_nothing(answer: str | Rejected | Unclear) -> str | Rejected:
    """Asking publishes nothing, so an answer that never came leaves no doubt about a post."""
    if isinstance(answer, Unclear):
        problem = replace(
            answer.problem,
            what=f"LinkedIn did not say who the token belongs to: {answer.problem.what}",
            linkedin_has="nothing was sent",
            fix="run again later, or set linkedin.author",
        )
        return Rejected(failure=Failure.NOT_SENT, problem=problem)
    return answer
