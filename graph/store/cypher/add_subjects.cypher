UNWIND $rows AS r
CREATE (:Subject {id: r.id})
