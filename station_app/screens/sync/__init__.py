"""What waits to be sent, what went, and what is in the way (同步)."""
