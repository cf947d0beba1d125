"""Who owns and who controls whom: exact shares, intervals where shares are unknown."""
