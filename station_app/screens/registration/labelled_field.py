"""One field of the form: its name above, what is wrong with it below."""

from PySide6.QtWidgets import QWidget

from station_app.theme import Role, Tone, px, set_role, set_tone
from station_app.widgets.plain import column, label


class LabelledField(QWidget):
    """`editor` between a label and a line that holds a hint or a problem. The line is always there: nothing jumps."""

    def __init__(self, editor: QWidget, marked: QWidget | None = None, parent: QWidget | None = None) -> None:
        """`marked` is what a problem puts its outline around, the editor itself unless said."""
        super().__init__(parent)
        self.editor, self._marked = editor, marked or editor
        self.name = label(Role.BODY)
        self.message = label(Role.MUTED, wrap=True)
        self.message.setMinimumHeight(px(24))
        self.setLayout(column([self.name, editor, self.message, None], spacing=4))
        self.setFocusProxy(editor)

    def set_name(self, name: str) -> None:
        self.name.setText(name)
        self.editor.setAccessibleName(name)

    def show_hint(self, text: str) -> None:
        self._show(text, Role.MUTED, None)

    def show_problem(self, text: str) -> None:
        self._show(text, Role.ERROR, Tone.BAD)

    def _show(self, text: str, role: Role, tone: Tone | None) -> None:
        self.message.setText(text)
        set_role(self.message, role)
        set_tone(self._marked, tone)
