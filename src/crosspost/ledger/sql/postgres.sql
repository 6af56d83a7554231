-- The ledger in PostgreSQL, version 2 of its tables, the same as schema.sql for SQLite; moments are timestamptz here.
-- Made in a schema of its own, which is the search path while this runs.
-- COLLATE "C": the order of bytes never changes, while an upgrade of the system's locales can leave an index of another
-- order unable to find what is in it (PostgreSQL wiki, "Locale data changes"); and a twin must be found.

-- Which version this is. `id` tells one ledger from another at the same address.
CREATE TABLE ledger (
    application text NOT NULL CHECK (application = 'crosspost ledger'),
    version     integer NOT NULL,
    id          uuid NOT NULL DEFAULT gen_random_uuid()
);

CREATE UNIQUE INDEX one_ledger ON ledger ((true));

-- doubled: 1 where LinkedIn has, or may have, the same text from another entry too, which then holds the twin guard.
-- changed_at: when the row last changed; the moment of the newest line in the history.
CREATE TABLE entry (
    site            text COLLATE "C" NOT NULL,
    account         text COLLATE "C" NOT NULL,
    post            text COLLATE "C" NOT NULL,
    state           text COLLATE "C" NOT NULL,
    author          text COLLATE "C" NOT NULL,
    text_digest     text COLLATE "C" NOT NULL,
    attempts        integer NOT NULL,
    token           text COLLATE "C" NOT NULL,
    owner           text NOT NULL,
    lease_until     timestamptz NOT NULL,
    claimed_at      timestamptz NOT NULL,
    sending_at      timestamptz,
    settled_at      timestamptz,
    written_back_at timestamptz,
    edited_at       timestamptz,
    retried_at      timestamptz,
    request_digest  text,
    urn             text,
    url             text,
    failure         text,
    retry_at        timestamptz,
    reason          text,
    doubled         integer NOT NULL DEFAULT 0,
    changed_at      timestamptz NOT NULL,

    CONSTRAINT entry_key PRIMARY KEY (site, account, post),
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
    -- timestamptz knows infinity and years that Python does not
    CONSTRAINT moments_are_of_our_era CHECK (
        least(lease_until, claimed_at, sending_at, settled_at, written_back_at, edited_at, retried_at, retry_at,
              changed_at) > '0001-01-02 00:00:00+00'
        AND greatest(lease_until, claimed_at, sending_at, settled_at, written_back_at, edited_at, retried_at, retry_at,
                     changed_at) < '9999-12-30 00:00:00+00'
    )
);

-- The twin guard: one author never has the same text twice among what is on LinkedIn, may be, or is about to be.
CREATE UNIQUE INDEX twin_guard ON entry (author, text_digest)
    WHERE state IN ('claimed', 'sending', 'uncertain', 'published') AND doubled = 0;

CREATE TABLE history (
    line           bigint GENERATED ALWAYS AS IDENTITY,
    site           text COLLATE "C" NOT NULL,
    account        text COLLATE "C" NOT NULL,
    post           text COLLATE "C" NOT NULL,
    before         text,
    after          text NOT NULL,
    at             timestamptz NOT NULL,
    owner          text NOT NULL,
    reason         text,
    token          text COLLATE "C" NOT NULL,
    author         text COLLATE "C" NOT NULL,
    text_digest    text COLLATE "C" NOT NULL,
    request_digest text,
    urn            text,
    url            text,

    CONSTRAINT history_line PRIMARY KEY (line)
);

CREATE INDEX history_of_entry ON history (site, account, post);

CREATE TABLE baseline (
    site text COLLATE "C" NOT NULL,
    at   timestamptz NOT NULL,

    CONSTRAINT baseline_site PRIMARY KEY (site)
);

-- No step without its line, not even one made by hand.
CREATE FUNCTION write_line() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    INSERT INTO history (site, account, post, before, after, at, owner, reason,
                         token, author, text_digest, request_digest, urn, url)
    VALUES (NEW.site, NEW.account, NEW.post, CASE TG_OP WHEN 'UPDATE' THEN OLD.state END, NEW.state, NEW.changed_at,
            NEW.owner, NEW.reason, NEW.token, NEW.author, NEW.text_digest, NEW.request_digest, NEW.urn, NEW.url);
    RETURN NULL;
END $$;

CREATE TRIGGER entry_made AFTER INSERT ON entry FOR EACH ROW EXECUTE FUNCTION write_line();

CREATE TRIGGER entry_changed AFTER UPDATE ON entry FOR EACH ROW EXECUTE FUNCTION write_line();

CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
END $$;

-- What may be on LinkedIn is never forgotten, and put back in the queue only by a person who says why.
CREATE TRIGGER entry_is_kept BEFORE DELETE OR TRUNCATE ON entry
    EXECUTE FUNCTION refuse('an entry is never deleted');

CREATE TRIGGER published_is_final BEFORE UPDATE OF state ON entry FOR EACH ROW
    WHEN (OLD.state = 'published' AND NEW.state NOT IN ('published', 'deleted', 'released'))
    EXECUTE FUNCTION refuse('published is final');

CREATE TRIGGER sent_is_never_put_back BEFORE UPDATE OF state ON entry FOR EACH ROW
    WHEN ((OLD.state = 'sending' AND NEW.state IN ('claimed', 'released'))
          OR (OLD.state IN ('uncertain', 'deleted') AND NEW.state = 'claimed'))
    EXECUTE FUNCTION refuse('what may have been sent is never put back');

CREATE TRIGGER another_send_has_a_reason BEFORE UPDATE OF state ON entry FOR EACH ROW
    WHEN (OLD.state IN ('published', 'uncertain', 'deleted') AND NEW.state = 'released' AND NEW.reason IS NULL)
    EXECUTE FUNCTION refuse('another send needs a reason');

-- The history only grows.
CREATE TRIGGER history_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON history
    EXECUTE FUNCTION refuse('the history is append-only');

-- Files that LinkedIn has: a retry, or a later post, names them instead of uploading them again.
CREATE TABLE upload (
    payer  text COLLATE "C" NOT NULL,
    digest text COLLATE "C" NOT NULL,
    kind   text NOT NULL,
    urn    text NOT NULL,
    at     timestamptz NOT NULL,

    CONSTRAINT upload_key PRIMARY KEY (payer, digest)
);

-- Requests by day (UTC, as LinkedIn counts them), a few more rather than one too few.
CREATE TABLE spending (
    payer    text COLLATE "C" NOT NULL,
    day      date NOT NULL,
    requests integer NOT NULL,

    CONSTRAINT spending_key PRIMARY KEY (payer, day),
    CONSTRAINT counted_requests CHECK (requests >= 0)
);

-- Small facts: an approval, what was told already, the API version that works, a pause that LinkedIn asked for.
CREATE TABLE note (
    subject text COLLATE "C" NOT NULL,
    name    text COLLATE "C" NOT NULL,
    value   text COLLATE "C" NOT NULL,
    at      timestamptz NOT NULL,

    CONSTRAINT note_key PRIMARY KEY (subject, name)
);
