UNWIND $ids AS id
MATCH (e:Effect {id: id})
RETURN e.id AS id, e.digest AS digest
