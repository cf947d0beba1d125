MATCH (g:Ledger {id: 'facts'})
SET g.seq = $load.seq, g.chain = $load.chain, g.recorded_at = $load.recorded_at
CREATE (l:Load)
SET l = $load
WITH l
UNWIND $pages AS page
CREATE (l)-[:HAS_PAGE]->(p:Page)
SET p = page
