"""Posts whose page the site does not have yet: a link to it leads nowhere.

Jekyll builds no post before its date unless `_config.yml` says `future: true` (Jekyll's documentation, "Configuration").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crosspost.findings import Finding
from crosspost.schedule import due

if TYPE_CHECKING:
    from datetime import datetime

    from crosspost.model import Draft, Post, Site
    from crosspost.policy import SchedulePolicy


def leads_nowhere(site: Site, post: Post, draft: Draft, moment: datetime) -> str | None:
    """Return why the link of a draft that is sent at `moment` leads nowhere at first, None where nothing is known of it."""
    is_jekyll = bool(site.config)  # the contents of _config.yml
    builds_ahead = not is_jekyll or site.config.get("future") not in {None, False}
    if builds_ahead or draft.link is None or moment >= post.date:
        return None
    return f"its link leads nowhere before {post.date:%Y-%m-%d %H:%M}: Jekyll builds no page before the post's date"


def too_early(site: Site, post: Post, draft: Draft, schedule: SchedulePolicy) -> tuple[Finding, ...]:
    """Return a finding where a post is to go out by itself before its page is there."""
    reason = leads_nowhere(site, post, draft, due(post, schedule))
    if reason is None or schedule.wait_for_page:
        return ()
    return (
        Finding(
            post=post.key,
            code="XP010",
            message=reason,
            fix="choose a later `linkedin: at`, set `future: true` in _config.yml, or schedule.wait_for_page = true",
            line=post.lines.get(("linkedin", "at")),
        ),
    )
