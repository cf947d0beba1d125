// Found through the subject it starts from: relationship indexes are not used by
// the embedded server.
UNWIND $rows AS r
MATCH (a:Subject {id: r.start})-[x:__TYPE__]->()
WHERE x.key = r.key AND x.source = $source AND x.superseded_at IS NULL
SET x.superseded_at = $recorded_at, x.superseded_load = $load
RETURN count(x) AS written
