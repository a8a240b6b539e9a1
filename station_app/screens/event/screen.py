"""The page of today's event (活动)."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QTabWidget, QWidget

from resources.texts import Language
from station_app.screens.event.approval import Approval
from station_app.screens.event.approval_dialog import ApprovalDialog
from station_app.screens.event.conflicts_panel import ConflictsPanel
from station_app.screens.event.counts_row import CountsRow
from station_app.screens.event.event_list import EventList
from station_app.screens.event.notice import notice
from station_app.screens.event.pick_dialog import PickDialog
from station_app.screens.event.recent_panel import RecentPanel
from station_app.screens.event.state import EventState
from station_app.screens.event.stock_panel import StockPanel
from station_app.screens.event.words import where_and_when
from station_app.texts import Speaker
from station_app.theme import Role, Tone, icon, px
from station_app.widgets.plain import button, column, frame, label, row
from station_core.ids import RecordId


class EventScreen(QWidget):
    undo_wanted = Signal(object)
    """The RecordId."""
    void_wanted = Signal(object, object)
    """The RecordId and the Approval."""
    event_chosen = Signal(object)
    """The EventId."""
    conflict_seen = Signal(str)
    """The conflict's id."""

    def __init__(self, language: Language = Language.CHINESE, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._speaker = Speaker(language, self)
        self._state = EventState()
        self._title, self._place = label(Role.TITLE, wrap=True), label(Role.MUTED, wrap=True)
        self.change = button(Role.SECONDARY, "event")
        self._trouble = notice()
        self.counts, self.stock = CountsRow(self._speaker), StockPanel(self._speaker)
        self.recent, self.conflicts = RecentPanel(self._speaker), ConflictsPanel(self._speaker)
        self.records, self._body = QTabWidget(), QWidget()
        self.events = EventList(self._speaker)
        self._lay_out()
        self.change.clicked.connect(self._pick)
        self.events.picked.connect(self.event_chosen)
        self.recent.undo_wanted.connect(self.undo_wanted)
        self.recent.void_wanted.connect(self._ask_void)
        self.conflicts.seen.connect(self.conflict_seen)

    def _lay_out(self) -> None:
        head = row([column([self._title, self._place], spacing=0), self.change], spacing=16)
        head.setStretch(0, 1)
        self.records.setIconSize(QSize(px(20), px(20)))
        self.records.addTab(self.recent, "")
        self.records.addTab(self.conflicts, "")
        card = frame(Role.CARD)
        card.setLayout(column([self.records], margins=(16, 8, 12, 16)))
        panels = row([self.stock, card], spacing=16)
        panels.setStretch(0, 2)
        panels.setStretch(1, 3)
        body = column([self.counts, panels], spacing=16)
        body.setStretch(1, 1)
        self._body.setLayout(body)
        whole = column([head, self._trouble, self._body, self.events], spacing=16, margins=(24, 20, 24, 20))
        whole.setStretch(2, 1)
        whole.setStretch(3, 1)
        self.setLayout(whole)

    def show_state(self, state: EventState) -> None:
        self._state = state
        say, event = self._speaker.say, state.event
        self._title.setText(event.name if event else say("event.none"))
        self._place.setText(where_and_when(self._speaker, event) if event else say("event.none_note"))
        self.change.setText(say("event.change"))
        self._trouble.setVisible(state.trouble is not None)
        if state.trouble is not None:
            self._trouble.show_words(Tone.BAD, self._speaker.word(state.trouble))
        self._body.setVisible(event is not None)
        self.events.setVisible(event is None)
        self.events.show_events(state.events, None)
        self.change.setVisible(event is not None)
        self._name_tabs(len(state.conflicts))
        self.counts.show_counts(state.counts)
        self.stock.show_stock(state.stock)
        self.recent.show_records(state.recent)
        self.conflicts.show_conflicts(state.conflicts)

    def set_language(self, language: Language) -> None:
        self._speaker.set_language(language)
        self.show_state(self._state)

    def _name_tabs(self, conflicts: int) -> None:
        self.records.setTabText(0, self._speaker.say("event.recent.title"))
        self.records.setTabText(1, self._speaker.say("event.conflict.title", count=conflicts))
        self.records.setTabIcon(1, icon("warn_triangle", "warn") if conflicts else QIcon())

    def _pick(self) -> None:
        dialog = PickDialog(self._speaker, self._state.events, self._state.event, self)
        dialog.picked.connect(self.event_chosen)
        dialog.open()

    def _ask_void(self, record_id: RecordId) -> None:
        def approved(approval: Approval) -> None:
            self.void_wanted.emit(record_id, approval)

        dialog = ApprovalDialog(
            self._speaker,
            self._speaker.say("event.service_void"),
            self._speaker.say("event.approval.stays"),
            self._state.supervisors,
            staff_is_supervisor=self._state.staff_is_supervisor,
            parent=self,
        )
        dialog.approved.connect(approved)
        dialog.open()
