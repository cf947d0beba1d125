// BASED_ON depends on two facts and FOLLOWS_FROM on effects; each has its own sweep.
MATCH (f:__LABEL__)
RETURN properties(f) AS properties,
       [(f)<-[x]-(s) WHERE NOT type(x) IN ['BASED_ON', 'FOLLOWS_FROM']
         | type(x) + ' ' + coalesce(s.id, '?')] AS incoming,
       [(f)-[x]->(o) WHERE type(x) <> 'BASED_ON'
         | type(x) + ' ' + coalesce(o.id, '?')] AS outgoing
