"""Leads by pattern: what an officer should look at, with its evidence. No effect."""
