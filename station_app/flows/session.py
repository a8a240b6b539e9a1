"""Who is working at the kiosk just now."""

from PySide6.QtCore import QObject, Signal

from station_core.desk.staff import Staff


class Session(QObject):
    """`staff` is None while the kiosk is locked."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._staff: Staff | None = None

    @property
    def staff(self) -> Staff | None:
        return self._staff

    def require(self) -> Staff:
        """Who acts. Raises RuntimeError while locked: no page is in reach then."""
        if self._staff is None:
            raise RuntimeError("the kiosk is locked")
        return self._staff

    def begin(self, staff: Staff) -> None:
        self._staff = staff
        self.changed.emit()

    def end(self) -> None:
        self._staff = None
        self.changed.emit()
