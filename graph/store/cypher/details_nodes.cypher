// Which source wins is decided before the scope is asked, so that a hidden winner
// hides the fact.
UNWIND $keys AS key
MATCH (f:__LABEL__ {key: key})
WHERE f.superseded_at IS NULL
WITH key, f, CASE WHEN f.source = $decision THEN 1 ELSE 0 END AS decided
ORDER BY decided DESC, f.load DESC
WITH key, head(collect(f)) AS f
WHERE f.public
   OR ($departments IS NULL OR coalesce(f.department, '') IN $departments)
  AND ($sectors IS NULL OR coalesce(f.sector, '') IN $sectors)
  AND ($regions IS NULL OR any(p IN $regions WHERE coalesce(f.region, '') STARTS WITH p))
RETURN key, properties(f) AS properties
