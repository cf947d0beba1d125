UNWIND $rows AS r
MATCH (s:Subject {id: r.subject})
CREATE (s)-[:HAS_PROFILE]->(f:Profile {source: $source, load: $load, recorded_at: $recorded_at})
SET f += r
RETURN count(f) AS written
