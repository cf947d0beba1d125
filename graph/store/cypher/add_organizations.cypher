UNWIND $ids AS id
CREATE (:Subject:Organization {id: id})
