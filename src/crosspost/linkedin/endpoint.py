"""To which addresses a token may go. Pure."""

from __future__ import annotations

import re
from ipaddress import ip_address

from crosspost.errors import Problem

# Stricter than a URL: no user name, query or fragment, so that no two parsers can disagree about the host.
_ADDRESS = re.compile(
    r"(?P<scheme>https?)://(?P<host>[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?P<port>:[0-9]{1,5})?(?P<path>/[A-Za-z0-9._~/-]*)?"
)
# The host ends where the first slash begins: nothing may stand before it that parsers read differently.
_UPLOAD = re.compile(r"https?://[A-Za-z0-9.:\[\]-]+/[!#-\[\]-~]*")
_LINKEDIN_UPLOAD = re.compile(r"https://(?:[A-Za-z0-9-]+\.)*linkedin\.com(?::443)?/")
_LINKEDIN = {"api_url": "https://api.linkedin.com", "oauth_url": "https://www.linkedin.com"}


def endpoint_problem(api_url: str, setting: str = "api_url") -> Problem | None:
    """Return why no secret may be sent to `api_url`: not an address, or plain HTTP to another machine.

    Args:
        api_url: The address.
        setting: Which setting of `[linkedin]` it is: `api_url` for tokens, `oauth_url` for the secrets of signing in.

    >>> endpoint_problem("https://api.linkedin.com") is None, endpoint_problem("http://127.0.0.1:8099") is None
    (True, True)
    >>> endpoint_problem("http://api.linkedin.com").what
    'refusing to send a token over plain HTTP to api.linkedin.com'
    """
    match = _ADDRESS.fullmatch(api_url.strip())
    if not match or (match["port"] and not 0 < int(match["port"][1:]) < 65536):
        # The value is not repeated: it may hold a password.
        return _problem(f"linkedin.{setting} is no address of the form https://host[:port][/path]", setting)
    if match["scheme"] == "http" and not is_loopback(match["host"]):
        return _problem(f"refusing to send a token over plain HTTP to {match['host']}", setting)
    return None


def on_this_machine(api_url: str) -> bool:
    """Tell whether an address that `endpoint_problem` accepts is one of this machine."""
    match = _ADDRESS.fullmatch(api_url.strip())
    return match is not None and is_loopback(match["host"])


def may_upload_to(url: str, api_url: str) -> bool:
    """Tell whether a file, and with it the token, may go to an address that LinkedIn named for an upload.

    LinkedIn's own hosts over HTTPS, and the server of `api_url` itself, which has the token anyway.

    >>> api = "https://api.linkedin.com"
    >>> [may_upload_to(f"https://{host}/dms-uploads/a?b", api) for host in ("www.linkedin.com", "linkedin.com.example")]
    [True, False]
    >>> may_upload_to("http://127.0.0.1:80990/x", "http://127.0.0.1:8099")
    False
    """
    if not _UPLOAD.fullmatch(url):
        return False
    match = _ADDRESS.fullmatch(api_url.strip())
    own = f"{match['scheme']}://{match['host']}{match['port'] or ''}/" if match else None
    return _LINKEDIN_UPLOAD.match(url) is not None or (own is not None and url.startswith(own))


def is_loopback(host: str) -> bool:
    """Tell whether `host` is this machine by its name or number (RFC 6761, RFC 1122, RFC 4291).

    >>> [is_loopback(host) for host in ("localhost", "127.8.9.1", "[::1]", "127.0.0.1.example.com")]
    [True, True, True, False]
    """
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _problem(what: str, setting: str) -> Problem:
    return Problem(
        what=what,
        linkedin_has="nothing was sent",
        fix=f"set linkedin.{setting} to {_LINKEDIN[setting]}, or to a sandbox on this machine such as http://127.0.0.1:8099",
    )
