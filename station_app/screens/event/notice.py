"""Banners that are as tall as their words."""

from PySide6.QtWidgets import QSizePolicy

from station_app.widgets.banner import Banner


def notice() -> Banner:
    """A soft banner whose height follows its words where they wrap; a fixed most height would cut the last line."""
    made = Banner()
    made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
    return made
