"""Use case: put the addresses that posts already have elsewhere into their front matter."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from crosspost.addresses import address_told
from crosspost.adoption.body import mention_in
from crosspost.adoption.matching import Candidate, Match, match
from crosspost.compose import compose
from crosspost.errors import PostUnreadable, WriteBackRefused
from crosspost.model import Adoption, AdoptionKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from crosspost.adoption.body import Mention
    from crosspost.adoption.shares import Share
    from crosspost.model import Post
    from crosspost.policy import AccountPolicy
    from crosspost.ports import PostSource

_WHOLE_TEXT = 100_000  # UTF-16 units: what an author cut by hand is found in the whole text


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """The files of one account's posts: where they are, and the rules for them."""

    source: PostSource
    policy: AccountPolicy

    def adoption(self, post: str, kind: AdoptionKind, **more: object) -> Adoption:
        """Return an adoption of this account."""
        return replace(Adoption(post=post, account=self.policy.name, kind=kind), **more)  # type: ignore[arg-type]


def propose(files: Files, keys: Iterable[str], shares: Sequence[Share] = ()) -> list[Adoption]:
    """Return what could be adopted, one line a post that can be one; changes nothing.

    A body speaks of the author's main account: for others, only the data export counts.

    Args:
        files: Where the posts are.
        keys: Posts by key. With `shares`, those beside them are read too: each share belongs to one post.
        shares: Of the author's data export.
    """
    wanted = list(keys)
    posts: dict[str, Post] = {}
    found: dict[str, Adoption] = {}
    for key in dict.fromkeys([*wanted, *(files.source.keys() if shares else ())]):
        try:
            post = files.source.read(key)
        except PostUnreadable as error:
            found[key] = files.adoption(key, AdoptionKind.FAILED, reason=error.problem.what, problem=error.problem)
            continue
        if post:
            posts[key] = post
            found[key] = _own_word(files, post)
    matches = match([_candidate(files, post, found[key]) for key, post in posts.items()], shares) if shares else {}
    return [_with_match(found[key], matches.get(key)) for key in wanted if key in found]


def told(files: Files, key: str, said: str) -> list[Adoption]:
    """Return the proposal that a person makes for one post: they have looked.

    Raises:
        SettingsError: `said` is no address of a LinkedIn post.
    """
    proposal = files.adoption(key, AdoptionKind.WOULD_ADOPT, url=address_told(said), origin="--url")
    return [_possible(files, proposal)]


def adopt(files: Files, proposals: Iterable[Adoption]) -> Iterator[Adoption]:
    """Write what is sure; yield every line with what became of it."""
    for proposal in proposals:
        yield _written(files, proposal) if proposal.kind is AdoptionKind.WOULD_ADOPT else proposal


def _written(files: Files, proposal: Adoption) -> Adoption:
    try:
        files.source.write_back(proposal.post, proposal.url or "", files.policy.write_back)
    except WriteBackRefused as error:
        return replace(proposal, kind=AdoptionKind.FAILED, reason=error.problem.what, problem=error.problem)
    return replace(proposal, kind=AdoptionKind.ADOPTED)


def _own_word(files: Files, post: Post) -> Adoption:
    """Return what the file itself says."""
    if post.linkedin_url and not post.linkedin_url_in_body:
        return files.adoption(post.key, AdoptionKind.SKIPPED, reason="its front matter says where it is")
    mention = mention_in(post.body) if files.policy.name == "default" else None
    if mention is None:
        return files.adoption(post.key, AdoptionKind.SKIPPED, reason="it names no address")
    line = f"line {post.body_line + mention.line - 1}"
    return _mentioned(files, post, mention, line)


def _mentioned(files: Files, post: Post, mention: Mention, line: str) -> Adoption:
    if mention.url is None:
        reason = f"its {mention.place} holds a placeholder ({line})"
        return files.adoption(post.key, AdoptionKind.SKIPPED, reason=reason)
    known = {"url": mention.url, "origin": f"{mention.place}, {line}"}
    if mention.damaged is None:
        return _possible(files, files.adoption(post.key, AdoptionKind.WOULD_ADOPT, **known))
    reason = f"the address there is damaged: {mention.damaged}"
    return files.adoption(post.key, AdoptionKind.OFFERED, reason=reason, **known)


def _possible(files: Files, proposal: Adoption) -> Adoption:
    """Turn a proposal down whose file has no place for an address."""
    problem = files.source.write_back_obstacle(proposal.post, files.policy.write_back)
    if problem is None:
        return proposal
    return replace(proposal, kind=AdoptionKind.FAILED, reason=problem.what, problem=problem)


def _candidate(files: Files, post: Post, found: Adoption) -> Candidate:
    text = files.policy.text
    whole = replace(text, body="full", limit=_WHOLE_TEXT)
    site = files.source.site
    return Candidate(
        key=post.key,
        date=post.directives.at or post.date,
        texts=tuple(compose(post, site, policy).text for policy in (text, whole)),
        settled=found.url is not None or post.linkedin_url is not None,
    )


def _with_match(found: Adoption, matched: Match | None) -> Adoption:
    if matched is None:
        return found
    kind = AdoptionKind.OFFERED if matched.doubt else AdoptionKind.WOULD_ADOPT
    return replace(
        found,
        kind=kind,
        url=matched.share.url,
        origin="data export",
        likeness=matched.likeness,
        reason=matched.doubt,
    )
