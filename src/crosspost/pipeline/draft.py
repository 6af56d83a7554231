"""What LinkedIn would get for a post, and what stands in the way: the one path of `preview`, `check` and `publish`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from crosspost.compose import compose
from crosspost.findings import Finding

if TYPE_CHECKING:
    from crosspost.model import Draft, Post
    from crosspost.policy import AccountPolicy
    from crosspost.ports import PostSource


def draft(source: PostSource, policy: AccountPolicy, post: Post) -> Draft:
    """Compose a post, and see that its file could learn the address: a post that could not say where it is waits.

    On a machine that forgets its ledger the file is all that keeps the post from going out again.
    """
    composed = compose(post, source.site, policy.text)
    if post.linkedin_url or not (problem := source.write_back_obstacle(post.key, policy.write_back)):
        return composed
    finding = Finding(post=post.key, code="XP009", message=problem.what, fix=problem.fix)
    return replace(composed, findings=(*composed.findings, finding))
