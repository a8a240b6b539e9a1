"""The journal of a writer: append-only, without gaps, chained by hashes and signed."""
