CREATE INDEX sanction_record_key IF NOT EXISTS FOR (n:Sanction) ON (n.record_key)
