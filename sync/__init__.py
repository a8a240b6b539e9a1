"""How two stores come to hold the same records: one protocol over whatever carries it."""
