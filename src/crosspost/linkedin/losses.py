"""What crosspost says where no answer of LinkedIn came. Pure."""

from __future__ import annotations

from crosspost.errors import Problem
from crosspost.linkedin.answers import NOTHING, PERHAPS
from crosspost.linkedin.rules import LOOK
from crosspost.model import Failure, Rejected, Unclear

_CHECK_NETWORK = "check the network, HTTPS_PROXY and linkedin.api_url; the next run tries again"


def not_sent(reason: str, detail: str | None) -> Rejected:
    """Return the answer where not one byte of the request left this machine."""
    what = f"LinkedIn could not be reached ({reason})"
    problem = Problem(what=what, linkedin_has=NOTHING, fix=_CHECK_NETWORK, detail=detail)
    return Rejected(failure=Failure.NOT_SENT, problem=problem)


def lost(reason: str, detail: str | None) -> Unclear:
    """Return the answer where the request may have arrived and nothing trustworthy came back."""
    what = f"the post was sent, and no answer came back ({reason})"
    return Unclear(problem=Problem(what=what, linkedin_has=PERHAPS, fix=LOOK, detail=detail))


def no_client(cause: Exception) -> Rejected:
    """Return the answer where not even the HTTP client could be made: a wrong proxy address, a missing certificate file."""
    # The message is left out: it may repeat the proxy's address with its password.
    problem = Problem(
        what=f"the connection to LinkedIn cannot be set up ({type(cause).__name__})",
        linkedin_has=NOTHING,
        fix="check HTTPS_PROXY, ALL_PROXY, SSL_CERT_FILE and SSL_CERT_DIR",
    )
    return Rejected(failure=Failure.DENIED, problem=problem)


def no_token(problem: Problem) -> Rejected:
    """Return the answer where there is no token to send, or none that can be sent."""
    return Rejected(failure=Failure.DENIED, problem=problem, credentials=True)
