MATCH (m:Meta {id: 'creditgraph'})
SET m.unfinished = null
