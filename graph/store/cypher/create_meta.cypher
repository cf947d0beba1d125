// The server's clock: this program reads none.
MERGE (m:Meta {id: 'creditgraph'})
ON CREATE SET m.created_at = toString(datetime()), m.key_check = $key_check, m.purpose = $purpose
SET m.schema_version = $schema_version
MERGE (l:Ledger {id: 'facts'})
ON CREATE SET l.seq = 0, l.chain = '', l.recorded_at = ''
