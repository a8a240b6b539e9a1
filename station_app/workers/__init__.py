"""The kiosk's threads. Values come out of them; `tasks` brings them to the window."""
