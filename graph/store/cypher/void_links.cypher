UNWIND $rows AS r
MATCH (a:Subject {id: r.start})-[x:__TYPE__]->()
WHERE x.key = r.key AND x.superseded_at IS NULL
SET x.superseded_at = $recorded_at, x.superseded_load = $load, x.voided = true
RETURN count(x) AS written
