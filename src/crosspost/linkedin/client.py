"""`LinkedInPublisher`: LinkedIn, or a sandbox that behaves like it, as the use cases see it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from crosspost.errors import CredentialsError, Problem, SettingsError
from crosspost.linkedin import losses, wire
from crosspost.linkedin.answers import classify
from crosspost.linkedin.author import author_urn, member_urn
from crosspost.linkedin.body import words
from crosspost.linkedin.endpoint import endpoint_problem, on_this_machine
from crosspost.linkedin.exchange import Reply, Request, Silence, exchange
from crosspost.linkedin.redact import Redactor
from crosspost.model import Answer, Failure, Prepared, Rejected, Unclear

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

    from crosspost.model import Draft
    from crosspost.ports import Clock

_SENDABLE = re.compile(r"[\x21-\x7e]+")  # what a header can carry without a break (RFC 9110, section 5.5)
_BACKOFF = (1, 2, 4)  # seconds between repeats of a call that changes nothing


class LinkedInPublisher:
    """Satisfies `ports.Publisher`.

    Every request has a connection of its own, so that none can fail because a kept one went stale after the bytes left.

    Args:
        api_url: `https://api.linkedin.com`, or a sandbox on this machine. The token goes to no other host.
        api_version: YYYYMM.
        token: Gives the access token; asked for each request, so that a renewed one is used.
        author: URN or bare member id; empty for whoever the token belongs to.
        timeout: Seconds for one whole request.
        clock: For the pauses between repeats, and the moment of an answer.
        transport: Instead of the network, for tests.

    Raises:
        SettingsError: `api_url`, `api_version`, `author` or `timeout` cannot be used; names all of them.
    """

    def __init__(
        self,
        *,
        api_url: str,
        api_version: str,
        token: Callable[[], str],
        author: str,
        timeout: float,
        clock: Clock,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        if problems := _problems(api_url, api_version, author, timeout):
            raise SettingsError(*problems)
        self._api_url = api_url.strip().rstrip("/")
        self._api_version = api_version
        self._token = token
        self._author = author_urn(author) if author.strip() else None
        self._timeout = timeout
        self._clock = clock
        self._transport = transport

    def author(self) -> str | Rejected:
        """Return the URN to post as. Asked of LinkedIn at most once; repeated where LinkedIn or the network is down."""
        for pause in _BACKOFF:
            answer = self._ask_author()
            if not _passes(answer):
                break
            self._clock.sleep(pause)
        else:
            answer = self._ask_author()
        if isinstance(answer, str):
            self._author = answer
        return _surely_nothing(answer)

    def prepare(self, draft: Draft, author: str) -> Prepared:
        """Build the request; nothing is sent.

        Raises:
            CrosspostError: The text cannot be encoded.
        """
        body = wire.create_body(draft, author)
        return Prepared(author=author, body=body, digest=hashlib.sha256(body).hexdigest())

    def send(self, prepared: Prepared) -> Answer:
        """Send once. The answer says what it proves; no exception that the network or LinkedIn can cause."""
        outcome = self._call("POST", "/rest/posts", self._api_version, prepared.body)
        return self._meaning(outcome) if isinstance(outcome, Reply) else outcome

    def _ask_author(self) -> str | Rejected | Unclear:
        if self._author:
            return self._author
        outcome = self._call("GET", "/v2/userinfo")
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

    def _call(
        self, method: str, path: str, api_version: str | None = None, content: bytes | None = None
    ) -> Reply | Rejected | Unclear:
        """Make one request. Whatever comes back carries no token, not even where the server repeats it."""
        try:
            token = self._token()
        except CredentialsError as error:
            return losses.no_token(error.problem)
        if not _SENDABLE.fullmatch(token):
            return losses.no_token(_BAD_TOKEN)
        try:
            client = self._client()
        except Exception as error:  # noqa: BLE001 httpx raises what it meets: ValueError, OSError, ImportError, ssl.SSLError
            return losses.no_client(error)
        request = Request(
            method=method, url=self._api_url + path, headers=wire.headers(token, api_version), content=content
        )
        return self._without(token, exchange(client, request, self._timeout))

    def _client(self) -> httpx.Client:
        """Return a client for one request. The environment's proxies count, except for this machine itself."""
        import httpx  # noqa: PLC0415 lazy: half of the time of a command that never asks LinkedIn

        return httpx.Client(
            transport=self._transport,
            # Our own deadline comes first, except for connecting: one address that swallows everything leaves time for the next.
            timeout=httpx.Timeout(self._timeout + 1, connect=self._timeout / 3),
            trust_env=not on_this_machine(self._api_url),
        )

    def _without(self, token: str, outcome: Reply | Silence) -> Reply | Rejected | Unclear:
        redact = Redactor(token)
        if isinstance(outcome, Reply):
            headers = {name: redact(value) for name, value in outcome.headers.items()}
            return Reply(status=outcome.status, headers=headers, body=redact.in_bytes(outcome.body))
        tell = losses.lost if outcome.left else losses.not_sent
        if outcome.cause is None:
            return tell(f"no answer within {self._timeout:g} seconds", None)
        kind, said = type(outcome.cause).__name__, words(redact(str(outcome.cause)), 200)
        return tell(said or kind, f"{kind}: {said}")


_NO_MEMBER = Problem(
    what="LinkedIn does not say which member the token belongs to",
    linkedin_has="nothing was sent",
    fix="set linkedin.author, or add the product 'Sign In with LinkedIn using OpenID Connect' to the app and sign in again",
)
_BAD_TOKEN = Problem(
    what="the access token is empty or has characters that no token has",
    linkedin_has="nothing was sent",
    fix="set LINKEDIN_ACCESS_TOKEN to the token alone, or run 'crosspost auth login'",
)


def _problems(api_url: str, api_version: str, author: str, timeout: float) -> list[Problem]:
    """Return everything that keeps these settings from being used."""
    found = [endpoint_problem(api_url)]
    if not wire.is_version(api_version):
        found.append(
            Problem(
                what=f"linkedin.api_version is {api_version!r}, which is no year and month",
                fix=f"set it to {wire.NEWEST_KNOWN_VERSION}",
            )
        )
    if author.strip() and not author_urn(author):
        found.append(
            Problem(
                what=f"linkedin.author is {author!r}, which cannot post",
                fix="set it to urn:li:person:… or urn:li:organization:…, or leave it empty",
            )
        )
    if not 0 < timeout < 86_400:
        found.append(Problem(what=f"linkedin.timeout is {timeout}", fix="set it to a number of seconds, such as 30"))
    return [problem for problem in found if problem]


def _passes(answer: str | Rejected | Unclear) -> bool:
    """Tell whether the same question may get another answer in a moment."""
    return isinstance(answer, Unclear) or (isinstance(answer, Rejected) and answer.failure is Failure.NOT_SENT)


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
