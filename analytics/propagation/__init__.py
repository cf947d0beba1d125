"""Which persons answer by law for what happened to an organization, and how long."""
