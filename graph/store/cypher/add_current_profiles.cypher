// The subject repeats the description for whoever looks at the graph.
UNWIND $table AS r
MATCH (s) WHERE id(s) = r.subject_at AND s.id = r.subject
CREATE (s)-[:HAS_PROFILE]->(f:Profile {
  source: $source, load: $load, recorded_at: $recorded_at, key: r.key,
  version: r.version, line: r.line, subject: r.subject, name: r.name,
  uscc: r.uscc, organization_kind: r.organization_kind, status: r.status,
  established_on: $days[r.established_on], id_masked: r.id_masked,
  address: r.address, legal_form: r.legal_form,
  business_scope: r.business_scope, capital_yuan: r.capital_yuan,
  valid_from: $days[r.valid_from], valid_to: $days[r.valid_to],
  department: r.department, region: r.region, sector: r.sector,
  public: r.public
})
SET s.name = r.name, s.uscc = r.uscc, s.kind = r.organization_kind,
    s.status = r.status, s.established_on = $days[r.established_on],
    s.region = r.region, s.sector = r.sector, s.address = r.address,
    s.legal_form = r.legal_form, s.capital_yuan = r.capital_yuan,
    s.id_masked = r.id_masked
RETURN count(f) AS written
