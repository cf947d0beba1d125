CREATE INDEX subject_name IF NOT EXISTS FOR (n:Subject) ON (n.name)
