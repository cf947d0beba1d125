UNWIND $ids AS id
MATCH (s:Subject {id: id})
SET s.name = null, s.uscc = null, s.kind = null,
    s.status = null, s.established_on = null,
    s.region = null, s.sector = null, s.address = null,
    s.legal_form = null, s.capital_yuan = null,
    s.id_masked = null
RETURN count(s) AS written
