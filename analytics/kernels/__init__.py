"""Graph algorithms on plain arrays: compiled, deterministic, without the GIL."""
