UNWIND $keys AS key
MATCH (s:Sanction {record_key: key})
WHERE s.superseded_at IS NULL
MATCH (f:Record {key: key})
WHERE f.load = $load
MERGE (s)-[:BASED_ON]->(f)
