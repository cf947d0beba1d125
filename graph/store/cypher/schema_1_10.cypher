CREATE INDEX page_seq IF NOT EXISTS FOR (n:Page) ON (n.seq)
