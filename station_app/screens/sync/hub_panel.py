"""The event's hub: becoming it, its address and code, who is connected; or which hub this station uses."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QLineEdit, QVBoxLayout, QWidget

from station_app.screens.event.notice import notice
from station_app.screens.sync.hub_state import HubMode, HubState
from station_app.texts import Speaker
from station_app.theme import Role, Tone, set_role
from station_app.widgets.plain import button, clear, column, label, row
from station_app.widgets.qr_picture import QrPicture


class HubPanel(QFrame):
    start_wanted = Signal()
    stop_wanted = Signal()
    address_entered = Signal(str)
    automatic_wanted = Signal()
    take_over_wanted = Signal(bool)
    """Whether this station is to take the place of a hub that has gone."""

    def __init__(self, speaker: Speaker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, Role.CARD)
        self._speaker = speaker
        self._state = HubState()
        self._shown_guests: object = None
        self._title, self._words = label(Role.HEADING, wrap=True), label(Role.MUTED, wrap=True)
        self.trouble, self.code = notice(), QrPicture()
        self.address, self._chosen = label(Role.BODY, wrap=True), label(Role.MUTED, wrap=True)
        self._guests_title, self._guests = label(Role.BODY, wrap=True), column([], spacing=2)
        self.become, self.stop = button(Role.SECONDARY), button(Role.SECONDARY)
        self.typed, self.use, self.automatic = QLineEdit(), button(Role.SECONDARY), button(Role.QUIET)
        self.take_over = QCheckBox()
        self._lay_out()
        self.become.clicked.connect(self.start_wanted)
        self.stop.clicked.connect(self.stop_wanted)
        self.use.clicked.connect(self._enter)
        self.typed.returnPressed.connect(self._enter)
        self.take_over.clicked.connect(self.take_over_wanted)
        self.automatic.clicked.connect(self.automatic_wanted)

    def _lay_out(self) -> None:
        whole: QVBoxLayout = column([self._title, self._words, self.trouble, self.code, self.address], 8, (16,) * 4)
        whole.addWidget(self._guests_title)
        whole.addLayout(self._guests)
        whole.addLayout(row([self.become, self.stop, None]))
        whole.addWidget(self.take_over)
        whole.addWidget(self._chosen)
        whole.addWidget(self.typed)
        whole.addLayout(row([self.use, self.automatic, None]))
        self.setLayout(whole)

    def show_state(self, state: HubState) -> None:
        self._state = state
        say, serving = self._speaker.say, state.mode is HubMode.SERVING
        self._title.setText(say("hub.title"))
        self._words.setText(self._said(state))
        self.trouble.setVisible(state.trouble is not None)
        if state.trouble is not None:
            self.trouble.show_words(Tone.WARN, self._speaker.word(state.trouble))
        self._show_address(state, shown=serving and bool(state.address))
        self._show_guests(state, shown=serving)
        self.become.setText(say("hub.become"))
        self.stop.setText(say("hub.stop"))
        self.become.setVisible(not serving)
        self.stop.setVisible(serving)
        self.become.setEnabled(not state.busy)
        self.stop.setEnabled(not state.busy)
        self.take_over.setText(say("hub.take_over"))
        self.take_over.setChecked(state.takes_over)
        self._show_choice(state, shown=not serving)

    def say_again(self) -> None:
        """After the language has changed."""
        self.show_state(self._state)

    def _said(self, state: HubState) -> str:
        say = self._speaker.say
        match state.mode:
            case HubMode.SERVING:
                serving = say("hub.serving" if state.address else "hub.no_network")
                return f"{say('hub.taken_over')}\n{serving}" if state.has_taken_over else serving
            case HubMode.LINKED:
                return say("hub.linked", label=state.label, address=state.address)
        return f"{say('hub.off')}\n{say('hub.searching')}"

    def _show_address(self, state: HubState, *, shown: bool) -> None:
        self.code.setVisible(shown)
        self.address.setVisible(shown)
        self.code.show_text(state.address if shown else "")
        self.code.setAccessibleName(self._speaker.say("hub.code"))
        self.address.setText(self._speaker.say("hub.address", address=state.address))

    def _show_guests(self, state: HubState, *, shown: bool) -> None:
        say = self._speaker.say
        self._guests_title.setVisible(shown)
        self._guests_title.setText(say("hub.guests", count=len(state.guests)) if state.guests else say("hub.nobody"))
        guests = state.guests if shown else ()
        if (now := (guests, self._speaker.language)) == self._shown_guests:
            return
        self._shown_guests = now
        clear(self._guests)
        for guest in guests:
            self._guests.addWidget(label(Role.MUTED, say("hub.guest", label=guest.label, at=guest.heard), wrap=True))

    def _show_choice(self, state: HubState, *, shown: bool) -> None:
        say = self._speaker.say
        self.typed.setPlaceholderText(say("hub.enter"))
        self.typed.setAccessibleName(say("hub.enter"))
        self.use.setText(say("hub.use"))
        self.automatic.setText(say("hub.automatic"))
        self._chosen.setText(say("hub.chosen", address=state.chosen))
        self.typed.setVisible(shown)
        self.use.setVisible(shown)
        self._chosen.setVisible(shown and bool(state.chosen))
        self.automatic.setVisible(shown and bool(state.chosen))

    def _enter(self) -> None:
        text = self.typed.text().strip()
        if text:
            self.typed.clear()
            self.address_entered.emit(text)
