"""OpenID Connect: the id token, the key to check it with, the discovery document.

LinkedIn signs with RS256. The signature is computed here with plain integers (RFC 8017, 8.2): a sandbox needs no
protection against whoever measures how long that takes.
"""

from __future__ import annotations

import base64
import hashlib
import json
from datetime import timedelta
from typing import TYPE_CHECKING

from crosspost.sandbox.messages import json_response

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from crosspost.sandbox.messages import Request, Response
    from crosspost.sandbox.tokens import Member

ISSUER = "https://www.linkedin.com/oauth"  # as discovery says, wherever the sandbox listens
_LIFETIME = timedelta(hours=1)
_KEY_ID = "sandbox"
# Two primes, made for the sandbox and known to everybody: they protect nothing.
_P = int(
    "d9445e974799771f146227e8b985772352bdf20eafc5f022ee5e810745839b6a"
    "0915bc901953cedabb6cd3434f87b3145ddc5631aec80e0295156bc5fb6cdb8f"
    "36a11608410806a93b0e0224f0d1e986ed7e743d1c381da484a7376cfc4ac7a8"
    "28f17b39d30bb5cf14ece5cb7f3f4ffb4805218715e1ae91ab4ba42884c633b1",
    16,
)
_Q = int(
    "ee4440a1e14188edee4a32ae08491bc84a075be5fd573f44fe4ebea07574a1a6"
    "1c8763673708c9d9911e5365162096c4e4a4bd42db4c07ca6cfd8a2fe96e1bfb"
    "8aa349db95bc5ed291787bb0ed74f7546158fe9710e1d8f4eb5e81c45f618a83"
    "29c8fdad9c833bad958d0d42c0472fe48c978d6ca8166880ce6160e358381f67",
    16,
)
_N = _P * _Q
_E = 65537
# DER of the DigestInfo of SHA-256 (RFC 8017, 9.2, note 1).
_SHA256 = bytes.fromhex("3031300d060960864801650304020105000420")


def id_token(member: Member, scopes: Iterable[str], *, audience: str, nonce: str | None, now: datetime) -> str:
    """Return a signed token that says who logged in; it lives an hour."""
    issued = int(now.timestamp())
    claims: dict[str, object] = {
        "iss": ISSUER,
        "aud": audience,
        "iat": issued,
        "exp": issued + int(_LIFETIME.total_seconds()),
        **claims_of(member, scopes),
    }
    if nonce:
        claims["nonce"] = nonce
    head = {"typ": "JWT", "alg": "RS256", "kid": _KEY_ID}
    signed = f"{_encode(_json(head))}.{_encode(_json(claims))}"
    return f"{signed}.{_encode(_sign(signed.encode()))}"


def claims_of(member: Member, scopes: Iterable[str]) -> dict[str, object]:
    """Return the claims about a member; `locale` as it is really sent, not as documented."""
    given, _, family = member.name.rpartition(" ")
    claims: dict[str, object] = {
        "sub": member.urn.rpartition(":")[2],
        "name": member.name,
        "given_name": given,
        "family_name": family,
        "locale": {"country": "US", "language": "en"},
    }
    if "email" in scopes:
        claims |= {"email": member.email, "email_verified": True}
    return claims


def keys(_request: Request) -> Response:
    """`GET /oauth/openid/jwks`."""
    key = {
        "kty": "RSA",
        "use": "sig",
        "alg": "RS256",
        "kid": _KEY_ID,
        "n": _encode(_bytes(_N)),
        "e": _encode(_bytes(_E)),
    }
    return json_response(200, {"keys": [key]})


def discovery(request: Request) -> Response:
    """`GET /oauth/.well-known/openid-configuration`."""
    here = f"http://{request.headers.get('host', '127.0.0.1')}"
    return json_response(
        200,
        {
            "issuer": ISSUER,
            "authorization_endpoint": f"{here}/oauth/v2/authorization",
            "token_endpoint": f"{here}/oauth/v2/accessToken",
            "userinfo_endpoint": f"{here}/v2/userinfo",
            "jwks_uri": f"{here}/oauth/openid/jwks",
            "response_types_supported": ["code"],
            "subject_types_supported": ["pairwise"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "scopes_supported": ["openid", "profile", "email"],
        },
    )


def _sign(message: bytes) -> bytes:
    size = len(_bytes(_N))
    digest = _SHA256 + hashlib.sha256(message).digest()
    padded = b"\0\1" + b"\xff" * (size - len(digest) - 3) + b"\0" + digest
    exponent = pow(_E, -1, (_P - 1) * (_Q - 1))
    return pow(int.from_bytes(padded), exponent, _N).to_bytes(size)


def _json(value: Mapping[str, object]) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()


def _bytes(number: int) -> bytes:
    return number.to_bytes((number.bit_length() + 7) // 8)


def _encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
