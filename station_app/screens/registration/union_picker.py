"""Choosing the union to join: by searching, or the district's transit union (周转库)."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from station_app.screens.registration.state import UnionChoice
from station_app.texts import Speaker
from station_app.theme import Role, px
from station_app.widgets.plain import button, column, label

_ROWS_SHOWN = 3
_ROW_PX = 60
_UNION = Qt.ItemDataRole.UserRole


class UnionPicker(QWidget):
    """Shows the chosen union, or a search field with what was found. Keeps its own choice."""

    searched = Signal(str)
    """What is looked for, without blanks around it."""
    chosen = Signal()
    """The choice has changed; see `union`."""
    passed = Signal()
    """A union was picked by Enter or touch, or none with Enter: on to the next field."""

    def __init__(self, speaker: Speaker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speaker = speaker
        self.union: UnionChoice | None = None
        self._transit: UnionChoice | None = None
        self._asked = ""
        self._found: tuple[UnionChoice, ...] = ()
        self.search, self.results = QLineEdit(), QListWidget()
        self.transit, self.change = button(Role.SECONDARY), button(Role.SECONDARY)
        self._name = label(Role.BODY, wrap=True)
        self._nothing = label(Role.MUTED, wrap=True)
        parts = (self.search, self.results, self._nothing, self.transit, self._name, self.change)
        self.setLayout(column(parts))
        self.results.setAlternatingRowColors(True)
        self.search.installEventFilter(self)
        self.search.textEdited.connect(self._search)
        self.search.returnPressed.connect(self._enter)
        self.results.itemClicked.connect(self._pick_item)
        self.transit.clicked.connect(self._pick_transit)
        self.change.clicked.connect(self._unpick)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and Down move through what was found while the search field keeps the focus."""
        if watched is self.search and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None and self.results.isVisibleTo(self):
                last = self.results.count() - 1
                self.results.setCurrentRow(min(max(self.results.currentRow() + step, 0), last))
                return True
        return super().eventFilter(watched, event)

    def reset(self, union: UnionChoice | None) -> None:
        self.union = union
        self.search.clear()

    def show_unions(self, asked: str, found: tuple[UnionChoice, ...], transit: UnionChoice | None) -> None:
        """What there is to choose from; `found` answers `asked` and is shown only while that is what is typed."""
        self._asked, self._transit = asked, transit
        if found != self._found:
            self._found = found
            self._fill(found)
        self._render()

    def _fill(self, found: tuple[UnionChoice, ...]) -> None:
        self.results.clear()
        for union in found:
            item = QListWidgetItem(f"{union.name}\n{union.above}" if union.above else union.name)
            item.setData(_UNION, union)
            item.setSizeHint(QSize(0, px(_ROW_PX)))
            self.results.addItem(item)

    def _render(self) -> None:
        say, picked = self._speaker.say, self.union is not None
        answered = not picked and bool(self._asked) and self._asked == self.search.text().strip()
        self.search.setPlaceholderText(say("registration.hint.union"))
        self.search.setAccessibleName(say("registration.search"))
        self._nothing.setText(say("registration.no_union", asked=self._asked))
        self.transit.setText(say("registration.transit"))
        self.change.setText(say("registration.union_change"))
        self._name.setText(say("registration.union_chosen", name=self.union.name) if self.union else "")
        self.search.setVisible(not picked)
        self.results.setVisible(answered and self.results.count() > 0)
        self._nothing.setVisible(answered and self.results.count() == 0)
        self.transit.setVisible(not picked and self._transit is not None)
        self._name.setVisible(picked)
        self.change.setVisible(picked)
        if self.results.count():
            shown = min(self.results.count(), _ROWS_SHOWN)
            self.results.setFixedHeight(shown * px(_ROW_PX) + 8)

    def _search(self, text: str) -> None:
        self._render()
        self.searched.emit(text.strip())

    def _enter(self) -> None:
        if self.results.isVisibleTo(self):
            self._pick_item(self.results.item(max(0, self.results.currentRow())))
        else:
            self.passed.emit()

    def _pick_item(self, item: QListWidgetItem) -> None:
        self._pick(item.data(_UNION))
        self.passed.emit()

    def _pick_transit(self) -> None:
        self._pick(self._transit)
        self.passed.emit()

    def _pick(self, union: UnionChoice | None) -> None:
        self.union = union
        self._render()
        self.chosen.emit()

    def _unpick(self) -> None:
        self._pick(None)
        self.search.setFocus()
