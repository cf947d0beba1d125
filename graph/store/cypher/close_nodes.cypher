UNWIND $keys AS key
MATCH (f:__LABEL__ {key: key})
WHERE f.source = $source AND f.superseded_at IS NULL
SET f.superseded_at = $recorded_at, f.superseded_load = $load
RETURN count(f) AS written
