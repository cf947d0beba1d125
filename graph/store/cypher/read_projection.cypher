MATCH (p:Projection {id: 'effects'})
RETURN p.load AS load, p.law_digest AS law_digest, p.count AS count, p.digest AS digest
