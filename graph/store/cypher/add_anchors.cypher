// What several subjects may share; nothing describes it.
UNWIND $table AS r
CREATE (s:Subject:__ANCHOR__ {id: r.id})
RETURN collect(r.id) AS ids, collect(id(s)) AS places
