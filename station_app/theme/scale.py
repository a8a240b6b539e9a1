"""Sizes that are set in code, in step with those of the style sheet."""

from PySide6.QtWidgets import QApplication

from station_app.theme.tokens import BODY_PX


def px(size: int) -> int:
    """`size` pixels at 1280×800, as many as the theme's scale makes of them. For use once the theme is on."""
    body = QApplication.font().pixelSize()
    return size if body <= 0 else round(size * body / BODY_PX)
