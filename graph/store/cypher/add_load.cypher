CREATE (l:Load)
SET l = $load
