// Until the last entry is written, whoever opens the store empties it.
MATCH (m:Meta {id: 'creditgraph'})
SET m.unfinished = $state
