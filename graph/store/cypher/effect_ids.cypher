MATCH (e:Effect)
RETURN e.id AS id
