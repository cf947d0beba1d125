// The name given last is kept; a document without a name does not remove it.
UNWIND $rows AS r
MERGE (a:Authority {id: r.id})
SET a.name = coalesce(r.name, a.name)
RETURN collect(r.id) AS ids, collect(id(a)) AS places
