MATCH (a:Authority)
RETURN properties(a) AS properties
