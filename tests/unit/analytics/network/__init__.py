"""Networks of facts: what is next to whom, around whom, and between two."""
