MATCH (s)-[:BASED_ON]->(f)
RETURN s.key AS sanction, s.load AS sanction_load, f.key AS record, f.load AS record_load
