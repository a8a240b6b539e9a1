"""The staff of the station as large buttons."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from station_app.screens.lock.state import StaffMember
from station_app.texts import Speaker
from station_app.widgets.person_row import PersonRow
from station_app.widgets.plain import clear
from station_app.widgets.scrolled import Scrolled
from station_core.ids import OperatorId


class StaffList(QWidget):
    chosen = Signal(object)
    """The OperatorId."""

    def __init__(self, speaker: Speaker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speaker = speaker
        self._list = Scrolled(spacing=10)
        self.rows: dict[OperatorId, PersonRow] = {}
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._list)

    def show_staff(self, staff: tuple[StaffMember, ...], chosen: OperatorId | None) -> None:
        if tuple(self._shown()) != tuple(self._wanted(staff)):
            self._build(staff)
        for operator, row in self.rows.items():
            row.setChecked(operator == chosen)

    def _wanted(self, staff: tuple[StaffMember, ...]) -> list[tuple[str, str]]:
        return [(each.name, self._speaker.word(each.duty) if each.duty else "") for each in staff]

    def _shown(self) -> list[tuple[str, str]]:
        return [(row.name.text(), row.line.text()) for row in self.rows.values()]

    def _build(self, staff: tuple[StaffMember, ...]) -> None:
        clear(self._list.box)
        self.rows = {}
        for each, (name, duty) in zip(staff, self._wanted(staff), strict=True):
            row = PersonRow(name, duty)
            row.setCheckable(True)
            row.clicked.connect(lambda _=False, operator=each.operator: self._clicked(operator))
            self.rows[each.operator] = row
            self._list.box.addWidget(row)
        self._list.box.addStretch(1)

    def _clicked(self, operator: OperatorId) -> None:
        # A checkable row turns by itself; what is shown turns it, not the touch.
        self.rows[operator].setChecked(not self.rows[operator].isChecked())
        self.chosen.emit(operator)
