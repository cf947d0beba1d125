// What the ends say is not repeated on the relationship.
UNWIND $table AS r
MATCH (a) WHERE id(a) = r.branch_at AND a.id = r.branch
MATCH (b) WHERE id(b) = r.parent_at AND b.id = r.parent
CREATE (a)-[f:__TYPE__ {
  source: $source, load: $load, recorded_at: $recorded_at, key: r.key,
  version: r.version, line: r.line, valid_from: $days[r.valid_from],
  valid_to: $days[r.valid_to], department: r.department, region: r.region,
  sector: r.sector, public: r.public
}]->(b)
RETURN count(f) AS written
