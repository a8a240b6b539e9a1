"""A city's roster of members, from a table that somebody exported elsewhere."""
