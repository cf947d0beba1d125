"""Law cases: small worlds in YAML that say what must follow, and what must not."""
