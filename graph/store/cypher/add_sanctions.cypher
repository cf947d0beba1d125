UNWIND $rows AS r
MATCH (s:Subject {id: r.subject})
MATCH (a:Authority {id: r.authority})
CREATE (s)-[:UNDER_SANCTION]->(f:Sanction {source: $source, load: $load, recorded_at: $recorded_at})-[:ISSUED_BY]->(a)
SET f += r
RETURN count(f) AS written
