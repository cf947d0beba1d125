// Where two sources assert the cause, both are joined.
UNWIND $rows AS r
MATCH (e:Effect {id: r.effect})
MATCH (f:__LABEL__ {key: r.cause})
WHERE f.superseded_at IS NULL
CREATE (e)-[:FOLLOWS_FROM]->(f)
