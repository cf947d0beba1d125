"""How subjects are connected: neighbours, networks, paths, groups, what changed."""
