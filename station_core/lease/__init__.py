"""How long a station may be away from its city before its data locks, and how the lock is opened by telephone."""
