// The one place where something is deleted: effects are derived and come again.
UNWIND $ids AS id
MATCH (e:Effect {id: id})
DETACH DELETE e
