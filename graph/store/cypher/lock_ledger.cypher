// The write takes the node's lock before anything is read: one writer at a time.
MATCH (g:Ledger {id: 'facts'})
SET g.writer = $writer
WITH g
OPTIONAL MATCH (l:Load {batch: $writer})
RETURN g.seq AS seq, g.chain AS chain, g.recorded_at AS recorded_at,
       properties(l) AS known
