"""The page of the exchange with the city (同步)."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from resources.texts import Language
from station_app.screens.event.notice import notice
from station_app.screens.sync.device_panel import DevicePanel
from station_app.screens.sync.figures_row import FiguresRow
from station_app.screens.sync.hub_panel import HubPanel
from station_app.screens.sync.peers_panel import PeersPanel
from station_app.screens.sync.progress_line import ProgressLine
from station_app.screens.sync.set_aside_panel import SetAsidePanel
from station_app.screens.sync.state import SyncState
from station_app.screens.sync.waiting_panel import WaitingPanel
from station_app.texts import Speaker
from station_app.theme import Role, Tone
from station_app.widgets.plain import button, column, label, row
from station_app.widgets.scrolled import Scrolled


class SyncScreen(QWidget):
    sync_wanted = Signal()
    cancel_wanted = Signal()
    export_wanted = Signal()
    import_wanted = Signal()

    def __init__(self, language: Language = Language.CHINESE, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._speaker = Speaker(language, self)
        self._state: SyncState | None = None
        self._title = label(Role.TITLE)
        self.now, self.cancel = button(Role.PRIMARY, "sync", "on-strong"), button(Role.SECONDARY)
        self.export, self.take = button(Role.SECONDARY), button(Role.SECONDARY)
        self.progress, self._trouble = ProgressLine(self._speaker), notice()
        self.figures, self.waiting = FiguresRow(self._speaker), WaitingPanel(self._speaker)
        self.device, self.peers = DevicePanel(self._speaker), PeersPanel(self._speaker)
        self.set_aside, self.hub = SetAsidePanel(self._speaker), HubPanel(self._speaker)
        self._lay_out()
        self.hub.say_again()
        self.now.clicked.connect(self.sync_wanted)
        self.cancel.clicked.connect(self.cancel_wanted)
        self.export.clicked.connect(self.export_wanted)
        self.take.clicked.connect(self.import_wanted)

    def _lay_out(self) -> None:
        left = column([self.waiting, self.hub, self.set_aside, None], spacing=16)
        right = column([self.device, self.peers, None], spacing=16)
        panels = row([left, right], spacing=16)
        panels.setAlignment(Qt.AlignmentFlag.AlignTop)
        panels.setStretch(0, 1)
        panels.setStretch(1, 1)
        body = Scrolled(spacing=16)
        for each in (self.progress, self._trouble, self.figures):
            body.box.addWidget(each)
        body.box.addLayout(panels)
        body.box.addStretch(1)
        head = row([self._title, None, self.export, self.take, self.cancel, self.now])
        whole = column([head, body], spacing=16, margins=(24, 20, 24, 20))
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def show_state(self, state: SyncState) -> None:
        self._state = state
        say, running = self._speaker.say, state.progress is not None
        self._title.setText(say("sync.title"))
        self.now.setText(say("sync.running" if running else "sync.now"))
        self.now.setEnabled(not running)
        for stick, key in ((self.export, "bundle.export"), (self.take, "bundle.import")):
            stick.setText(say(key))
            stick.setEnabled(not running)
        self.cancel.setText(say("sync.cancel"))
        self.cancel.setVisible(running)
        self.progress.show_progress(state.progress)
        self._show_trouble(state)
        self.figures.show_state(state)
        self.waiting.show_waiting(state.waiting)
        self.device.show_state(state)
        self.peers.show_peers(state.peers)
        self.set_aside.show_records(state.set_aside)

    def set_language(self, language: Language) -> None:
        self._speaker.set_language(language)
        self.hub.say_again()
        if self._state is not None:
            self.show_state(self._state)

    def _show_trouble(self, state: SyncState) -> None:
        trouble, say = state.trouble, self._speaker.say
        self._trouble.setVisible(trouble is not None)
        if trouble is None:
            return
        title = say("sync.trouble.title", at=trouble.at)
        words = say("sync.trouble.words", what=trouble.what, remedy=trouble.remedy)
        self._trouble.show_words(Tone.WARN, title, words)
