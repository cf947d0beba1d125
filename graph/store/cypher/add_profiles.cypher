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
RETURN count(f) AS written
