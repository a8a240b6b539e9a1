"""Where records are kept and folded into tables: one schema for kiosk (SQLCipher), hub and city (PostgreSQL, SQLite)."""
