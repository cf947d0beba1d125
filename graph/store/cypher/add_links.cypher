// What the ends say is not repeated on the relationship.
UNWIND $table AS r
MATCH (a) WHERE id(a) = r.subject_at AND a.id = r.subject
MATCH (b) WHERE id(b) = r.other_at AND b.id = r.other
CREATE (a)-[f:__TYPE__ {
  source: $source, load: $load, recorded_at: $recorded_at, key: r.key,
  version: r.version, line: r.line, relation: r.relation, document: r.document,
  about: r.about, amount_yuan: r.amount_yuan, content: r.content,
  valid_from: $days[r.valid_from], valid_to: $days[r.valid_to],
  department: r.department, region: r.region, sector: r.sector,
  public: r.public
}]->(b)
RETURN count(f) AS written
