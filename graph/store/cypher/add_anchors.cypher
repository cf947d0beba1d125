// What several subjects may share; nothing describes it.
UNWIND $rows AS r
CREATE (:Subject:__ANCHOR__ {id: r.id})
