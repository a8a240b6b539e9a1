"""From records to tables. Whatever the order in which records arrive, and however often, the tables are the same."""
