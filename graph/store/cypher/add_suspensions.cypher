UNWIND $table AS r
MATCH (s) WHERE id(s) = r.subject_at AND s.id = r.subject
MATCH (o) WHERE id(o) = r.organization_at AND o.id = r.organization
MATCH (a) WHERE id(a) = r.authority_at AND a.id = r.authority
CREATE (s)-[:HAS_SUSPENSION]->(f:Suspension {
  source: $source, load: $load, recorded_at: $recorded_at, key: r.key,
  version: r.version, line: r.line, subject: r.subject,
  organization: r.organization, about_document: r.about_document,
  document: r.document, authority: r.authority, reason: r.reason,
  valid_from: $days[r.valid_from], valid_to: $days[r.valid_to],
  department: r.department, region: r.region, sector: r.sector,
  public: r.public
})-[:ISSUED_BY]->(a)
CREATE (f)-[:CONCERNS]->(o)
RETURN count(f) AS written
