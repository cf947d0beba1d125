UNWIND $table AS r
CREATE (s:Subject {id: r.id})
RETURN collect(r.id) AS ids, collect(id(s)) AS places
