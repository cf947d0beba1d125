// A description that was closed or voided gives way to the one that stands now.
UNWIND $rows AS r
MATCH (s:Subject {id: r.subject})-[:HAS_PROFILE]->(p:Profile)
WHERE p.key = r.key AND p.load = r.load
SET s.name = p.name, s.uscc = p.uscc, s.kind = p.organization_kind,
    s.status = p.status, s.established_on = p.established_on,
    s.region = p.region, s.sector = p.sector, s.address = p.address,
    s.legal_form = p.legal_form, s.capital_yuan = p.capital_yuan,
    s.id_masked = p.id_masked
RETURN count(s) AS written
