UNWIND $ids AS id
MATCH (s:Subject {id: id})
RETURN collect(id) AS ids, collect(id(s)) AS places
