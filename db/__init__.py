"""Where records are kept and folded into tables: one schema for kiosk (SQLCipher) and city (PostgreSQL, SQLite)."""
