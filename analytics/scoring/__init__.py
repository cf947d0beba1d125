"""Scores of risk: leads for an officer, never grounds of an effect."""
