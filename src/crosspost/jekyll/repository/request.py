"""Where a pull or merge request is opened in the browser. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping

_SCP = re.compile(r"(?:[^@/\s]+@)?([\w.-]+):(?!/)(.+)")  # git@host:owner/repository (gitglossary, "Git URLs")
_LINK = re.compile(r"https?://\S+")

# Kind of server to the page on which a request from one branch into another is opened.
_PAGES: Mapping[str, str] = {
    "github": "{home}/compare/{into}...{branch}?expand=1",
    "gitlab": "{home}/-/merge_requests/new?merge_request%5Bsource_branch%5D={query}&merge_request%5Btarget_branch%5D={into}",
    "bitbucket": "{home}/pull-requests/new?source={query}&dest={into}",
    "gitea": "{home}/compare/{into}...{branch}",
}
_HOSTS = {"codeberg": "gitea", "forgejo": "gitea"} | {kind: kind for kind in _PAGES}
# The address that a CI machine gives for its own server, whatever that is called.
_SERVERS = {"CI_SERVER_URL": "gitlab", "GITHUB_SERVER_URL": "github"}


def request_url(remote: str, branch: str, into: str, *, said: str = "", environ: Mapping[str, str]) -> str | None:
    """Return the address of the page; None where the kind of server is unknown.

    Args:
        remote: Address of the repository as git has it. Credentials in it are not repeated.
        branch: The branch to be merged.
        into: The branch to merge into.
        said: What the server said to the push: some name the page themselves.
        environ: Of a CI machine it names the server.

    >>> request_url("https://jo:t0k3n@github.com/jo/blog.git", "crosspost/write-back", "main", environ={})
    'https://github.com/jo/blog/compare/main...crosspost/write-back?expand=1'
    >>> request_url("ssh://git@git.example:2222/jo/blog", "b", "main", environ={"CI_SERVER_URL": "https://git.example"})
    'https://git.example/jo/blog/-/merge_requests/new?merge_request%5Bsource_branch%5D=b&merge_request%5Btarget_branch%5D=main'
    """
    if named := _LINK.search(said):
        return named[0]
    host, path = _place(remote)
    kind = _kind(host, environ)
    if not (kind and path):
        return None
    home = f"https://{host}/{quote(path)}"
    return _PAGES[kind].format(home=home, branch=quote(branch), query=quote(branch, safe=""), into=quote(into, safe=""))


def _place(remote: str) -> tuple[str, str]:
    """Return host and path of a repository; the path is empty for what is no server."""
    if "://" in remote:
        parts = urlsplit(remote)
        web = parts.scheme in {"http", "https"} and parts.port
        host, path = f"{parts.hostname}:{parts.port}" if web else parts.hostname or "", parts.path
    elif match := _SCP.fullmatch(remote):
        host, path = match[1], match[2]
    else:
        host, path = "", ""
    return host, path.strip("/").removesuffix(".git") if host else ""


def _kind(host: str, environ: Mapping[str, str]) -> str | None:
    for variable, kind in _SERVERS.items():
        if host and urlsplit(environ.get(variable, "")).netloc == host:
            return "gitea" if environ.get("GITEA_ACTIONS") or environ.get("FORGEJO_ACTIONS") else kind
    return next((kind for word, kind in _HOSTS.items() if word in host), None)
