-- The ledger, version 2. Moments are UTC as text of fixed width (2026-11-22T13:15:08.123456Z): they sort as they
-- follow one another, and a person can read them. The arrows have the letters of docs/ledger.md.
-- Comments stand between the statements: SQLite keeps what is inside one, and an opened ledger is compared with this.

-- doubled: 1 where LinkedIn has, or may have, the same text from another entry too, which then holds the twin guard.
-- changed_at: when the row last changed; the moment of the newest line in the history.
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

-- The twin guard: one author never has the same text twice among what is on LinkedIn, may be, or is about to be.
CREATE UNIQUE INDEX twin_guard ON entry (author, text_digest)
    WHERE state IN ('claimed', 'sending', 'uncertain', 'published') AND doubled = 0;

CREATE TABLE history (
    line           INTEGER PRIMARY KEY,
    site           TEXT NOT NULL,
    account        TEXT NOT NULL,
    post           TEXT NOT NULL,
    before         TEXT,
    after          TEXT NOT NULL,
    at             TEXT NOT NULL,
    owner          TEXT NOT NULL,
    reason         TEXT,
    token          TEXT NOT NULL,
    author         TEXT NOT NULL,
    text_digest    TEXT NOT NULL,
    request_digest TEXT,
    urn            TEXT,
    url            TEXT
) STRICT;

CREATE INDEX history_of_entry ON history (site, account, post);

CREATE TABLE baseline (
    site TEXT NOT NULL PRIMARY KEY,
    at   TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??.??????Z')
) STRICT;

-- No step without its line, not even one made by hand.
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

-- What may be on LinkedIn is never forgotten, and put back in the queue only by a person who says why.
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

-- The history only grows.
CREATE TRIGGER history_is_not_rewritten BEFORE UPDATE ON history BEGIN
    SELECT raise(ABORT, 'the history is append-only');
END;

CREATE TRIGGER history_is_not_shortened BEFORE DELETE ON history BEGIN
    SELECT raise(ABORT, 'the history is append-only');
END;

-- REPLACE deletes without the trigger above unless recursive_triggers is on (SQLite, "CREATE TRIGGER").
CREATE TRIGGER history_is_not_replaced BEFORE INSERT ON history
    WHEN EXISTS (SELECT 1 FROM history WHERE line = NEW.line) BEGIN
    SELECT raise(ABORT, 'the history is append-only');
END;

-- Files that LinkedIn has: a retry, or a later post, names them instead of uploading them again.
CREATE TABLE upload (
    payer  TEXT NOT NULL,
    digest TEXT NOT NULL,
    kind   TEXT NOT NULL,
    urn    TEXT NOT NULL,
    at     TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??.??????Z'),
    PRIMARY KEY (payer, digest)
) STRICT;

-- Requests by day (UTC, as LinkedIn counts them), a few more rather than one too few.
CREATE TABLE spending (
    payer    TEXT NOT NULL,
    day      TEXT NOT NULL CHECK (day GLOB '????-??-??'),
    requests INTEGER NOT NULL CHECK (requests >= 0),
    PRIMARY KEY (payer, day)
) STRICT;

-- Small facts: an approval, what was told already, the API version that works, a pause that LinkedIn asked for.
CREATE TABLE note (
    subject TEXT NOT NULL,
    name    TEXT NOT NULL,
    value   TEXT NOT NULL,
    at      TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??.??????Z'),
    PRIMARY KEY (subject, name)
) STRICT;
