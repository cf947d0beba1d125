UNWIND $rows AS r
MATCH (s:Subject {id: r.bearer})
MATCH (e:Effect {id: r.id})
CREATE (s)-[:BEARS]->(e)
