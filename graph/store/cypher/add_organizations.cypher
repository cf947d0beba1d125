UNWIND $rows AS r
CREATE (:Subject:Organization {id: r.id})
