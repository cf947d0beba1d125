UNWIND $rows AS r
MATCH (s:Subject {id: r.subject})
MATCH (a:Authority {id: r.authority})
CREATE (s)-[:UNDER_SANCTION]->(f:Sanction {
  source: $source, load: $load, recorded_at: $recorded_at, key: r.key,
  version: r.version, line: r.line, authority: r.authority,
  document_number: r.document_number, list: r.list, subject: r.subject,
  authority_name: r.authority_name, measures: r.measures, field: r.field,
  decided_on: r.decided_on, listed_on: r.listed_on, act_from: r.act_from,
  act_to: r.act_to, end_reason: r.end_reason, end_document: r.end_document,
  end_authority: r.end_authority, record_key: r.record_key,
  content: r.content, valid_from: r.valid_from, valid_to: r.valid_to,
  department: r.department, region: r.region, sector: r.sector,
  public: r.public
})-[:ISSUED_BY]->(a)
RETURN count(f) AS written
