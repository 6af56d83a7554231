"""The command lines that messages give people to run."""

from __future__ import annotations


def command_line(verb: str, post: str, account: str = "default", more: str = "") -> str:
    """Return a command about a post as a shell takes it (POSIX).

    >>> command_line("edit", "_posts/2026-11-22-hello.md")
    'crosspost edit _posts/2026-11-22-hello.md'
    >>> command_line("resolve", "_posts/2026-11-22-my post.md", "company", "--not-posted")
    "crosspost resolve --account company '_posts/2026-11-22-my post.md' --not-posted"
    """
    from shlex import quote  # noqa: PLC0415 - most runs have nothing to say

    of_account = [] if account == "default" else ["--account", quote(account)]
    return " ".join(["crosspost", verb, *of_account, quote(post), *([more] if more else [])])
