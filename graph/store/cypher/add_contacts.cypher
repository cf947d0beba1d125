// What the ends say is not repeated on the relationship.
UNWIND $rows AS r
MATCH (a:Subject {id: r.subject})
MATCH (b:Subject {id: r.anchor})
CREATE (a)-[f:__TYPE__ {
  source: $source, load: $load, recorded_at: $recorded_at, key: r.key,
  version: r.version, line: r.line, kind: r.kind, text: r.text,
  valid_from: r.valid_from, valid_to: r.valid_to, department: r.department,
  region: r.region, sector: r.sector, public: r.public
}]->(b)
RETURN count(f) AS written
