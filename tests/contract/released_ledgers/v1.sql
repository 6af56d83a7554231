-- A ledger as version 1 of its tables leaves it, one entry in each state. Frozen: what was released stays readable.
PRAGMA application_id = 1481657420;
PRAGMA user_version = 1;
BEGIN TRANSACTION;
CREATE TABLE baseline (
    site TEXT NOT NULL PRIMARY KEY,
    at   TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??.??????Z')
) STRICT;
INSERT INTO "baseline" VALUES('https://example.com','2026-11-20T08:00:00.000000Z');
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
    request_digest  TEXT,
    urn             TEXT,
    url             TEXT,
    failure         TEXT,
    retry_at        TEXT,
    reason          TEXT,
    doubled         INTEGER NOT NULL DEFAULT 0,
    changed_at      TEXT NOT NULL,

    PRIMARY KEY (site, account, post),
    CONSTRAINT known_state CHECK (state IN ('claimed', 'released', 'sending', 'published', 'uncertain', 'failed')),
    CONSTRAINT counted_attempts CHECK (attempts >= 1),
    CONSTRAINT sent_means_recorded_intent CHECK (
        (state IN ('claimed', 'released')) = (sending_at IS NULL)
        AND (sending_at IS NULL) = (request_digest IS NULL)
    ),
    CONSTRAINT settled_has_a_moment CHECK ((state IN ('published', 'uncertain', 'failed')) = (settled_at IS NOT NULL)),
    CONSTRAINT failed_has_a_failure CHECK ((state = 'failed') = (failure IS NOT NULL)),
    CONSTRAINT known_failure CHECK (failure IN ('not-sent', 'refused', 'denied', 'throttled')),
    CONSTRAINT only_failed_waits CHECK (retry_at IS NULL OR state = 'failed'),
    CONSTRAINT doubt_has_a_reason CHECK (state NOT IN ('uncertain', 'failed') OR reason IS NOT NULL),
    CONSTRAINT only_published_has_an_address CHECK (
        state = 'published' OR (urn IS NULL AND url IS NULL AND written_back_at IS NULL)
    ),
    CONSTRAINT only_sent_is_doubled CHECK (doubled = 0 OR (doubled = 1 AND sending_at IS NOT NULL)),
    CONSTRAINT moments_are_utc CHECK (
        lease_until GLOB '????-??-??T??:??:??.??????Z'
        AND claimed_at GLOB '????-??-??T??:??:??.??????Z'
        AND changed_at GLOB '????-??-??T??:??:??.??????Z'
        AND coalesce(sending_at, claimed_at) GLOB '????-??-??T??:??:??.??????Z'
        AND coalesce(settled_at, claimed_at) GLOB '????-??-??T??:??:??.??????Z'
        AND coalesce(written_back_at, claimed_at) GLOB '????-??-??T??:??:??.??????Z'
        AND coalesce(retry_at, claimed_at) GLOB '????-??-??T??:??:??.??????Z'
    )
) STRICT;
INSERT INTO "entry" VALUES('https://example.com','default','_posts/2026-11-20-claimed.md','claimed','urn:li:person:jo','d79d3458a58877cd8e48c18ebaf4c27b9d5c1a9cb5dfbdac769a7a21d8a1022e',1,'09532d7a9e04a6f147119206e8cbfcef','laptop/4711','2026-11-20T08:10:00.000000Z','2026-11-20T08:00:00.000000Z',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,'2026-11-20T08:00:00.000000Z');
INSERT INTO "entry" VALUES('https://example.com','default','_posts/2026-11-20-released.md','released','urn:li:person:jo','d29eae1372c396247daf62745d10c3513eb46f9f232b4527e0f5298e5dca5cd0',1,'803cd81cf816a70f1f0b005d1cfdae63','laptop/4711','2026-11-20T08:10:00.000000Z','2026-11-20T08:00:00.000000Z',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,'2026-11-20T08:00:00.000000Z');
INSERT INTO "entry" VALUES('https://example.com','default','_posts/2026-11-20-sending.md','sending','urn:li:person:jo','86474ae6ea984de34722d58a1de472533d7dfb3544581a1be2486f6f6594b904',1,'2bad92971a1a32b3b5cb0bac3c2f75ae','laptop/4711','2026-11-20T08:10:01.000000Z','2026-11-20T08:00:00.000000Z','2026-11-20T08:00:01.000000Z',NULL,NULL,'501e57e4f81379368146b8bc8776c6e22d752caa56925a0daa297b9ac9b2b9be',NULL,NULL,NULL,NULL,NULL,0,'2026-11-20T08:00:01.000000Z');
INSERT INTO "entry" VALUES('https://example.com','default','_posts/2026-11-20-published.md','published','urn:li:person:jo','b04e5ea201bb040cae53f693f6a38a3e00b62da6039ca248fecd59b7fc842894',1,'6a1237c45ec2e76126de4c17f3819436','laptop/4711','2026-11-20T08:10:01.000000Z','2026-11-20T08:00:00.000000Z','2026-11-20T08:00:01.000000Z','2026-11-20T08:00:02.000000Z','2026-11-20T08:00:02.000000Z','a7f03a5c1ae178bfb93f7c887386a88ce227fa6d4595bcb798022412dc31ce2e','urn:li:share:7348349577130860544','https://www.linkedin.com/feed/update/urn:li:share:7348349577130860544/',NULL,NULL,NULL,0,'2026-11-20T08:00:02.000000Z');
INSERT INTO "entry" VALUES('https://example.com','default','_posts/2026-11-20-uncertain.md','uncertain','urn:li:person:jo','96642b36a83c4c78c5dc7a3019ab2c4c7138ff513fad4ffd669f5c65ab4ae178',1,'3d7159cd0e759d0d954ca2e023641df4','laptop/4711','2026-11-20T08:10:01.000000Z','2026-11-20T08:00:00.000000Z','2026-11-20T08:00:01.000000Z','2026-11-20T08:00:02.000000Z',NULL,'7f41db95337b84541e5d9d1039d4c7e8fc72c8aa7531ce95d0cf352b74c33f6b',NULL,NULL,NULL,NULL,'the connection broke before an answer came',0,'2026-11-20T08:00:02.000000Z');
INSERT INTO "entry" VALUES('https://example.com','default','_posts/2026-11-20-failed.md','failed','urn:li:person:jo','5d28a90f4498a81461efbaf6f628a19d9778390bb5c81a393dd936181cc3d826',1,'9af35424203a61bf589a6d490aed435a','laptop/4711','2026-11-20T08:10:01.000000Z','2026-11-20T08:00:00.000000Z','2026-11-20T08:00:01.000000Z','2026-11-20T08:00:02.000000Z',NULL,'2d67a430ab67cddc5c7d252ba6c1464fcef15413223d374ae11d8688222f0f14',NULL,NULL,'throttled','2026-11-21T08:00:00.000000Z','the daily limit is reached',0,'2026-11-20T08:00:02.000000Z');
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
INSERT INTO "history" VALUES(1,'https://example.com','default','_posts/2026-11-20-claimed.md',NULL,'claimed','2026-11-20T08:00:00.000000Z','laptop/4711',NULL,'09532d7a9e04a6f147119206e8cbfcef','urn:li:person:jo','d79d3458a58877cd8e48c18ebaf4c27b9d5c1a9cb5dfbdac769a7a21d8a1022e',NULL,NULL,NULL);
INSERT INTO "history" VALUES(2,'https://example.com','default','_posts/2026-11-20-released.md',NULL,'claimed','2026-11-20T08:00:00.000000Z','laptop/4711',NULL,'803cd81cf816a70f1f0b005d1cfdae63','urn:li:person:jo','d29eae1372c396247daf62745d10c3513eb46f9f232b4527e0f5298e5dca5cd0',NULL,NULL,NULL);
INSERT INTO "history" VALUES(3,'https://example.com','default','_posts/2026-11-20-released.md','claimed','released','2026-11-20T08:00:00.000000Z','laptop/4711',NULL,'803cd81cf816a70f1f0b005d1cfdae63','urn:li:person:jo','d29eae1372c396247daf62745d10c3513eb46f9f232b4527e0f5298e5dca5cd0',NULL,NULL,NULL);
INSERT INTO "history" VALUES(4,'https://example.com','default','_posts/2026-11-20-sending.md',NULL,'claimed','2026-11-20T08:00:00.000000Z','laptop/4711',NULL,'2bad92971a1a32b3b5cb0bac3c2f75ae','urn:li:person:jo','86474ae6ea984de34722d58a1de472533d7dfb3544581a1be2486f6f6594b904',NULL,NULL,NULL);
INSERT INTO "history" VALUES(5,'https://example.com','default','_posts/2026-11-20-sending.md','claimed','sending','2026-11-20T08:00:01.000000Z','laptop/4711',NULL,'2bad92971a1a32b3b5cb0bac3c2f75ae','urn:li:person:jo','86474ae6ea984de34722d58a1de472533d7dfb3544581a1be2486f6f6594b904','501e57e4f81379368146b8bc8776c6e22d752caa56925a0daa297b9ac9b2b9be',NULL,NULL);
INSERT INTO "history" VALUES(6,'https://example.com','default','_posts/2026-11-20-published.md',NULL,'claimed','2026-11-20T08:00:00.000000Z','laptop/4711',NULL,'6a1237c45ec2e76126de4c17f3819436','urn:li:person:jo','b04e5ea201bb040cae53f693f6a38a3e00b62da6039ca248fecd59b7fc842894',NULL,NULL,NULL);
INSERT INTO "history" VALUES(7,'https://example.com','default','_posts/2026-11-20-published.md','claimed','sending','2026-11-20T08:00:01.000000Z','laptop/4711',NULL,'6a1237c45ec2e76126de4c17f3819436','urn:li:person:jo','b04e5ea201bb040cae53f693f6a38a3e00b62da6039ca248fecd59b7fc842894','a7f03a5c1ae178bfb93f7c887386a88ce227fa6d4595bcb798022412dc31ce2e',NULL,NULL);
INSERT INTO "history" VALUES(8,'https://example.com','default','_posts/2026-11-20-published.md','sending','published','2026-11-20T08:00:02.000000Z','laptop/4711',NULL,'6a1237c45ec2e76126de4c17f3819436','urn:li:person:jo','b04e5ea201bb040cae53f693f6a38a3e00b62da6039ca248fecd59b7fc842894','a7f03a5c1ae178bfb93f7c887386a88ce227fa6d4595bcb798022412dc31ce2e','urn:li:share:7348349577130860544','https://www.linkedin.com/feed/update/urn:li:share:7348349577130860544/');
INSERT INTO "history" VALUES(9,'https://example.com','default','_posts/2026-11-20-published.md','published','published','2026-11-20T08:00:02.000000Z','laptop/4711',NULL,'6a1237c45ec2e76126de4c17f3819436','urn:li:person:jo','b04e5ea201bb040cae53f693f6a38a3e00b62da6039ca248fecd59b7fc842894','a7f03a5c1ae178bfb93f7c887386a88ce227fa6d4595bcb798022412dc31ce2e','urn:li:share:7348349577130860544','https://www.linkedin.com/feed/update/urn:li:share:7348349577130860544/');
INSERT INTO "history" VALUES(10,'https://example.com','default','_posts/2026-11-20-uncertain.md',NULL,'claimed','2026-11-20T08:00:00.000000Z','laptop/4711',NULL,'3d7159cd0e759d0d954ca2e023641df4','urn:li:person:jo','96642b36a83c4c78c5dc7a3019ab2c4c7138ff513fad4ffd669f5c65ab4ae178',NULL,NULL,NULL);
INSERT INTO "history" VALUES(11,'https://example.com','default','_posts/2026-11-20-uncertain.md','claimed','sending','2026-11-20T08:00:01.000000Z','laptop/4711',NULL,'3d7159cd0e759d0d954ca2e023641df4','urn:li:person:jo','96642b36a83c4c78c5dc7a3019ab2c4c7138ff513fad4ffd669f5c65ab4ae178','7f41db95337b84541e5d9d1039d4c7e8fc72c8aa7531ce95d0cf352b74c33f6b',NULL,NULL);
INSERT INTO "history" VALUES(12,'https://example.com','default','_posts/2026-11-20-uncertain.md','sending','uncertain','2026-11-20T08:00:02.000000Z','laptop/4711','the connection broke before an answer came','3d7159cd0e759d0d954ca2e023641df4','urn:li:person:jo','96642b36a83c4c78c5dc7a3019ab2c4c7138ff513fad4ffd669f5c65ab4ae178','7f41db95337b84541e5d9d1039d4c7e8fc72c8aa7531ce95d0cf352b74c33f6b',NULL,NULL);
INSERT INTO "history" VALUES(13,'https://example.com','default','_posts/2026-11-20-failed.md',NULL,'claimed','2026-11-20T08:00:00.000000Z','laptop/4711',NULL,'9af35424203a61bf589a6d490aed435a','urn:li:person:jo','5d28a90f4498a81461efbaf6f628a19d9778390bb5c81a393dd936181cc3d826',NULL,NULL,NULL);
INSERT INTO "history" VALUES(14,'https://example.com','default','_posts/2026-11-20-failed.md','claimed','sending','2026-11-20T08:00:01.000000Z','laptop/4711',NULL,'9af35424203a61bf589a6d490aed435a','urn:li:person:jo','5d28a90f4498a81461efbaf6f628a19d9778390bb5c81a393dd936181cc3d826','2d67a430ab67cddc5c7d252ba6c1464fcef15413223d374ae11d8688222f0f14',NULL,NULL);
INSERT INTO "history" VALUES(15,'https://example.com','default','_posts/2026-11-20-failed.md','sending','failed','2026-11-20T08:00:02.000000Z','laptop/4711','the daily limit is reached','9af35424203a61bf589a6d490aed435a','urn:li:person:jo','5d28a90f4498a81461efbaf6f628a19d9778390bb5c81a393dd936181cc3d826','2d67a430ab67cddc5c7d252ba6c1464fcef15413223d374ae11d8688222f0f14',NULL,NULL);
CREATE UNIQUE INDEX twin_guard ON entry (author, text_digest)
    WHERE state IN ('claimed', 'sending', 'uncertain', 'published') AND doubled = 0;
CREATE INDEX history_of_entry ON history (site, account, post);
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
    WHEN OLD.state = 'published' AND NEW.state <> 'published' BEGIN
    SELECT raise(ABORT, 'published is final');
END;
CREATE TRIGGER sent_is_never_put_back BEFORE UPDATE OF state ON entry
    WHEN OLD.state IN ('sending', 'uncertain') AND NEW.state IN ('claimed', 'released') BEGIN
    SELECT raise(ABORT, 'what may have been sent is never put back');
END;
CREATE TRIGGER history_is_not_rewritten BEFORE UPDATE ON history BEGIN
    SELECT raise(ABORT, 'the history is append-only');
END;
CREATE TRIGGER history_is_not_shortened BEFORE DELETE ON history BEGIN
    SELECT raise(ABORT, 'the history is append-only');
END;
CREATE TRIGGER history_is_not_replaced BEFORE INSERT ON history
    WHEN EXISTS (SELECT 1 FROM history WHERE line = NEW.line) BEGIN
    SELECT raise(ABORT, 'the history is append-only');
END;
COMMIT;
