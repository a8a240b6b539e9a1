"""One person as a row to be touched: initials, name, a line beneath, a few words at the end."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from station_app.theme import Role, px, set_role
from station_app.widgets.avatar import Avatar
from station_app.widgets.plain import column, label, row


class PersonRow(QPushButton):
    def __init__(
        self,
        name: str,
        line: str,
        trailing: str = "",
        photo: bytes | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAutoDefault(False)
        set_role(self, Role.ROW)
        self.avatar = Avatar(44)
        self.avatar.show_person(name, photo)
        self.name, self.line = label(Role.HEADING, name), label(Role.MUTED, line)
        self.trailing = label(Role.MUTED, trailing)
        self.line.setVisible(bool(line))
        words = column([None, self.name, self.line, None], spacing=0)
        line_up = row([self.avatar, words, None, self.trailing], spacing=12, margins=(12, 6, 14, 6))
        self.setLayout(line_up)
        for each in (self.name, self.line, self.trailing):
            each.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setMinimumHeight(max(px(60), line_up.sizeHint().height()))
        self.setAccessibleName(f"{name} {line} {trailing}".strip())
