// What the ends say is not repeated on the relationship.
UNWIND $table AS r
MATCH (a) WHERE id(a) = r.holder_at AND a.id = r.holder
MATCH (b) WHERE id(b) = r.organization_at AND b.id = r.organization
CREATE (a)-[f:__TYPE__ {
  source: $source, load: $load, recorded_at: $recorded_at, key: r.key,
  version: r.version, line: r.line, share_num: r.share_num,
  share_den: r.share_den, share_to_num: r.share_to_num,
  share_to_den: r.share_to_den, votes_num: r.votes_num, votes_den: r.votes_den,
  votes_to_num: r.votes_to_num, votes_to_den: r.votes_to_den, direct: r.direct,
  amount_yuan: r.amount_yuan, valid_from: $days[r.valid_from],
  valid_to: $days[r.valid_to], department: r.department, region: r.region,
  sector: r.sector, public: r.public
}]->(b)
RETURN count(f) AS written
