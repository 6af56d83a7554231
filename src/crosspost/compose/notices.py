"""What the author is told about a draft: findings, each with a remedy."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from crosspost.compose.fit import ELLIPSIS
from crosspost.compose.hashtags import to_hashtag
from crosspost.compose.little_text import LittleTextError, parse
from crosspost.compose.render.rendered import SET_URL
from crosspost.findings import CODES, Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from crosspost.compose.fit import Fitted
    from crosspost.compose.render.rendered import Note
    from crosspost.model import Post, Repair

_FEW_WORDS = 40  # characters
_REPAIRED = {
    "mojibake": (
        "XP101",
        "text damaged by a wrong encoding was repaired",
        "mend the file: `crosspost check --fix`, or save it as UTF-8 with the text as previewed",
    ),
    "familiar": (
        "XP101",
        "text damaged by a wrong encoding was repaired as the author's other texts or earlier versions of this one have it",
        "mend the file: `crosspost check --fix`, or save it as UTF-8 with the text as previewed",
    ),
    "styled": (
        "XP103",
        "styled letters were turned into plain ones",
        "type plain letters, or let `crosspost check --fix` do so: screen readers and search cannot read the others",
    ),
    "invisible": (
        "XP104",
        "invisible characters were removed",
        "delete them in the file, or let `crosspost check --fix` do so",
    ),
}


def of_repairs(post: Post, repairs: Iterable[Repair]) -> Iterator[Finding]:
    """Yield one finding for each kind of repair, at the first place."""
    for step, group in groupby(sorted(repairs, key=lambda one: (one.step, one.line)), key=lambda one: one.step):
        code, message, fix = _REPAIRED[step]
        made = list(group)
        places = f"in {len(made)} places, first" if len(made) > 1 else "in one place"
        yield Finding(
            post=post.key, code=code, message=f"{message} {places}: {_sample(made[0])}", fix=fix, line=made[0].line
        )


def of_offers(post: Post, offers: Iterable[Repair]) -> Iterator[Finding]:
    """Yield one finding for each repair that is not sure enough to be made."""
    for one in offers:
        message = f"text looks damaged by a wrong encoding, but the repair is not sure: {_sample(one)}"
        if one.after == one.before:
            message = f"text was lost to a wrong encoding: {one.before!r} stands where it was"
        yield Finding(
            post=post.key,
            code="XP102",
            message=message,
            fix="put the right text into the file, or set text.repair = false where it is meant as it stands",
            line=one.line,
        )


def _sample(repair: Repair) -> str:
    before, after = (text if len(text) <= 40 else f"{text[:39]}…" for text in (repair.before, repair.after))
    return f"{before!r} → {after!r}"


def told(notes: Iterable[Note], unsent: int | None) -> Iterator[Note]:
    """Yield the notes without those on what is below the cut: nobody misses a picture there more than the text around it."""
    for note in notes:
        if unsent is None or note.order < unsent or CODES[note.code].severity is Severity.ERROR:
            yield note


def of_notes(post: Post, notes: Iterable[Note], first_line: int | None) -> Iterator[Finding]:
    """Yield what the renderer noted, one finding for all that the site's address would mend.

    Args:
        post: Whose text it is.
        notes: In the order of their lines.
        first_line: Of the text in the file, None where it is not the file's body.
    """
    for note in _without_site_repeated(notes):
        line = first_line + note.line - 1 if first_line is not None and note.line is not None else None
        yield Finding(post=post.key, code=note.code, message=note.message, fix=note.fix, line=line)


def _without_site_repeated(notes: Iterable[Note]) -> Iterator[Note]:
    """Yield the notes; of those on links that lack the site's address the first, with how many more there are."""
    notes = list(notes)
    unaddressed = [note for note in notes if note.fix == SET_URL]
    for note in notes:
        if note.fix != SET_URL or len(unaddressed) == 1:
            yield note
        elif note is unaddressed[0]:
            yield replace(note, message=f"{note.message}, and those of {len(unaddressed) - 1} more")


def of_length(post: Post, fitted: Fitted, *, full: int, limit: int) -> Iterator[Finding]:
    """Yield what became of a text that would have `full` units."""
    length = f"as sent, the text has {full:,} of at most {limit:,} characters"
    if fitted.refusal:
        yield Finding(
            post=post.key,
            code="XP302",
            message=f"{length} and cannot be shortened: {fitted.refusal}",
            fix="shorten the post, or give it an 'excerpt' or a 'linkedin: text'",
        )
    elif fitted.chosen and full > limit:
        yield Finding(
            post=post.key,
            code="XP301",
            message=f"{length}; LinkedIn gets what is marked to stand for it",
            fix="to have all of it there, shorten the post",
        )
    elif fitted.shortened and full > limit:
        sent = fitted.text.rstrip(f"{ELLIPSIS} \n")
        yield Finding(
            post=post.key,
            code="XP301",
            message=f"{length}; LinkedIn gets it up to \u201c{_end_of(sent)}\u201d",
            fix="shorten the post, or choose what stands for it: all before <!--more-->, or an 'excerpt'",
            line=_line_of(post, sent.rpartition("\n")[2][-_FEW_WORDS:]),
        )


def no_way_on(post: Post, *, has_address: bool) -> Finding:
    """Nobody who reads a shortened text gets to the rest."""
    fix = 'put {link} into text.template, or set card.kind = "article"'
    if not post.directives.link:
        fix = "remove 'linkedin: link: false', or shorten the post"
    elif not has_address:
        fix = "set `url` in _config.yml, or site.url in crosspost.toml"
    return Finding(
        post=post.key, code="XP304", message="the text was shortened, and no link leads to the rest", fix=fix
    )


def _end_of(text: str) -> str:
    """Return the end of a text on one line, a few words long."""
    words = " ".join(text[-2 * _FEW_WORDS :].split())
    if len(words) <= _FEW_WORDS:
        return words
    return f"{ELLIPSIS}{words[-_FEW_WORDS:].partition(' ')[2] or words[-_FEW_WORDS:]}"


def of_hashtags(post: Post, line: int | None, notes: Iterable[str]) -> Iterator[Finding]:
    """Yield one finding for all that became of the post's tags, which stand on `line`."""
    if said := "; ".join(notes):
        yield Finding(
            post=post.key,
            code="XP305",
            message=f"hashtags: {said}",
            fix="name them under 'linkedin: hashtags' in the post, or in [text.hashtag_map]",
            line=line,
        )


def of_dead_hashtags(post: Post, dead: Iterable[str]) -> Iterator[Finding]:
    """Yield one finding for all that stands in lines of hashtags and will not be live."""
    if words := {word: f"#{live}" for word in dead if (live := to_hashtag(word))}:
        yield Finding(
            post=post.key,
            code="XP305",
            message=f"hashtags: {', '.join(words)} in the text will not be live, since LinkedIn takes letters and digits alone",
            fix=f"write {', '.join(words.values())}",
            line=_line_of(post, next(iter(words))),
        )


def _line_of(post: Post, words: str) -> int | None:
    """Return the line of the body where `words` stand, None where they do not stand there once, just so."""
    if post.directives.text is not None or post.body.count(words) != 1:
        return None
    return post.body_line + post.body[: post.body.index(words)].count("\n")


def of_opening(post: Post, reason: str, opening: str) -> Finding:
    """The lines above the fold are wasted; `opening` is what of the body is at fault, empty for nothing of it."""
    return Finding(
        post=post.key,
        code="XP306",
        message=f"the feed shows about three lines before \u201c…more\u201d, and they tell nothing new: {reason}",
        fix="open the body with the point of the post, or set 'linkedin: text'",
        line=_first_line(post, opening),
    )


def _first_line(post: Post, words: str) -> int | None:
    """Return the first line of the body with these words, None where they do not stand there as they are."""
    at = post.body.find(words) if words and post.directives.text is None else -1
    return None if at < 0 else post.body_line + post.body.count("\n", 0, at)


def of_mentions(post: Post, wire: str) -> Iterator[Finding]:
    """Yield which names were to be mentions and are none."""
    if not post.directives.mentions:
        return
    try:
        told = {mention.name for mention in parse(wire).mentions}
    except LittleTextError:  # it is not sent anyway
        return
    for name in post.directives.mentions:
        if name not in told:
            yield Finding(
                post=post.key,
                code="XP307",
                message=f"nobody is told: the name {name!r} does not stand in the text as a word of its own",
                fix="write the name into the text just as under 'linkedin: mentions'",
                line=post.lines.get(("linkedin", "mentions", name)),
            )


def nothing_to_carry(post: Post, kind: str) -> Finding:
    """The settings want a picture or a document under each post, and this one names none."""
    return Finding(
        post=post.key,
        code="XP409",
        message=f'card.kind is "{kind}", and the post names none',
        fix=f"name one under 'linkedin: {kind}', or under a key of [card] {kind}",
    )


def no_text(post: Post) -> Finding:
    """The post has neither title nor body."""
    return Finding(
        post=post.key,
        code="XP303",
        message="there is no text to publish: no title, and nothing in the body that LinkedIn can show",
        fix="give the post a title or a text, or set 'linkedin: text'",
    )


def no_address(post: Post) -> Finding:
    """The post's own URL is unknown, so no link and no card can be sent."""
    return Finding(
        post=post.key,
        code="XP008",
        message="the canonical URL is unknown, so the text has no link and no card",
        fix="set `url` in _config.yml, or site.url in crosspost.toml",
    )


def not_as_meant(post: Post, reason: str) -> Finding:
    """The last check before sending failed."""
    return Finding(
        post=post.key,
        code="XP204",
        message=f"the little text does not say what was meant: {reason}",
        fix="report this with the post's text; nothing was sent",
    )
