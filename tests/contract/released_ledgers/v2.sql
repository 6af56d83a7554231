-- A ledger as version 2 of its tables leaves it, one entry in each state. Frozen: what was released stays readable.
PRAGMA application_id = 1481657420;
PRAGMA user_version = 2;
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
INSERT INTO "entry" VALUES('https://example.com','default','_posts/2026-11-20-claimed.md','claimed','urn:li:person:jo','d79d3458a58877cd8e48c18ebaf4c27b9d5c1a9cb5dfbdac769a7a21d8a1022e',1,'372809a74432a97bc8105e01ddcab229','laptop/4711','2026-11-20T08:10:00.000000Z','2026-11-20T08:00:00.000000Z',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,'2026-11-20T08:00:00.000000Z');
INSERT INTO "entry" VALUES('https://example.com','default','_posts/2026-11-20-released.md','released','urn:li:person:jo','d29eae1372c396247daf62745d10c3513eb46f9f232b4527e0f5298e5dca5cd0',1,'e55b79a82c02e05af7c540ee32508188','laptop/4711','2026-11-20T08:10:00.000000Z','2026-11-20T08:00:00.000000Z',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,'2026-11-20T08:00:00.000000Z');
INSERT INTO "entry" VALUES('https://example.com','default','_posts/2026-11-20-sending.md','sending','urn:li:person:jo','86474ae6ea984de34722d58a1de472533d7dfb3544581a1be2486f6f6594b904',1,'6ed319e5153837b6d7d0e99912bf1c71','laptop/4711','2026-11-20T08:10:01.000000Z','2026-11-20T08:00:00.000000Z','2026-11-20T08:00:01.000000Z',NULL,NULL,NULL,NULL,'913442658da4fb4b58c4fb416ee63c8d8db17ffc5e2f0e7a089f29defac1e1ee',NULL,NULL,NULL,NULL,NULL,0,'2026-11-20T08:00:01.000000Z');
INSERT INTO "entry" VALUES('https://example.com','default','_posts/2026-11-20-published.md','published','urn:li:person:jo','1fb9f4097256db2d7b1e13aff79cee44339891a31c556b9cf6093885773b3618',1,'1dcbd0081874bd90283a203642725270','laptop/4711','2026-11-20T08:10:01.000000Z','2026-11-20T08:00:00.000000Z','2026-11-20T08:00:01.000000Z','2026-11-20T08:00:02.000000Z','2026-11-20T08:00:02.000000Z','2026-11-20T08:00:03.000000Z',NULL,'d191dccb2417c860e9653d93f4be4b808ba0ee38014c46485b735eb1656b55ed','urn:li:share:7348349577130860544','https://www.linkedin.com/feed/update/urn:li:share:7348349577130860544/',NULL,NULL,'edited',0,'2026-11-20T08:00:03.000000Z');
INSERT INTO "entry" VALUES('https://example.com','default','_posts/2026-11-20-uncertain.md','uncertain','urn:li:person:jo','96642b36a83c4c78c5dc7a3019ab2c4c7138ff513fad4ffd669f5c65ab4ae178',1,'fe455b8034793808364202442e1b8434','laptop/4711','2026-11-20T08:10:01.000000Z','2026-11-20T08:00:00.000000Z','2026-11-20T08:00:01.000000Z','2026-11-20T08:00:02.000000Z',NULL,NULL,'2026-11-20T08:00:09.000000Z','5264e4b1fa297a0ebdf04105201572bca0fd6873dcfe87b4c7a59c4469e24c5d',NULL,NULL,NULL,NULL,'the connection broke before an answer came',0,'2026-11-20T08:00:09.000000Z');
INSERT INTO "entry" VALUES('https://example.com','default','_posts/2026-11-20-failed.md','failed','urn:li:person:jo','5d28a90f4498a81461efbaf6f628a19d9778390bb5c81a393dd936181cc3d826',1,'346d874c1a375ab6b201d85333327df7','laptop/4711','2026-11-20T08:10:01.000000Z','2026-11-20T08:00:00.000000Z','2026-11-20T08:00:01.000000Z','2026-11-20T08:00:02.000000Z',NULL,NULL,NULL,'ada36fd1eacba294c3c2e7554ab00025e4d3dd03476f317df9d7cd388978475b',NULL,NULL,'throttled','2026-11-21T00:00:00.000000Z','the daily limit is reached',0,'2026-11-20T08:00:02.000000Z');
INSERT INTO "entry" VALUES('https://example.com','default','_posts/2026-11-20-deleted.md','deleted','urn:li:person:jo','1185f37d33b0f89e331f101a51bb8e51165c7efda15950b86a3ebcbb363f898e',1,'c7d05369df8a040747f40932faacc35f','laptop/4711','2026-11-20T08:10:01.000000Z','2026-11-20T08:00:00.000000Z','2026-11-20T08:00:01.000000Z','2026-11-20T08:00:04.000000Z',NULL,NULL,NULL,'e456bb740ab95731fed6919b4d928ec7584eb36b572cea92207cc3a4834a5202','urn:li:share:7348349577130860545','https://www.linkedin.com/feed/update/urn:li:share:7348349577130860545/',NULL,NULL,'deleted by hand',0,'2026-11-20T08:00:04.000000Z');
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
INSERT INTO "history" VALUES(1,'https://example.com','default','_posts/2026-11-20-claimed.md',NULL,'claimed','2026-11-20T08:00:00.000000Z','laptop/4711',NULL,'372809a74432a97bc8105e01ddcab229','urn:li:person:jo','d79d3458a58877cd8e48c18ebaf4c27b9d5c1a9cb5dfbdac769a7a21d8a1022e',NULL,NULL,NULL);
INSERT INTO "history" VALUES(2,'https://example.com','default','_posts/2026-11-20-released.md',NULL,'claimed','2026-11-20T08:00:00.000000Z','laptop/4711',NULL,'e55b79a82c02e05af7c540ee32508188','urn:li:person:jo','d29eae1372c396247daf62745d10c3513eb46f9f232b4527e0f5298e5dca5cd0',NULL,NULL,NULL);
INSERT INTO "history" VALUES(3,'https://example.com','default','_posts/2026-11-20-released.md','claimed','released','2026-11-20T08:00:00.000000Z','laptop/4711',NULL,'e55b79a82c02e05af7c540ee32508188','urn:li:person:jo','d29eae1372c396247daf62745d10c3513eb46f9f232b4527e0f5298e5dca5cd0',NULL,NULL,NULL);
INSERT INTO "history" VALUES(4,'https://example.com','default','_posts/2026-11-20-sending.md',NULL,'claimed','2026-11-20T08:00:00.000000Z','laptop/4711',NULL,'6ed319e5153837b6d7d0e99912bf1c71','urn:li:person:jo','86474ae6ea984de34722d58a1de472533d7dfb3544581a1be2486f6f6594b904',NULL,NULL,NULL);
INSERT INTO "history" VALUES(5,'https://example.com','default','_posts/2026-11-20-sending.md','claimed','sending','2026-11-20T08:00:01.000000Z','laptop/4711',NULL,'6ed319e5153837b6d7d0e99912bf1c71','urn:li:person:jo','86474ae6ea984de34722d58a1de472533d7dfb3544581a1be2486f6f6594b904','913442658da4fb4b58c4fb416ee63c8d8db17ffc5e2f0e7a089f29defac1e1ee',NULL,NULL);
INSERT INTO "history" VALUES(6,'https://example.com','default','_posts/2026-11-20-published.md',NULL,'claimed','2026-11-20T08:00:00.000000Z','laptop/4711',NULL,'1dcbd0081874bd90283a203642725270','urn:li:person:jo','b04e5ea201bb040cae53f693f6a38a3e00b62da6039ca248fecd59b7fc842894',NULL,NULL,NULL);
INSERT INTO "history" VALUES(7,'https://example.com','default','_posts/2026-11-20-published.md','claimed','sending','2026-11-20T08:00:01.000000Z','laptop/4711',NULL,'1dcbd0081874bd90283a203642725270','urn:li:person:jo','b04e5ea201bb040cae53f693f6a38a3e00b62da6039ca248fecd59b7fc842894','d191dccb2417c860e9653d93f4be4b808ba0ee38014c46485b735eb1656b55ed',NULL,NULL);
INSERT INTO "history" VALUES(8,'https://example.com','default','_posts/2026-11-20-published.md','sending','published','2026-11-20T08:00:02.000000Z','laptop/4711',NULL,'1dcbd0081874bd90283a203642725270','urn:li:person:jo','b04e5ea201bb040cae53f693f6a38a3e00b62da6039ca248fecd59b7fc842894','d191dccb2417c860e9653d93f4be4b808ba0ee38014c46485b735eb1656b55ed','urn:li:share:7348349577130860544','https://www.linkedin.com/feed/update/urn:li:share:7348349577130860544/');
INSERT INTO "history" VALUES(9,'https://example.com','default','_posts/2026-11-20-published.md','published','published','2026-11-20T08:00:02.000000Z','laptop/4711',NULL,'1dcbd0081874bd90283a203642725270','urn:li:person:jo','b04e5ea201bb040cae53f693f6a38a3e00b62da6039ca248fecd59b7fc842894','d191dccb2417c860e9653d93f4be4b808ba0ee38014c46485b735eb1656b55ed','urn:li:share:7348349577130860544','https://www.linkedin.com/feed/update/urn:li:share:7348349577130860544/');
INSERT INTO "history" VALUES(10,'https://example.com','default','_posts/2026-11-20-published.md','published','published','2026-11-20T08:00:03.000000Z','laptop/4711','edited','1dcbd0081874bd90283a203642725270','urn:li:person:jo','1fb9f4097256db2d7b1e13aff79cee44339891a31c556b9cf6093885773b3618','d191dccb2417c860e9653d93f4be4b808ba0ee38014c46485b735eb1656b55ed','urn:li:share:7348349577130860544','https://www.linkedin.com/feed/update/urn:li:share:7348349577130860544/');
INSERT INTO "history" VALUES(11,'https://example.com','default','_posts/2026-11-20-uncertain.md',NULL,'claimed','2026-11-20T08:00:00.000000Z','laptop/4711',NULL,'fe455b8034793808364202442e1b8434','urn:li:person:jo','96642b36a83c4c78c5dc7a3019ab2c4c7138ff513fad4ffd669f5c65ab4ae178',NULL,NULL,NULL);
INSERT INTO "history" VALUES(12,'https://example.com','default','_posts/2026-11-20-uncertain.md','claimed','sending','2026-11-20T08:00:01.000000Z','laptop/4711',NULL,'fe455b8034793808364202442e1b8434','urn:li:person:jo','96642b36a83c4c78c5dc7a3019ab2c4c7138ff513fad4ffd669f5c65ab4ae178','5264e4b1fa297a0ebdf04105201572bca0fd6873dcfe87b4c7a59c4469e24c5d',NULL,NULL);
INSERT INTO "history" VALUES(13,'https://example.com','default','_posts/2026-11-20-uncertain.md','sending','uncertain','2026-11-20T08:00:02.000000Z','laptop/4711','the connection broke before an answer came','fe455b8034793808364202442e1b8434','urn:li:person:jo','96642b36a83c4c78c5dc7a3019ab2c4c7138ff513fad4ffd669f5c65ab4ae178','5264e4b1fa297a0ebdf04105201572bca0fd6873dcfe87b4c7a59c4469e24c5d',NULL,NULL);
INSERT INTO "history" VALUES(14,'https://example.com','default','_posts/2026-11-20-uncertain.md','uncertain','uncertain','2026-11-20T08:00:09.000000Z','laptop/4711','the connection broke before an answer came','fe455b8034793808364202442e1b8434','urn:li:person:jo','96642b36a83c4c78c5dc7a3019ab2c4c7138ff513fad4ffd669f5c65ab4ae178','5264e4b1fa297a0ebdf04105201572bca0fd6873dcfe87b4c7a59c4469e24c5d',NULL,NULL);
INSERT INTO "history" VALUES(15,'https://example.com','default','_posts/2026-11-20-failed.md',NULL,'claimed','2026-11-20T08:00:00.000000Z','laptop/4711',NULL,'346d874c1a375ab6b201d85333327df7','urn:li:person:jo','5d28a90f4498a81461efbaf6f628a19d9778390bb5c81a393dd936181cc3d826',NULL,NULL,NULL);
INSERT INTO "history" VALUES(16,'https://example.com','default','_posts/2026-11-20-failed.md','claimed','sending','2026-11-20T08:00:01.000000Z','laptop/4711',NULL,'346d874c1a375ab6b201d85333327df7','urn:li:person:jo','5d28a90f4498a81461efbaf6f628a19d9778390bb5c81a393dd936181cc3d826','ada36fd1eacba294c3c2e7554ab00025e4d3dd03476f317df9d7cd388978475b',NULL,NULL);
INSERT INTO "history" VALUES(17,'https://example.com','default','_posts/2026-11-20-failed.md','sending','failed','2026-11-20T08:00:02.000000Z','laptop/4711','the daily limit is reached','346d874c1a375ab6b201d85333327df7','urn:li:person:jo','5d28a90f4498a81461efbaf6f628a19d9778390bb5c81a393dd936181cc3d826','ada36fd1eacba294c3c2e7554ab00025e4d3dd03476f317df9d7cd388978475b',NULL,NULL);
INSERT INTO "history" VALUES(18,'https://example.com','default','_posts/2026-11-20-deleted.md',NULL,'claimed','2026-11-20T08:00:00.000000Z','laptop/4711',NULL,'c7d05369df8a040747f40932faacc35f','urn:li:person:jo','1185f37d33b0f89e331f101a51bb8e51165c7efda15950b86a3ebcbb363f898e',NULL,NULL,NULL);
INSERT INTO "history" VALUES(19,'https://example.com','default','_posts/2026-11-20-deleted.md','claimed','sending','2026-11-20T08:00:01.000000Z','laptop/4711',NULL,'c7d05369df8a040747f40932faacc35f','urn:li:person:jo','1185f37d33b0f89e331f101a51bb8e51165c7efda15950b86a3ebcbb363f898e','e456bb740ab95731fed6919b4d928ec7584eb36b572cea92207cc3a4834a5202',NULL,NULL);
INSERT INTO "history" VALUES(20,'https://example.com','default','_posts/2026-11-20-deleted.md','sending','published','2026-11-20T08:00:02.000000Z','laptop/4711',NULL,'c7d05369df8a040747f40932faacc35f','urn:li:person:jo','1185f37d33b0f89e331f101a51bb8e51165c7efda15950b86a3ebcbb363f898e','e456bb740ab95731fed6919b4d928ec7584eb36b572cea92207cc3a4834a5202','urn:li:share:7348349577130860545','https://www.linkedin.com/feed/update/urn:li:share:7348349577130860545/');
INSERT INTO "history" VALUES(21,'https://example.com','default','_posts/2026-11-20-deleted.md','published','deleted','2026-11-20T08:00:04.000000Z','laptop/4711','deleted by hand','c7d05369df8a040747f40932faacc35f','urn:li:person:jo','1185f37d33b0f89e331f101a51bb8e51165c7efda15950b86a3ebcbb363f898e','e456bb740ab95731fed6919b4d928ec7584eb36b572cea92207cc3a4834a5202','urn:li:share:7348349577130860545','https://www.linkedin.com/feed/update/urn:li:share:7348349577130860545/');
CREATE TABLE note (
    subject TEXT NOT NULL,
    name    TEXT NOT NULL,
    value   TEXT NOT NULL,
    at      TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??.??????Z'),
    PRIMARY KEY (subject, name)
) STRICT;
INSERT INTO "note" VALUES('api_version','https://api.linkedin.com','202609','2026-11-20T08:00:00.000000Z');
CREATE TABLE spending (
    payer    TEXT NOT NULL,
    day      TEXT NOT NULL CHECK (day GLOB '????-??-??'),
    requests INTEGER NOT NULL CHECK (requests >= 0),
    PRIMARY KEY (payer, day)
) STRICT;
INSERT INTO "spending" VALUES('urn:li:person:jo','2026-11-20',7);
CREATE TABLE upload (
    payer  TEXT NOT NULL,
    digest TEXT NOT NULL,
    kind   TEXT NOT NULL,
    urn    TEXT NOT NULL,
    at     TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??.??????Z'),
    PRIMARY KEY (payer, digest)
) STRICT;
INSERT INTO "upload" VALUES('urn:li:person:jo','2cea274d0bedc39ec4ab6ba9e59ec889e3ed6fb56a1cf088a64d9b383378dc97','image','urn:li:image:C4E10AQFoyyAjHPMQuQ','2026-11-20T08:00:00.000000Z');
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
