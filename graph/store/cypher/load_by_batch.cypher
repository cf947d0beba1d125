MATCH (l:Load {batch: $batch})
RETURN properties(l) AS load
