"""Run the demonstration and tell it as text."""

from __future__ import annotations

import difflib
import shutil
import textwrap
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from crosspost.bootstrap import Workshop
from crosspost.credentials import NoPrompt
from crosspost.demo.sample import write_site
from crosspost.model import OutcomeKind
from crosspost.pipeline.draft import draft
from crosspost.pipeline.publish import publish
from crosspost.report.outcomes import outcome_text, summary
from crosspost.report.terminal import safe
from crosspost.sandbox.tokens import DEMO_TOKEN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crosspost.model import Outcome
    from crosspost.pipeline.run import Run
    from crosspost.ports import Clock
    from crosspost.sandbox.posts import StoredPost
    from crosspost.sandbox.server import Sandbox

_HEAD, _TAIL = 12, 3  # lines shown of a long post
_WIDTH = 110


@dataclass(frozen=True, slots=True, kw_only=True)
class Demonstration:
    """The sample site in `folder`, published to `server`."""

    folder: Path
    server: Sandbox
    clock: Clock

    def tell(self) -> Iterator[str]:
        """Write the site, publish what is due, and yield what happened, piece by piece."""
        write_site(self.folder, now=self.clock.now(), api_url=self.server.url)
        self._originals()
        run = self._run()
        outcomes = []
        for outcome in publish(run, run.source.keys(), named=False):
            outcomes.append(outcome)
            yield outcome_text(outcome)
        for outcome in outcomes:
            if outcome.kind is OutcomeKind.PUBLISHED:
                yield self._evidence(run, outcome)
        yield f"first run:  {summary(outcomes)}"
        yield f"second run: {summary(list(publish(run, run.source.keys(), named=False)))}"

    def _run(self) -> Run:
        """Return what `crosspost publish` works with in the sample site, whatever the user's own settings say."""
        # As if from the command line, which is stronger than an environment that names the real LinkedIn.
        here = {
            "linkedin": {"api_url": self.server.url, "oauth_url": self.server.url, "author": ""},
            "ledger": {"url": f"sqlite:///{self.folder / 'ledger.sqlite3'}"},
        }
        config, token = self.folder / "crosspost.toml", {"LINKEDIN_ACCESS_TOKEN": DEMO_TOKEN}
        workshop = Workshop.open(self.folder, NoPrompt(), config=config, overrides=here, environ=token)
        return workshop.run("default")

    def _originals(self) -> None:
        """Keep each file as it is before anything is published."""
        shutil.copytree(self.folder / "_posts", self.folder / "originals")

    def _evidence(self, run: Run, outcome: Outcome) -> str:
        """Return what was done to the text of a post, what the server got, and what changed in its file."""
        stored = next(post for post in self.server.posts if post.urn == outcome.urn)
        shown = [textwrap.shorten(line, _WIDTH, placeholder=" …") for line in _ends(stored.rendered.splitlines())]
        body = textwrap.indent(safe("\n".join(shown)), "  │ ", lambda _line: True)
        parts = [
            f"── {outcome.post}",
            *_alterations(run, outcome.post),
            f"  what LinkedIn's reader sees:\n{body}",
            *_card(stored),
            f"  what changed in the file:\n{self._diff(outcome.post)}",
        ]
        return "\n".join(parts)

    def _diff(self, post: str) -> str:
        before = (self.folder / "originals" / Path(post).name).read_text(encoding="utf-8").splitlines()
        after = (self.folder / post).read_text(encoding="utf-8").splitlines()
        changes = difflib.unified_diff(before, after, n=0, lineterm="")
        return "\n".join(f"  {safe(line)}" for line in changes if line[0] in "+-" and line[:3] not in {"+++", "---"})


def _alterations(run: Run, key: str) -> Iterator[str]:
    """Yield what `preview` says was altered, if anything was."""
    post = run.source.read(key)
    if post is None:
        return
    shown = draft(run.source, run.policy, post)
    if shown.repairs:
        first = shown.repairs[0]
        yield safe(f"  repaired in {len(shown.repairs)} places ({first.step}), first: {first.before} → {first.after}")
    if shown.shortened:
        yield f"  shortened to {shown.length:,} of at most {shown.limit:,}"


def _card(stored: StoredPost) -> Iterator[str]:
    """Yield what the link card shows, if it has a picture."""
    if stored.article and stored.article.thumbnail:
        yield safe(f"  with a card and its picture: {stored.article.thumbnail_alt}")


def _ends(lines: list[str]) -> list[str]:
    """Return the opening and the end of a text, and how much lies between."""
    between = len(lines) - _HEAD - _TAIL
    return lines if between <= 1 else [*lines[:_HEAD], f"[{between} more lines]", *lines[-_TAIL:]]
