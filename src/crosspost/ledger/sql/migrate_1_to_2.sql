-- From version 1 to 2. Frozen: this is what ledgers in the field went through.
-- SQLite cannot change a CHECK, so `entry` is made anew and filled ("ALTER TABLE", "Making Other Kinds Of Table Schema
-- Changes"); its triggers come back after that, so that the move adds no line to the history.
DROP TRIGGER entry_made;
DROP TRIGGER entry_changed;
DROP TRIGGER entry_is_kept;
DROP TRIGGER published_is_final;
DROP TRIGGER sent_is_never_put_back;
DROP INDEX twin_guard;
ALTER TABLE entry RENAME TO entry_v1;

CREATE TABLE entry (
    site            TEXT NOT NULL,
    account         TEXT NOT NULL,
    post            TEXT NOT NULL,
    state           TEXT NOT NULL,
    author          TEXT NOT NULL,
    text_digest     TEXT NOT NULL,
    attempts        INTEGER NOT NULL,
    token           TEXT NOT NULL,
    owner           TEXT NOT NULL,
    lease_until     TEXT NOT NULL,
    claimed_at      TEXT NOT NULL,
    sending_at      TEXT,
    settled_at      TEXT,
    written_back_at TEXT,
    edited_at       TEXT,
    retried_at      TEXT,
    request_digest  TEXT,
    urn             TEXT,
    url             TEXT,
    failure         TEXT,
    retry_at        TEXT,
    reason          TEXT,
    doubled         INTEGER NOT NULL DEFAULT 0,
    changed_at      TEXT NOT NULL,

    PRIMARY KEY (site, account, post),
    CONSTRAINT known_state CHECK (
        state IN ('claimed', 'released', 'sending', 'published', 'uncertain', 'failed', 'deleted')
    ),
    CONSTRAINT counted_attempts CHECK (attempts >= 1),
    CONSTRAINT sent_means_recorded_intent CHECK (
        (state IN ('claimed', 'released')) = (sending_at IS NULL)
        AND (sending_at IS NULL) = (request_digest IS NULL)
    ),
    CONSTRAINT settled_has_a_moment CHECK (
        (state IN ('published', 'uncertain', 'failed', 'deleted')) = (settled_at IS NOT NULL)
    ),
    CONSTRAINT failed_has_a_failure CHECK ((state = 'failed') = (failure IS NOT NULL)),
    CONSTRAINT known_failure CHECK (failure IN ('not-sent', 'refused', 'denied', 'throttled')),
    CONSTRAINT only_failed_waits CHECK (retry_at IS NULL OR state = 'failed'),
    CONSTRAINT doubt_has_a_reason CHECK (state NOT IN ('uncertain', 'failed', 'deleted') OR reason IS NOT NULL),
    CONSTRAINT only_published_has_an_address CHECK (
        state IN ('published', 'deleted') OR (urn IS NULL AND url IS NULL AND edited_at IS NULL)
    ),
    CONSTRAINT only_published_is_in_the_file CHECK (state = 'published' OR written_back_at IS NULL),
    CONSTRAINT only_sent_is_retried CHECK (retried_at IS NULL OR sending_at IS NOT NULL),
    CONSTRAINT only_sent_is_doubled CHECK (doubled = 0 OR (doubled = 1 AND sending_at IS NOT NULL)),
    CONSTRAINT moments_are_utc CHECK (
        lease_until GLOB '????-??-??T??:??:??.??????Z'
        AND claimed_at GLOB '????-??-??T??:??:??.??????Z'
        AND changed_at GLOB '????-??-??T??:??:??.??????Z'
        AND coalesce(sending_at, claimed_at) GLOB '????-??-??T??:??:??.??????Z'
        AND coalesce(settled_at, claimed_at) GLOB '????-??-??T??:??:??.??????Z'
        AND coalesce(written_back_at, claimed_at) GLOB '????-??-??T??:??:??.??????Z'
        AND coalesce(edited_at, claimed_at) GLOB '????-??-??T??:??:??.??????Z'
        AND coalesce(retried_at, claimed_at) GLOB '????-??-??T??:??:??.??????Z'
        AND coalesce(retry_at, claimed_at) GLOB '????-??-??T??:??:??.??????Z'
    )
) STRICT;

INSERT INTO entry (site, account, post, state, author, text_digest, attempts, token, owner, lease_until, claimed_at,
                   sending_at, settled_at, written_back_at, request_digest, urn, url, failure, retry_at, reason,
                   doubled, changed_at)
SELECT site, account, post, state, author, text_digest, attempts, token, owner, lease_until, claimed_at,
       sending_at, settled_at, written_back_at, request_digest, urn, url, failure, retry_at, reason,
       doubled, changed_at
  FROM entry_v1;

DROP TABLE entry_v1;

CREATE UNIQUE INDEX twin_guard ON entry (author, text_digest)
    WHERE state IN ('claimed', 'sending', 'uncertain', 'published') AND doubled = 0;

CREATE TRIGGER entry_made AFTER INSERT ON entry BEGIN
    INSERT INTO history (site, account, post, before, after, at, owner, reason,
                         token, author, text_digest, request_digest, urn, url)
    VALUES (NEW.site, NEW.account, NEW.post, NULL, NEW.state, NEW.changed_at, NEW.owner, NEW.reason,
            NEW.token, NEW.author, NEW.text_digest, NEW.request_digest, NEW.urn, NEW.url);
END;

CREATE TRIGGER entry_changed AFTER UPDATE ON entry BEGIN
    INSERT INTO history (site, account, post, before, after, at, owner, reason,
                         token, author, text_digest, request_digest, urn, url)
    VALUES (NEW.site, NEW.account, NEW.post, OLD.state, NEW.state, NEW.changed_at, NEW.owner, NEW.reason,
            NEW.token, NEW.author, NEW.text_digest, NEW.request_digest, NEW.urn, NEW.url);
END;

CREATE TRIGGER entry_is_kept BEFORE DELETE ON entry BEGIN
    SELECT raise(ABORT, 'an entry is never deleted');
END;

CREATE TRIGGER published_is_final BEFORE UPDATE OF state ON entry
    WHEN OLD.state = 'published' AND NEW.state NOT IN ('published', 'deleted', 'released') BEGIN
    SELECT raise(ABORT, 'published is final');
END;

CREATE TRIGGER sent_is_never_put_back BEFORE UPDATE OF state ON entry
    WHEN (OLD.state = 'sending' AND NEW.state IN ('claimed', 'released'))
      OR (OLD.state IN ('uncertain', 'deleted') AND NEW.state = 'claimed') BEGIN
    SELECT raise(ABORT, 'what may have been sent is never put back');
END;

CREATE TRIGGER another_send_has_a_reason BEFORE UPDATE OF state ON entry
    WHEN OLD.state IN ('published', 'uncertain', 'deleted') AND NEW.state = 'released' AND NEW.reason IS NULL BEGIN
    SELECT raise(ABORT, 'another send needs a reason');
END;

CREATE TABLE upload (
    payer  TEXT NOT NULL,
    digest TEXT NOT NULL,
    kind   TEXT NOT NULL,
    urn    TEXT NOT NULL,
    at     TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??.??????Z'),
    PRIMARY KEY (payer, digest)
) STRICT;

CREATE TABLE spending (
    payer    TEXT NOT NULL,
    day      TEXT NOT NULL CHECK (day GLOB '????-??-??'),
    requests INTEGER NOT NULL CHECK (requests >= 0),
    PRIMARY KEY (payer, day)
) STRICT;

CREATE TABLE note (
    subject TEXT NOT NULL,
    name    TEXT NOT NULL,
    value   TEXT NOT NULL,
    at      TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??.??????Z'),
    PRIMARY KEY (subject, name)
) STRICT;
