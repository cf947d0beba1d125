"""How well a model tells, measured: pure functions of arrays."""
