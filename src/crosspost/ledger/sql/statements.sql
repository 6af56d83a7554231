-- Every statement of the ledger. A statement that moves an entry names its arrow (docs/ledger.md) as
-- "letter: states it may leave -> state"; it is guarded by state and token, and the row count decides.

-- get --
SELECT * FROM entry WHERE site = :site AND account = :account AND post = :post;

-- entries --
SELECT * FROM entry WHERE site = :site AND (CAST(:account AS TEXT) IS NULL OR account = :account) ORDER BY account, post;

-- arrived --
SELECT post, text_digest FROM entry
 WHERE site = :site AND account = :account AND author = :author
   AND state IN ('sending', 'uncertain', 'published', 'deleted')
 ORDER BY post;

-- arrived_since --
-- at each claim but the first, so by the lines of the history and no more entries than those
SELECT post, text_digest FROM entry
 WHERE site = :site AND account = :account AND author = :author
   AND state IN ('sending', 'uncertain', 'published', 'deleted')
   AND post IN (SELECT post FROM history WHERE line > :since)
 ORDER BY post;

-- newest_line --
SELECT coalesce(max(line), 0) AS line FROM history;

-- history --
SELECT * FROM history WHERE site = :site AND account = :account AND post = :post ORDER BY line;

-- set_baseline --
-- the first to come records it; everybody else finds it
INSERT INTO baseline (site, at) VALUES (:site, :now) ON CONFLICT (site) DO NOTHING;

-- baseline --
SELECT at FROM baseline WHERE site = :site;

-- twin --
-- who holds the twin guard for this text
SELECT * FROM entry
 WHERE author = :author AND text_digest = :text_digest AND doubled = 0
   AND state IN ('claimed', 'sending', 'uncertain', 'published')
   AND NOT (site = :site AND account = :account AND post = :post);

-- claim_new --
-- a: absent -> claimed
-- nothing where the post has an entry, or another one holds the twin guard for its text: then `claim` decides
INSERT INTO entry (site, account, post, state, author, text_digest, attempts, token, owner,
                   lease_until, claimed_at, changed_at)
VALUES (:site, :account, :post, 'claimed', :author, :text_digest, 1, :token, :owner, :lease_until, :now, :now)
ON CONFLICT DO NOTHING
RETURNING attempts;

-- claim --
-- a: absent, claimed, failed, released -> claimed
-- claimed only where the claim with this token was found stalled
INSERT INTO entry (site, account, post, state, author, text_digest, attempts, token, owner,
                   lease_until, claimed_at, changed_at)
VALUES (:site, :account, :post, 'claimed', :author, :text_digest, 1, :token, :owner, :lease_until, :now, :now)
ON CONFLICT (site, account, post) DO UPDATE
   SET state = 'claimed', author = excluded.author, text_digest = excluded.text_digest,
       attempts = entry.attempts + 1, token = excluded.token, owner = excluded.owner,
       lease_until = excluded.lease_until, claimed_at = excluded.claimed_at, changed_at = excluded.changed_at,
       sending_at = NULL, settled_at = NULL, request_digest = NULL, failure = NULL, retry_at = NULL, reason = NULL,
       retried_at = NULL, doubled = 0
 WHERE entry.token = :before AND entry.state IN ('claimed', 'failed', 'released')
RETURNING attempts;

-- mark_sending --
-- b: claimed -> sending
UPDATE entry
   SET state = 'sending', sending_at = :now, request_digest = :request_digest, lease_until = :lease_until,
       changed_at = :now
 WHERE site = :site AND account = :account AND post = :post AND token = :token AND state = 'claimed';

-- settle_own --
-- c: sending -> published
-- the usual case: no sweep and nobody else has touched the entry, so it holds its text, and all that `settle` restores
UPDATE entry
   SET state = 'published', settled_at = :now, changed_at = :now, urn = :urn, url = :url, reason = :reason
 WHERE site = :site AND account = :account AND post = :post AND token = :token AND state = 'sending' AND doubled = 0;

-- settle --
-- c: claimed, deleted, failed, released, sending, uncertain -> published
-- for every attempt whose intent to send is in the history, even if the entry has moved on since: a receipt is proof
UPDATE entry
   SET state = 'published', settled_at = :now, changed_at = :now, urn = :urn, url = :url, reason = :reason,
       failure = NULL, retry_at = NULL, edited_at = NULL, doubled = 0, author = attempt.author, text_digest = attempt.text_digest,
       token = attempt.token, owner = attempt.owner, sending_at = attempt.at, request_digest = attempt.request_digest
  FROM (SELECT * FROM history
         WHERE site = :site AND account = :account AND post = :post AND token = :token
           AND before = 'claimed' AND after = 'sending') AS attempt
 WHERE entry.site = :site AND entry.account = :account AND entry.post = :post
   AND entry.state IN ('claimed', 'deleted', 'failed', 'released', 'sending', 'uncertain');

-- give_way --
-- f: claimed -> released
-- before a late receipt settles an entry: its twin leaves the twin guard, and is released where it has sent nothing
UPDATE entry
   SET state = CASE state WHEN 'claimed' THEN 'released' ELSE state END, doubled = CASE state WHEN 'claimed' THEN 0 ELSE 1 END,
       reason = :reason, changed_at = :now
 WHERE (author, text_digest) IN (SELECT author, text_digest FROM history
                                  WHERE site = :site AND account = :account AND post = :post AND token = :token
                                    AND before = 'claimed' AND after = 'sending')
   AND state IN ('claimed', 'sending', 'uncertain', 'published')
   AND NOT (site = :site AND account = :account AND post = :post);

-- fail --
-- d: sending -> failed
UPDATE entry
   SET state = 'failed', settled_at = :now, changed_at = :now, failure = :failure, retry_at = :retry_at,
       reason = :reason
 WHERE site = :site AND account = :account AND post = :post AND token = :token AND state = 'sending';

-- doubt --
-- e: sending -> uncertain
UPDATE entry
   SET state = 'uncertain', settled_at = :now, changed_at = :now, reason = :reason
 WHERE site = :site AND account = :account AND post = :post AND token = :token AND state = 'sending';

-- release --
-- f: claimed -> released
UPDATE entry
   SET state = 'released', changed_at = :now, reason = :reason
 WHERE site = :site AND account = :account AND post = :post AND token = :token AND state = 'claimed';

-- unsettled --
-- what a sweep looks at
SELECT * FROM entry WHERE site = :site AND state IN ('claimed', 'sending') ORDER BY account, post;

-- mark_written_back --
UPDATE entry SET written_back_at = :now, changed_at = :now
 WHERE site = :site AND account = :account AND post = :post AND state = 'published';

-- resolve_published --
-- g: uncertain -> published
UPDATE entry
   SET state = 'published', settled_at = :now, changed_at = :now, urn = :urn, url = :url, reason = :reason
 WHERE site = :site AND account = :account AND post = :post AND state = 'uncertain';

-- locate --
-- published without an address -> published with one; no arrow: the state stays
UPDATE entry
   SET changed_at = :now, urn = :urn, url = :url, reason = :reason
 WHERE site = :site AND account = :account AND post = :post AND state = 'published' AND url IS NULL;

-- resolve_not_posted --
-- h: uncertain -> failed
UPDATE entry
   SET state = 'failed', settled_at = :now, changed_at = :now, failure = 'not-sent', reason = :reason
 WHERE site = :site AND account = :account AND post = :post AND state = 'uncertain';

-- withdraw --
-- i: published -> deleted
UPDATE entry
   SET state = 'deleted', settled_at = :now, changed_at = :now, written_back_at = NULL, reason = :reason
 WHERE site = :site AND account = :account AND post = :post AND state = 'published';

-- reopen --
-- j: deleted, published, uncertain -> released
-- the address stays in the history
UPDATE entry
   SET state = 'released', changed_at = :now, reason = :reason, sending_at = NULL, settled_at = NULL,
       written_back_at = NULL, edited_at = NULL, retried_at = NULL, request_digest = NULL, urn = NULL, url = NULL,
       doubled = 0
 WHERE site = :site AND account = :account AND post = :post AND state IN ('deleted', 'published', 'uncertain');

-- amend --
-- LinkedIn's copy has a new text; no arrow: the state stays
UPDATE entry
   SET text_digest = :text_digest, edited_at = :now, changed_at = :now, reason = 'edited', doubled = 0
 WHERE site = :site AND account = :account AND post = :post AND state = 'published';

-- mark_retry --
-- the one identical retry is on record; no arrow: the state stays
UPDATE entry
   SET retried_at = :now, changed_at = :now
 WHERE site = :site AND account = :account AND post = :post AND token = :token AND state = 'uncertain'
   AND retried_at IS NULL;

-- spend --
INSERT INTO spending (payer, day, requests) VALUES (:payer, :day, :requests)
ON CONFLICT (payer, day) DO UPDATE SET requests = spending.requests + excluded.requests
RETURNING requests;

-- spent --
SELECT requests FROM spending WHERE payer = :payer AND day = :day;

-- upload --
SELECT * FROM upload WHERE payer = :payer AND digest = :digest;

-- record_upload --
INSERT INTO upload (payer, digest, kind, urn, at) VALUES (:payer, :digest, :kind, :urn, :at)
ON CONFLICT (payer, digest) DO UPDATE SET kind = excluded.kind, urn = excluded.urn, at = excluded.at;

-- notes --
SELECT name, value FROM note WHERE subject = :subject ORDER BY name;

-- note --
INSERT INTO note (subject, name, value, at) VALUES (:subject, :name, :value, :now)
ON CONFLICT (subject, name) DO UPDATE SET value = excluded.value, at = excluded.at
 WHERE note.value <> excluded.value;

-- forget --
DELETE FROM note WHERE subject = :subject AND name = :name;

-- all_entries --
SELECT * FROM entry ORDER BY site, account, post;

-- all_steps --
SELECT * FROM history ORDER BY line;

-- all_baselines --
SELECT * FROM baseline ORDER BY site;

-- all_uploads --
SELECT * FROM upload ORDER BY payer, digest;

-- all_spending --
SELECT * FROM spending ORDER BY payer, day;

-- all_notes --
SELECT * FROM note ORDER BY subject, name;

-- load_entry --
-- from another ledger, with its history, in whatever state it was
INSERT INTO entry (site, account, post, state, author, text_digest, attempts, token, owner, lease_until, claimed_at,
                   sending_at, settled_at, written_back_at, edited_at, retried_at, request_digest, urn, url, failure,
                   retry_at, reason, doubled, changed_at)
VALUES (:site, :account, :post, :state, :author, :text_digest, :attempts, :token, :owner, :lease_until, :claimed_at,
        :sending_at, :settled_at, :written_back_at, :edited_at, :retried_at, :request_digest, :urn, :url, :failure,
        :retry_at, :reason, :doubled, :changed_at);

-- load_step --
INSERT INTO history (site, account, post, before, after, at, owner, reason,
                     token, author, text_digest, request_digest, urn, url)
VALUES (:site, :account, :post, :before, :after, :at, :owner, :reason,
        :token, :author, :text_digest, :request_digest, :urn, :url);

-- load_baseline --
INSERT INTO baseline (site, at) VALUES (:site, :at) ON CONFLICT (site) DO NOTHING;

-- load_upload --
INSERT INTO upload (payer, digest, kind, urn, at) VALUES (:payer, :digest, :kind_of_file, :urn, :at)
ON CONFLICT (payer, digest) DO UPDATE SET kind = excluded.kind, urn = excluded.urn, at = excluded.at
 WHERE upload.at < excluded.at;

-- load_spending --
INSERT INTO spending (payer, day, requests) VALUES (:payer, :day, :requests)
ON CONFLICT (payer, day) DO UPDATE SET requests = spending.requests + excluded.requests;

-- load_note --
-- what this ledger says stays
INSERT INTO note (subject, name, value, at) VALUES (:subject, :name, :value, :at) ON CONFLICT (subject, name) DO NOTHING;
