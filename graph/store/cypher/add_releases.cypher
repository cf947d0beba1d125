UNWIND $rows AS r
MATCH (s:Subject {id: r.person})
MATCH (o:Subject {id: r.organization})
MATCH (a:Authority {id: r.authority})
CREATE (s)-[:HAS_RELEASE]->(f:Release {
  source: $source, load: $load, recorded_at: $recorded_at, key: r.key,
  version: r.version, line: r.line, person: r.person,
  organization: r.organization, about_document: r.about_document,
  document: r.document, authority: r.authority, reason: r.reason,
  valid_from: r.valid_from, valid_to: r.valid_to, department: r.department,
  region: r.region, sector: r.sector, public: r.public
})-[:ISSUED_BY]->(a)
CREATE (f)-[:CONCERNS]->(o)
RETURN count(f) AS written
