MATCH (l:Load {seq: $page.seq})
CREATE (l)-[:HAS_PAGE]->(p:Page)
SET p = $page
