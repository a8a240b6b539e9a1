"""Consent to the privacy notice, with the version that is agreed to."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from station_app.screens.registration.notice_dialog import NoticeDialog
from station_app.screens.registration.state import PrivacyNotice
from station_app.texts import Speaker
from station_app.theme import Role
from station_app.widgets.plain import button, column, label, row


class ConsentRow(QWidget):
    """A tick belongs to one version of the notice: another version takes it away."""

    changed = Signal()

    def __init__(self, speaker: Speaker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speaker = speaker
        self._notice: PrivacyNotice | None = None
        self.tick = QCheckBox()
        self.read = button(Role.SECONDARY)
        self._problem = label(Role.ERROR)
        first = row([self.tick, self.read, None], spacing=16)
        self.setLayout(column([first, self._problem], spacing=0))
        self.tick.clicked.connect(lambda _: self.changed.emit())
        self.read.clicked.connect(self._open)

    @property
    def version(self) -> str | None:
        """The version that was agreed to, None without consent."""
        return self._notice.version if self._notice and self.tick.isChecked() else None

    def reset(self, agreed_to: str | None) -> None:
        self.tick.setChecked(agreed_to is not None and self._notice is not None and agreed_to == self._notice.version)

    def show_notice(self, notice: PrivacyNotice | None) -> None:
        if self._notice is not None and (notice is None or notice.version != self._notice.version):
            self.tick.setChecked(False)
        self._notice = notice
        say = self._speaker.say
        self.tick.setText(say("registration.consent"))
        self.tick.setEnabled(notice is not None)
        self.read.setVisible(notice is not None)
        if notice is not None:
            self.read.setText(say("registration.read_notice", version=notice.version))

    def show_problem(self, text: str) -> None:
        self._problem.setText(text)
        self._problem.setVisible(bool(text))

    def _open(self) -> None:
        if self._notice is None:
            return
        dialog = NoticeDialog(self._speaker, self._notice, self)
        dialog.accepted.connect(self._agree)
        dialog.open()

    def _agree(self) -> None:
        self.tick.setChecked(True)
        self.changed.emit()
