// By decision: whatever source asserts it.
UNWIND $keys AS key
MATCH (f:__LABEL__ {key: key})
WHERE f.superseded_at IS NULL
SET f.superseded_at = $recorded_at, f.superseded_load = $load, f.voided = true
RETURN count(f) AS written
