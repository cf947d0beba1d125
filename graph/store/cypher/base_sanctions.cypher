// A sanction and the record it rests on are joined while both are believed,
// whichever came first.
UNWIND $rows AS r
MATCH (s:Sanction {key: r.key})
WHERE s.load = $load
MATCH (f:Record {key: r.record_key})
WHERE f.superseded_at IS NULL
MERGE (s)-[:BASED_ON]->(f)
