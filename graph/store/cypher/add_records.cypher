UNWIND $table AS r
MATCH (s) WHERE id(s) = r.subject_at AND s.id = r.subject
MATCH (a) WHERE id(a) = r.authority_at AND a.id = r.authority
CREATE (s)-[:HAS_RECORD]->(f:Record {
  source: $source, load: $load, recorded_at: $recorded_at, key: r.key,
  version: r.version, line: r.line, kind: r.kind, authority: r.authority,
  document_number: r.document_number, subject: r.subject, category: r.category,
  authority_name: r.authority_name, title: r.title,
  decided_on: $days[r.decided_on], act_from: $days[r.act_from],
  act_to: $days[r.act_to], penalty_kinds: r.penalty_kinds,
  fine_yuan: r.fine_yuan, forfeited_yuan: r.forfeited_yuan, content: r.content,
  facts_text: r.facts_text, basis_text: r.basis_text, licence: r.licence,
  list_name: r.list_name, field: r.field, publicity_to: $days[r.publicity_to],
  outcome: r.outcome, grade: r.grade, review: r.review, capacity: r.capacity,
  due_on: $days[r.due_on], amount_yuan: r.amount_yuan,
  plan_number: r.plan_number, valid_from: $days[r.valid_from],
  valid_to: $days[r.valid_to], department: r.department, region: r.region,
  sector: r.sector, public: r.public
})-[:ISSUED_BY]->(a)
RETURN count(f) AS written
