"""The privacy notice, to be read in full."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget

from station_app.screens.registration.state import PrivacyNotice
from station_app.texts import Speaker
from station_app.theme import Role, px
from station_app.widgets.plain import button, column, label, row

_WIDTH_PX, _HEIGHT_PX = 760, 600


class NoticeDialog(QDialog):
    """Opened with `open()`; accepted where the person agrees."""

    def __init__(self, speaker: Speaker, notice: PrivacyNotice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(px(_WIDTH_PX), px(_HEIGHT_PX))
        say = speaker.say
        title = say("registration.notice_title")
        self.setWindowTitle(title)
        self.text = QPlainTextEdit(speaker.word(notice.text))
        self.text.setReadOnly(True)
        self.text.setAccessibleName(title)
        self.agree, self.close_ = button(Role.PRIMARY), button(Role.SECONDARY)
        self.agree.setText(say("registration.agree"))
        self.close_.setText(say("registration.close"))
        self.agree.clicked.connect(self.accept)
        self.close_.clicked.connect(self.reject)
        version = label(Role.MUTED, say("registration.notice_version", version=notice.version))
        buttons = row([None, self.close_, self.agree])
        self.setLayout(column([label(Role.HEADING, title), version, self.text, 8, buttons], margins=(24, 24, 24, 24)))
