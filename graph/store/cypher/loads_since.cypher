MATCH (l:Load)
WHERE l.seq > $since AND l.seq <= $until
RETURN properties(l) AS load
ORDER BY l.seq
LIMIT $limit
