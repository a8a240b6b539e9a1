"""The words in which a widget tells the style sheet what it is."""

from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


class Role(StrEnum):
    """Labels: title to error and chip. Buttons: primary to row. Frames: card to strip."""

    TITLE = "title"
    HEADING = "heading"
    BODY = "body"
    MUTED = "muted"
    NUMBER = "number"
    ERROR = "error"
    CHIP = "chip"
    PRIMARY = "primary"
    SECONDARY = "secondary"
    QUIET = "quiet"
    DANGER = "danger"
    TILE = "tile"
    ROW = "row"
    NAV = "nav"
    KEY = "key"
    OPTION = "option"
    CARD = "card"
    PANEL = "panel"
    BANNER = "banner"
    OUTCOME = "outcome"
    BAR = "bar"
    RAIL = "rail"
    STRIP = "strip"


class Tone(StrEnum):
    GOOD = "good"
    WARN = "warn"
    BAD = "bad"
    INFO = "info"


def set_role(widget: QWidget, role: Role) -> None:
    _set(widget, "role", role.value)


def set_tone(widget: QWidget, tone: Tone | None) -> None:
    """Give a banner, chip or tile its tone; None for none."""
    _set(widget, "tone", tone.value if tone else "")


def _set(widget: QWidget, name: str, value: str) -> None:
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    if not widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        return  # it is polished when it is first shown
    # A style sheet looks at properties only when it polishes a widget; children may be chosen through their
    # parent.
    for each in (widget, *widget.findChildren(QWidget)):
        each.style().unpolish(each)
        each.style().polish(each)
