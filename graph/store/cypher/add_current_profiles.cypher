// The subject repeats the description for whoever looks at the graph.
UNWIND $rows AS r
MATCH (s:Subject {id: r.subject})
CREATE (s)-[:HAS_PROFILE]->(f:Profile {source: $source, load: $load, recorded_at: $recorded_at})
SET f += r,
    s.name = r.name, s.uscc = r.uscc, s.kind = r.organization_kind,
    s.status = r.status, s.established_on = r.established_on,
    s.region = r.region, s.sector = r.sector, s.address = r.address,
    s.legal_form = r.legal_form, s.capital_yuan = r.capital_yuan,
    s.id_masked = r.id_masked
RETURN count(f) AS written
