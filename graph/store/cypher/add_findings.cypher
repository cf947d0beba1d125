UNWIND $rows AS r
MATCH (s:Subject {id: r.person})
MATCH (o:Subject {id: r.organization})
MATCH (a:Authority {id: r.authority})
CREATE (s)-[:HAS_FINDING]->(f:Finding {source: $source, load: $load, recorded_at: $recorded_at})-[:ISSUED_BY]->(a)
CREATE (f)-[:CONCERNS]->(o)
SET f += r
RETURN count(f) AS written
