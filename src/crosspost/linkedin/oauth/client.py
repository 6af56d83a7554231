"""`OAuth`: LinkedIn's authorization server as signing in sees it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from crosspost.errors import CredentialsError, Problem, SettingsError
from crosspost.linkedin import losses
from crosspost.linkedin.body import fields, words
from crosspost.linkedin.endpoint import endpoint_problem, on_this_machine
from crosspost.linkedin.exchange import Reply
from crosspost.linkedin.oauth.grant import Grant, Introspection, grant_from, introspection_from
from crosspost.linkedin.oauth.redirect import RedirectAddress
from crosspost.linkedin.oauth.refusals import refusal_for
from crosspost.linkedin.oauth.transport import ExchangeTransport, authlib_client
from crosspost.linkedin.redact import Redactor

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import httpx

    from crosspost.ports import Clock


@dataclass(frozen=True, slots=True)
class Authorization:
    """One sign-in that was begun.

    Attributes:
        url: The page to open in a browser.
        state: Comes back with the answer.
        verifier: Proves at the end that it was us who began (PKCE, RFC 7636); None in the ordinary flow.
    """

    url: str
    state: str = field(repr=False)
    verifier: str | None = field(repr=False)


class OAuth:
    """Speaks with `linkedin.oauth_url`. Secrets go there alone, over HTTPS or to this machine, and follow no redirect.

    Args:
        oauth_url: `https://www.linkedin.com`, or a sandbox on this machine.
        redirect_uri: Exactly as registered with the app.
        client_id: Of the app.
        client_secret: Of the app; None for a native app (PKCE).
        timeout: Seconds for one whole request.
        clock: For the moment when a token ends.
        hide: Told every secret before it is used, so that logs can hide it.
        transport: Instead of the network, for tests.

    Raises:
        SettingsError: `oauth_url` cannot be used.
    """

    def __init__(
        self,
        *,
        oauth_url: str,
        redirect_uri: str,
        client_id: str,
        client_secret: str | None,
        timeout: float,
        clock: Clock,
        hide: Callable[[str], None] = lambda _secret: None,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        if problem := endpoint_problem(oauth_url, "oauth_url"):
            raise SettingsError(problem)
        self._oauth_url = oauth_url.strip().rstrip("/")
        self.redirect = RedirectAddress.of(redirect_uri)
        self._client_id = client_id
        self._client_secret = client_secret
        self._timeout = timeout
        self._clock = clock
        self._redact = Redactor()
        self._tell = hide
        self._transport = transport
        self._hide(client_secret)

    def authorization(self, scopes: Sequence[str]) -> Authorization:
        """Begin a sign-in. A native app gets the endpoint and the challenge of PKCE."""
        native = self._client_secret is None
        verifier = secrets.token_urlsafe(64) if native else None  # 86 characters; RFC 7636 wants 43 to 128
        state = secrets.token_urlsafe(32)
        self._hide(verifier)
        path = "/oauth/native-pkce/authorization" if native else "/oauth/v2/authorization"
        with self._client(self._wire()) as client:
            url, _ = client.create_authorization_url(
                self._oauth_url + path, state=state, code_verifier=verifier, scope=" ".join(scopes)
            )
        # LinkedIn's page shows %20; "+" for a space belongs to forms, and a plus of a value is %2B here already.
        return Authorization(url.replace("+", "%20"), state, verifier)

    def redeem(self, authorization: Authorization, code: str) -> Grant:
        """Change an authorization code into tokens.

        Raises:
            CredentialsError: LinkedIn did not do it; the problem says what to do.
        """
        self._hide(code)
        proof = {"code_verifier": authorization.verifier} if authorization.verifier else {}
        return self._grant(
            lambda client, url: client.fetch_token(url, grant_type="authorization_code", code=code, **proof)
        )

    def refresh(self, refresh_token: str) -> Grant:
        """Change a refresh token into a new access token.

        Raises:
            CredentialsError: LinkedIn did not do it.
        """
        self._hide(refresh_token)
        return self._grant(lambda client, url: client.refresh_token(url, refresh_token=refresh_token))

    def introspect(self, token: str) -> Introspection:
        """Return what LinkedIn says of a token.

        Raises:
            CredentialsError: It does not say.
        """
        self._hide(token)
        url = self._oauth_url + "/oauth/v2/introspectToken"
        reply = self._ask(lambda client: client.introspect_token(url, token=token))
        found = introspection_from(fields(reply.body)) if reply.status == 200 else None
        if found is None:
            raise self._refused(reply)
        return found

    def revoke(self, token: str) -> None:
        """End a token.

        Raises:
            CredentialsError: LinkedIn did not say that it did.
        """
        self._hide(token)
        url = self._oauth_url + "/oauth/v2/revoke"  # used by one client, on no page of LinkedIn: hence best effort
        reply = self._ask(lambda client: client.revoke_token(url, token=token))
        if not 200 <= reply.status < 300:
            raise self._refused(reply)

    def _grant(self, ask: Callable[[Any, str], object]) -> Grant:
        reply = self._ask(lambda client: ask(client, self._oauth_url + "/oauth/v2/accessToken"))
        grant = grant_from(fields(reply.body), self._clock.now()) if reply.status == 200 else None
        if grant is None:
            raise self._refused(reply)
        self._hide(grant.access_token)
        self._hide(grant.refresh_token)
        return grant

    def _ask(self, ask: Callable[[Any], object]) -> Reply:
        """Make one request by Authlib; return the answer itself, for Authlib does not tell the kinds of refusal apart.

        Raises:
            CredentialsError: No answer came.
        """
        wire = self._wire()
        failure: Exception | None = None
        with self._client(wire) as client:
            try:
                ask(client)
            except Exception as error:  # noqa: BLE001 whatever Authlib makes of an answer; its words may repeat what was sent
                failure = error
        if isinstance(wire.outcome, Reply):
            return wire.outcome
        if wire.outcome is None and failure:  # not even a client could be made
            raise CredentialsError(losses.no_client(failure).problem)
        raise CredentialsError(self._unanswered(wire.outcome.cause if wire.outcome else None))

    def _unanswered(self, cause: Exception | None) -> Problem:
        reason = words(self._redact(str(cause)), 200) if cause else f"no answer within {self._timeout:g} seconds"
        return Problem(
            what=f"LinkedIn could not be reached ({reason or type(cause).__name__})",
            fix="check the network, HTTPS_PROXY and linkedin.oauth_url; then run it again",
        )

    def _refused(self, reply: Reply) -> CredentialsError:
        return CredentialsError(refusal_for(reply.status, self._redact.in_bytes(reply.body), self.redirect.url))

    def _client(self, wire: ExchangeTransport) -> Any:  # noqa: ANN401 Authlib is not typed
        method = "client_secret_post" if self._client_secret else "none"  # LinkedIn takes the secret in the form
        return authlib_client()[0](
            self._client_id,
            self._client_secret,
            token_endpoint_auth_method=method,
            revocation_endpoint_auth_method=method,
            redirect_uri=self.redirect.url,
            code_challenge_method="S256",
            transport=wire,
            trust_env=False,  # proxies are the exchange's
        )

    def _wire(self) -> ExchangeTransport:
        return ExchangeTransport(self._connect, authlib_client()[1], self._timeout)

    def _connect(self) -> httpx.Client:
        """Return a client for one request, as `LinkedInPublisher` makes it."""
        import httpx  # noqa: PLC0415 lazy, see linkedin.client

        return httpx.Client(
            transport=self._transport,
            timeout=httpx.Timeout(self._timeout + 1, connect=self._timeout / 3),
            trust_env=not on_this_machine(self._oauth_url),
        )

    def _hide(self, secret: str | None) -> None:
        if secret:
            self._redact.add(secret)
            self._tell(secret)
