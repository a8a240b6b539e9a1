"""Dressing the application, once, before its first window."""

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from station_app.theme.fonts import base_font, load_base_fonts
from station_app.theme.stylesheet import scale_for, stylesheet
from station_app.theme.tokens import BODY_PX, COLOURS


def apply_theme(app: QApplication, scale: float | None = None) -> None:
    """Fonts, palette and style sheet.

    `scale` None takes what suits the primary screen. Raises FontError.
    """
    load_base_fonts()
    if scale is None:
        size = app.primaryScreen().availableGeometry()
        scale = scale_for(size.width(), size.height())
    app.setStyle("Fusion")
    app.setPalette(_palette())
    app.setFont(base_font(round(BODY_PX * scale)))
    app.setStyleSheet(stylesheet(scale))


def _palette() -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for each, name in {
        role.Window: "paper",
        role.Base: "surface",
        role.AlternateBase: "paper",
        role.Button: "surface",
        role.WindowText: "ink",
        role.Text: "ink",
        role.ButtonText: "ink",
        role.PlaceholderText: "ink-muted",
        role.Highlight: "primary",
        role.HighlightedText: "on-strong",
        role.ToolTipBase: "surface",
        role.ToolTipText: "ink",
    }.items():
        palette.setColor(each, QColor(COLOURS[name]))
    return palette
