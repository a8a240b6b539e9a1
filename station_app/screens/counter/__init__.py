"""The service counter: a code or a search, a person, what they may have, one touch to record it."""
