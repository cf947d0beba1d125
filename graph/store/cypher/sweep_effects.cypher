// Patterns begin at the node in hand: begun at the far end, the embedded server
// would look through all nodes for each.
MATCH (e:Effect)
RETURN properties(e) AS properties,
       [(e)<-[:BEARS]-(s) | s.id] AS bearers,
       [(e)-[:UNDER_RULE]->(u) | u.id] AS rules,
       [(e)-[:FOLLOWS_FROM]->(f) | f.key] AS causes
