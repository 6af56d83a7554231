"""The frame of every page, and the policy that lets it load nothing from elsewhere and run nothing."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from html import escape
from importlib.resources import files

from crosspost.sandbox.messages import Response

NAME = "crosspost sandbox feed"


@cache
def _style() -> str:
    return files("crosspost.sandbox").joinpath("feed.css").read_text(encoding="utf-8")


def _policy(form_action: str) -> str:
    digest = base64.b64encode(hashlib.sha256(_style().encode()).digest()).decode()
    sources = f"default-src 'none'; style-src 'sha256-{digest}'; img-src 'self' data:; media-src 'self'"
    return f"{sources}; base-uri 'none'; form-action {form_action}; frame-ancestors 'none'"


def page(title: str, content: str, *, status: int = 200, form_action: str = "'none'") -> Response:
    """Return a page; `content` is HTML.

    Args:
        title: Plain text.
        content: What stands in `main`, already escaped.
        status: HTTP.
        form_action: Where a form may lead, redirects included (CSP `form-action`).
    """
    html = f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{escape(title)}</title>
<link rel="icon" href="data:,">
<style>{_style()}</style>
</head>
<body>
<header><div class="bar"><a class="name" href="/feed">{NAME}</a><span class="note">local, nothing here is on LinkedIn</span></div></header>
<main>
{content}
</main>
</body>
</html>
"""
    headers = {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Security-Policy": _policy(form_action),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-store",
    }
    return Response(status=status, headers=headers, body=html.encode("utf-8"))
