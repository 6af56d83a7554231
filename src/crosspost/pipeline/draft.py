"""What LinkedIn would get for a post, and what stands in the way: the one path of `preview`, `check` and `publish`."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from crosspost.errors import Problem
from crosspost.findings import Finding, Severity, summary
from crosspost.pipeline.attachments import looked_at
from crosspost.pipeline.unbuilt import too_early

if TYPE_CHECKING:
    from crosspost.model import Draft, Post
    from crosspost.policy import AccountPolicy
    from crosspost.ports import PostSource


def draft(source: PostSource, policy: AccountPolicy, post: Post) -> Draft:
    """Compose a post, look at its files, and see that it could learn the address: one that could not say where it is waits.

    On a machine that forgets its ledger the file is all that keeps the post from going out again.
    """
    from crosspost.compose import compose  # noqa: PLC0415 - a run with nothing to do composes nothing

    composed = looked_at(source, compose(post, source.site, policy.text))
    if composed.visibility == "CONNECTIONS" and policy.author.startswith("urn:li:organization:"):
        composed = replace(composed, findings=(*composed.findings, _no_connections(post)))
    if early := too_early(source.site, post, composed, policy.schedule):
        composed = replace(composed, findings=(*composed.findings, *early))
    if post.linkedin_url or not (problem := source.write_back_obstacle(post.key, policy.write_back)):
        return composed
    line = post.lines.get(tuple(policy.write_back.key.split(".")))
    finding = Finding(post=post.key, code="XP009", message=problem.what, fix=problem.fix, line=line)
    return replace(composed, findings=(*composed.findings, finding))


def text_digest(draft: Draft) -> str:
    """Return the SHA-256 (hex) of what a reader sees: the same text to the same author is never sent twice."""
    return hashlib.sha256(draft.text.encode("utf-8", "surrogatepass")).hexdigest()


def text_digest_at(draft: Draft, link: str | None) -> str:
    """Return what `text_digest` would be if the post were at `link` on its site."""
    return text_digest(replace(draft, text=draft.text.replace(draft.link, link)) if draft.link and link else draft)


def errors_in(draft: Draft) -> tuple[Finding, ...]:
    """Return the findings that keep a draft from being sent."""
    return tuple(finding for finding in draft.findings if finding.severity is Severity.ERROR)


def unsendable(draft: Draft) -> Problem | None:
    """Return what keeps a draft from being sent: its first error, and how many more there are."""
    errors = errors_in(draft)
    if not errors:
        return None
    return Problem(what=summary(errors), linkedin_has="nothing was sent", fix=errors[0].fix)


def _no_connections(post: Post) -> Finding:
    """Posts API, "visibility": CONNECTIONS is for members only."""
    return Finding(
        post=post.key,
        code="XP007",
        message="the visibility CONNECTIONS is for members: an organization has no connections",
        fix="set `linkedin: visibility` in the post, or linkedin.visibility of the account, to PUBLIC or LOGGED_IN",
        line=post.lines.get(("linkedin", "visibility")),
    )
