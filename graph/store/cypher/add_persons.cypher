// `identity`: verified by a document number, or known by name in one place only.
UNWIND $table AS r
CREATE (s:Subject:Person {id: r.id, identity: r.identity})
RETURN collect(r.id) AS ids, collect(id(s)) AS places
