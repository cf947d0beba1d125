"""How good the facts are that arrived: codes, names, lateness, contradictions."""
