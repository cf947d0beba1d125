// Both ends are given so that a window holds a bounded number of bytes.
MATCH (p:Page)
WHERE p.seq > $since AND p.seq <= $until
RETURN p.seq AS seq, p.part AS part, p.kind AS kind, p.schema_version AS schema_version,
       p.rows AS rows, p.digest AS digest, p.data AS data
ORDER BY p.seq, p.part
