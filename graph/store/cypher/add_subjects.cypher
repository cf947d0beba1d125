UNWIND $ids AS id
CREATE (:Subject {id: id})
