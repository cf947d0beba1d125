MERGE (p:Projection {id: 'effects'})
SET p.load = $load, p.law_digest = $law_digest, p.count = $count, p.digest = $digest
