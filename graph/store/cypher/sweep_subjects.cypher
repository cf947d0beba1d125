MATCH (s:Subject)
RETURN properties(s) AS properties, labels(s) AS labels
