"""A name that bystanders read masked and staff uncover for as long as they press."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from station_app.theme import Role, Room, icon, set_role


class Reveal(QPushButton):
    """Shows the masked text; while it is pressed (pointer or Space) the full one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._masked = self._full = ""
        self.setAutoDefault(False)
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the eye stands behind the name
        self.setIcon(icon("eye", "primary", room=Room.BEFORE))
        set_role(self, Role.QUIET)
        self.setProperty("text-size", "name")
        self.pressed.connect(self._uncover)
        self.released.connect(self._cover)

    def show_text(self, masked: str, full: str, hint: str) -> None:
        same = (masked, full) == (self._masked, self._full)
        self._masked, self._full = masked, full
        self.setToolTip(hint)
        self.setAccessibleName(masked)
        self.setAccessibleDescription(hint)
        if not (same and self.isDown()):
            self._cover()  # another name is never uncovered by a finger that was down before it came

    def _uncover(self) -> None:
        self.setText(self._full)

    def _cover(self) -> None:
        self.setText(self._masked)
