-- a: absent -> claimed
-- `claim_new` of statements.sql and all that a transaction adds to it, as one statement: one trip to the server.
-- Nothing where the post has an entry, another one holds its text, or the tables are of another version. Whoever changes
-- the tables locks `ledger` first: this waits for it before it looks, and has it wait in turn.
WITH claimed AS (
    INSERT INTO entry (site, account, post, state, author, text_digest, attempts, token, owner,
                       lease_until, claimed_at, changed_at)
    SELECT :site, :account, :post, 'claimed', :author, :text_digest, 1, :token, :owner,
           coalesce(CAST(:moment AS timestamptz), clock_timestamp()) + :lease, :now, :now
      FROM ledger WHERE version = :version
    ON CONFLICT DO NOTHING
    RETURNING attempts
), counted AS (
    INSERT INTO spending (payer, day, requests)
    SELECT :payer, CAST(:day AS date), :requests FROM claimed WHERE CAST(:payer AS text) IS NOT NULL
    ON CONFLICT (payer, day) DO UPDATE SET requests = spending.requests + excluded.requests
)
SELECT attempts FROM claimed
