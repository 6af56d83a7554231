-- What keeps a post from being claimed, for most claims that are refused: its entry, and the clock that its lease goes by.
-- Nothing where there is none, or where the tables are of another version.
SELECT entry.*, coalesce(CAST(:moment AS timestamptz), clock_timestamp()) AS looked_at
  FROM entry
 WHERE site = :site AND account = :account AND post = :post
   AND EXISTS (SELECT FROM ledger WHERE version = :version)
