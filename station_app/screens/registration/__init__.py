"""Joining the union at the counter (入会登记)."""
