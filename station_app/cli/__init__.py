"""The command `station`, for administrators, scripts and tests."""

from station_app.cli.main import main

__all__ = ["main"]
