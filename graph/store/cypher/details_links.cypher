UNWIND $rows AS r
MATCH (a:Subject {id: r.start})-[f:__TYPE__]->(b)
WHERE f.key = r.key AND f.superseded_at IS NULL
WITH r.key AS key, f, a.id AS start, b.id AS end,
     CASE WHEN f.source = $decision THEN 1 ELSE 0 END AS decided
ORDER BY decided DESC, f.load DESC
WITH key, head(collect(f)) AS f, head(collect(start)) AS start, head(collect(end)) AS end
WHERE f.public
   OR ($departments IS NULL OR coalesce(f.department, '') IN $departments)
  AND ($sectors IS NULL OR coalesce(f.sector, '') IN $sectors)
  AND ($regions IS NULL OR any(p IN $regions WHERE coalesce(f.region, '') STARTS WITH p))
RETURN key, properties(f) AS properties, start, end
