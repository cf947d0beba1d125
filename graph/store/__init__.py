"""The graph database, spoken to through Bolt."""
