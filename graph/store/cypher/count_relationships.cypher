MATCH ()-[x]->()
RETURN type(x) AS type, count(*) AS count
