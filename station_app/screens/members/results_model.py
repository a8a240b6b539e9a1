"""The members that were found, as a model: thousands of rows cost what is on the screen."""

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from station_app.screens.members.state import MemberRow
from station_core.ids import PersonId

ROW = Qt.ItemDataRole.UserRole
"""The MemberRow."""


class ResultsModel(QAbstractListModel):
    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[MemberRow, ...] = ()

    def show_rows(self, rows: tuple[MemberRow, ...]) -> bool:
        """Replace all rows where they differ; tells whether they did."""
        if rows == self._rows:
            return False
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()
        return True

    def index_of(self, member_id: PersonId | None) -> QModelIndex:
        """Where the member stands, an invalid index where they do not."""
        for place, row in enumerate(self._rows):
            if row.member_id == member_id:
                return self.index(place)
        return QModelIndex()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:  # noqa: N802
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> MemberRow | str | None:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{row.name} {row.number}"
        return None
