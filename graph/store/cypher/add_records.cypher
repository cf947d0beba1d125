UNWIND $rows AS r
MATCH (s:Subject {id: r.subject})
MATCH (a:Authority {id: r.authority})
CREATE (s)-[:HAS_RECORD]->(f:Record {source: $source, load: $load, recorded_at: $recorded_at})-[:ISSUED_BY]->(a)
SET f += r
RETURN count(f) AS written
