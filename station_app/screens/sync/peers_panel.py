"""Who this station exchanges records with, and whether they can be reached now."""

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from station_app.screens.sync.state import Peer
from station_app.texts import Speaker
from station_app.theme import Role, Tone, set_role
from station_app.widgets.chip import Chip
from station_app.widgets.plain import clear, column, label, row


class PeersPanel(QFrame):
    def __init__(self, speaker: Speaker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, Role.CARD)
        self._speaker = speaker
        self._shown: object = None
        self._title, self._none = label(Role.HEADING, wrap=True), label(Role.MUTED, wrap=True)
        self._rows: QVBoxLayout = column([], spacing=12)
        self.setLayout(column([self._title, self._none, self._rows], 8, (16, 16, 16, 16)))

    def show_peers(self, peers: tuple[Peer, ...]) -> None:
        self._title.setText(self._speaker.say("sync.peer.title"))
        self._none.setText(self._speaker.say("sync.peer.none"))
        self._none.setVisible(not peers)
        if (shown := (peers, self._speaker.language)) == self._shown:
            return
        self._shown = shown
        clear(self._rows)
        for each in peers:
            self._rows.addWidget(self._line(each))

    def _line(self, peer: Peer) -> QWidget:
        say, chip = self._speaker.say, Chip()
        icon_name, tone = ("network", Tone.GOOD) if peer.reachable else ("network_off", Tone.WARN)
        chip.show_words(icon_name, self._standing(peer), tone)
        kind = say(f"sync.peer.{peer.kind.value}")
        about = say("sync.peer.line", kind=kind, address=peer.address)
        shown = QWidget()
        names = [label(Role.BODY, peer.name, wrap=True), label(Role.MUTED, about, wrap=True)]
        shown.setLayout(column([*names, row([chip, None])], spacing=4))
        return shown

    def _standing(self, peer: Peer) -> str:
        if peer.heard is None:
            return self._speaker.say("sync.peer.never")
        key = "sync.peer.reachable" if peer.reachable else "sync.peer.unreachable"
        return self._speaker.say(key, heard=peer.heard)
