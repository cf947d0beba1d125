MATCH (e:Effect)
RETURN properties(e) AS properties,
       [(s)-[:BEARS]->(e) | s.id] AS bearers,
       [(e)-[:UNDER_RULE]->(u) | u.id] AS rules,
       [(e)-[:FOLLOWS_FROM]->(f) | f.key] AS causes
