MATCH (m:Meta {id: 'creditgraph'})
RETURN m.schema_version AS schema_version, m.key_check AS key_check,
       m.purpose AS purpose, m.created_at AS created_at,
       m.unfinished AS unfinished
