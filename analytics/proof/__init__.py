"""Proofs: an effect with all that it follows from, checkable without a store."""
