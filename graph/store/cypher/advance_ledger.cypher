MATCH (l:Ledger {id: 'facts'})
SET l.seq = $seq, l.chain = $chain, l.recorded_at = $recorded_at
