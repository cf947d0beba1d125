UNWIND $rows AS r
MERGE (e:Effect {id: r.id})
SET e = r
