UNWIND $rows AS r
MERGE (u:Rule {id: r.id})
SET u.key = r.key, u.version = r.version
