"""Files to LinkedIn before the post that names them: announced, sent, waited for. Publishes nothing; may be repeated.

What LinkedIn has is remembered by the digest of its bytes, so that neither a retry nor a later post sends it again.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeGuard

from crosspost.addresses import payer
from crosspost.errors import FileUnusable, Problem
from crosspost.linkedin.announced import Announced, announced, status
from crosspost.linkedin.answers import NOTHING, classify
from crosspost.linkedin.body import read
from crosspost.linkedin.content import announce_body, announce_path, asset_path, finalize_body
from crosspost.linkedin.endpoint import may_upload_to
from crosspost.linkedin.exchange import Reply
from crosspost.model import Failure, Rejected, Unclear, Upload

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from crosspost.linkedin.calls import Calls
    from crosspost.model import Attachment
    from crosspost.ports import Files, OpenFile, UploadRecords

    Outcome = Reply | Rejected | Unclear

# Seconds between questions how far a file is, and for how long they are asked: a video takes its time.
_PAUSES = (1, 2, 4, 5)
_PATIENCE = {"image": 60, "document": 120, "video": 900}
# Where the question is not answered: about 1.7 s were typical, 5 s are what other clients wait (observed).
_BLIND_WAIT = 5
# After this long nobody need ask whether LinkedIn is done with a file.
_SURELY_DONE = 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class Uploads:
    """Brings files to one LinkedIn.

    Attributes:
        calls: To the API.
        files: Where the author's files are.
        records: What LinkedIn has already.
        blind: Kinds of files about which LinkedIn does not answer this token: asked once, not again.
    """

    calls: Calls
    files: Files
    records: UploadRecords
    blind: set[str] = field(default_factory=set)

    def bring(
        self, post: str, attachments: Iterable[Attachment], author: str, *, renew: bool = False
    ) -> Mapping[Attachment, str] | Rejected:
        """See that LinkedIn has the files of a post and is done with them. Return its names for them.

        Args:
            post: Key of the post that names them.
            attachments: As looked at.
            author: URN of the post's author, who has to own them.
            renew: Send them even if LinkedIn has them: it could not use them.
        """
        wanted = tuple(dict.fromkeys(attachments))
        there: dict[Attachment, Upload] = {}
        for attachment in wanted:
            upload = self._there(post, attachment, author, renew=renew)
            if isinstance(upload, Rejected):
                return upload
            there[attachment] = upload
        for attachment in wanted:
            done = self._done(post, attachment, author, there[attachment], again=not renew)
            if isinstance(done, Rejected):
                return done
            there[attachment] = done
        return {attachment: upload.urn for attachment, upload in there.items()}

    def _there(self, post: str, attachment: Attachment, author: str, *, renew: bool) -> Upload | Rejected:
        """Return the upload of a file: the one on record, else a new one."""
        who = payer(author, self.calls.api_url)
        seen = attachment.file
        if seen and not renew and (known := self.records.upload(who, seen.digest)):
            return known
        try:
            opened = self.files.open(post, attachment)
        except FileUnusable as error:
            return Rejected(failure=Failure.REFUSED, problem=error.problem)
        if seen and opened.file.digest != seen.digest:
            return _changed(attachment)
        if not seen and not renew and (known := self.records.upload(who, opened.file.digest)):
            return known
        urn = self._send(attachment, opened, author)
        if isinstance(urn, Rejected):
            return urn
        upload = Upload(payer=who, digest=opened.file.digest, kind=opened.file.kind, urn=urn, at=self.calls.clock.now())
        self.records.record_upload(upload)
        return upload

    def _send(self, attachment: Attachment, opened: OpenFile, author: str) -> str | Rejected:
        """Announce a file and send it, once more where the address to send it to has expired. Return its URN."""
        outcome = self._sent(attachment, opened, author)
        if isinstance(outcome, Rejected) and outcome.uploads:
            outcome = self._sent(attachment, opened, author)
        return replace(outcome, uploads=None) if isinstance(outcome, Rejected) else outcome

    def _sent(self, attachment: Attachment, opened: OpenFile, author: str) -> str | Rejected:
        place = self._announce(attachment, opened, author)
        return place if isinstance(place, Rejected) else self._send_parts(attachment, opened, place)

    def _announce(self, attachment: Attachment, opened: OpenFile, author: str) -> Announced | Rejected:
        kind, size = opened.file.kind, opened.file.size
        body = announce_body(author, video_size=size if kind == "video" else None)
        reply = self.calls.repeated(lambda: self.calls.once("POST", announce_path(kind), body))
        if not _is(reply, 200, 201):
            return self._refused(attachment, reply)
        place = announced(reply.body, kind, size)
        if place is None:
            return _not_sent(attachment, "LinkedIn did not say where to send it")
        if not all(may_upload_to(part.url, self.calls.api_url) for part in place.parts):
            return _not_sent(attachment, "LinkedIn named an address that is not its own, and nothing was sent there")
        return place

    def _send_parts(self, attachment: Attachment, opened: OpenFile, place: Announced) -> str | Rejected:
        """Send the bytes: a video in parts without the token, everything else at once with it (Videos API, Images API)."""
        kind, digest, tags = opened.file.kind, hashlib.sha256(), []
        for part in place.parts:
            data = opened.read(part.first, part.size)
            digest.update(data)
            if len(data) != part.size:
                return _changed(attachment)
            reply = self.calls.repeated(lambda: self.calls.put(part.url, data, bearer=kind != "video"))  # noqa: B023  # called at once
            if not _is(reply, 200, 201):
                return self._refused(attachment, reply)
            tags.append(_etag(reply.headers))
        if digest.hexdigest() != opened.file.digest:
            return _changed(attachment)
        if kind != "video":
            return place.urn
        body = finalize_body(place.urn, place.token, tags)
        reply = self.calls.repeated(lambda: self.calls.once("POST", "/rest/videos?action=finalizeUpload", body))
        return place.urn if _is(reply, 200) else self._refused(attachment, reply)

    def _done(
        self, post: str, attachment: Attachment, author: str, upload: Upload, *, again: bool
    ) -> Upload | Rejected:
        """Wait until LinkedIn is done with a file; where it failed, or knows nothing of it, send it once more."""
        said = self._awaited(attachment, upload)
        if said == "AVAILABLE":
            return upload
        if isinstance(said, Rejected):
            return said
        if said == "PROCESSING":
            return _not_sent(attachment, "LinkedIn is still processing it")
        if not again:
            problem = Problem(
                what=f"LinkedIn cannot use {attachment.source}",
                linkedin_has=NOTHING,
                fix="save the file anew, or use another one",
            )
            return Rejected(failure=Failure.REFUSED, problem=problem)
        fresh = self._there(post, attachment, author, renew=True)
        return fresh if isinstance(fresh, Rejected) else self._done(post, attachment, author, fresh, again=False)

    def _awaited(self, attachment: Attachment, upload: Upload) -> str | Rejected:
        """Return AVAILABLE, PROCESSING (still, and patience is over), PROCESSING_FAILED or GONE."""
        clock, pauses = self.calls.clock, iter(_PAUSES)
        if _age(upload, clock.now()) > _SURELY_DONE:
            return "AVAILABLE"
        while upload.kind not in self.blind:
            reply = self.calls.repeated(lambda: self.calls.once("GET", asset_path(upload.kind, upload.urn)))
            if _is(reply, 404):
                return "GONE"
            if _is(reply, 403):  # without a product that reads (Images API): the rest is patience
                self.blind.add(upload.kind)
                break
            if not _is(reply, 200):
                return self._refused(attachment, reply)
            if (said := status(reply.body)) in {"AVAILABLE", "PROCESSING_FAILED"}:
                return said
            if _age(upload, clock.now()) > _PATIENCE[upload.kind]:
                return "PROCESSING"
            clock.sleep(next(pauses, _PAUSES[-1]))
        clock.sleep(max(0.0, _BLIND_WAIT - _age(upload, clock.now())))
        return "AVAILABLE"

    def _refused(self, attachment: Attachment, outcome: Outcome) -> Rejected:
        """Say of a file what the table of answers says of a post; nothing was published, whatever happened."""
        meaning: object = outcome
        if isinstance(outcome, Reply):
            if "EXPIRED_UPLOAD_URL" in read(outcome.body).codes:
                return replace(_not_sent(attachment, "the address to send it to has expired"), uploads="unusable")
            meaning = classify(outcome.status, outcome.headers, outcome.body, self.calls.clock.now())
        if isinstance(meaning, Rejected):
            what = f"LinkedIn did not take {attachment.source}: {meaning.problem.what}"
            return replace(meaning, uploads=None, problem=replace(meaning.problem, what=what, linkedin_has=NOTHING))
        said = meaning.problem if isinstance(meaning, Unclear) else None
        return _not_sent(
            attachment, said.what if said else "LinkedIn gave an odd answer", said.detail if said else None
        )


def _is(outcome: Outcome, *statuses: int) -> TypeGuard[Reply]:
    return isinstance(outcome, Reply) and outcome.status in statuses


def _age(upload: Upload, now: datetime) -> float:
    """Return how many seconds ago a file was sent; at least 0, for clocks differ."""
    return max(0.0, (now - upload.at).total_seconds())


def _etag(headers: Mapping[str, str]) -> str:
    """Return the ETag of a part without its quotes (Videos API)."""
    return next((value.strip().strip('"') for name, value in headers.items() if name.lower() == "etag"), "")


def _not_sent(attachment: Attachment, what: str, detail: str | None = None) -> Rejected:
    problem = Problem(
        what=f"{attachment.source} is not at LinkedIn: {what}",
        linkedin_has=NOTHING,
        fix="run crosspost again",
        detail=detail,
    )
    return Rejected(failure=Failure.NOT_SENT, problem=problem)


def _changed(attachment: Attachment) -> Rejected:
    return _not_sent(attachment, "the file changed meanwhile")
