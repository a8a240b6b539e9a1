"""The kiosk: the only room where Qt lives."""
