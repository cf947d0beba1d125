"""One folder per source of facts."""
