// `identity`: verified by a document number, or known by name in one place only.
UNWIND $rows AS r
CREATE (:Subject:Person {id: r.id, identity: r.identity})
