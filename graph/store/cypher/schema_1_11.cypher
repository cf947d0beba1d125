CREATE INDEX fact_key___LABEL__ IF NOT EXISTS FOR (n:__LABEL__) ON (n.key)
