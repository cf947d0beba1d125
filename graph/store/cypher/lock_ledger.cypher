// The write takes the node's lock before anything is read: one writer at a time.
MATCH (l:Ledger {id: 'facts'})
SET l.writer = $writer
RETURN l.seq AS seq, l.chain AS chain, l.recorded_at AS recorded_at
