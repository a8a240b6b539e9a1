"""A station's folder: its facts, its encrypted store, the keys to it and the device's own key."""
