MATCH (l:Ledger {id: 'facts'})
RETURN l.seq AS seq, l.chain AS chain
