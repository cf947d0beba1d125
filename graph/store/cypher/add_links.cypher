UNWIND $rows AS r
MATCH (a:Subject {id: r[$start]})
MATCH (b:Subject {id: r[$end]})
CREATE (a)-[x:__TYPE__ {source: $source, load: $load, recorded_at: $recorded_at}]->(b)
SET x += r
RETURN count(x) AS written
