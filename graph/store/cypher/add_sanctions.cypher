UNWIND $table AS r
MATCH (s) WHERE id(s) = r.subject_at AND s.id = r.subject
MATCH (a) WHERE id(a) = r.authority_at AND a.id = r.authority
CREATE (s)-[:UNDER_SANCTION]->(f:Sanction {
  source: $source, load: $load, recorded_at: $recorded_at, key: r.key,
  version: r.version, line: r.line, authority: r.authority,
  document_number: r.document_number, list: r.list, subject: r.subject,
  authority_name: r.authority_name, measures: r.measures, field: r.field,
  decided_on: $days[r.decided_on], listed_on: $days[r.listed_on],
  act_from: $days[r.act_from], act_to: $days[r.act_to],
  end_reason: r.end_reason, end_document: r.end_document,
  end_authority: r.end_authority, record_key: r.record_key, content: r.content,
  valid_from: $days[r.valid_from], valid_to: $days[r.valid_to],
  department: r.department, region: r.region, sector: r.sector,
  public: r.public
})-[:ISSUED_BY]->(a)
RETURN count(f) AS written
