UNWIND $ids AS id
CREATE (:Subject:Person {id: id})
