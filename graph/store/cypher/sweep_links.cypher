MATCH (a)-[f:__TYPE__]->(b)
RETURN a.id AS start, b.id AS end, properties(f) AS properties
