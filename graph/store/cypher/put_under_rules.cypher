UNWIND $rows AS r
MATCH (e:Effect {id: r.effect})
MATCH (u:Rule {id: r.rule})
CREATE (e)-[:UNDER_RULE]->(u)
