"""The short form that some services ask for before they are recorded."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QWidget

from station_app.screens.counter.field_editor import FieldEditor
from station_app.screens.counter.form_state import FormState
from station_app.texts import Speaker
from station_app.theme import Role, px
from station_app.widgets.plain import button, clear, column, label, row
from station_app.widgets.scrolled import Scrolled

_WIDTH_PX = 560


class FormDialog(QDialog):
    """Stands before the window until it is answered or given up; the same form shown again keeps what was
    entered."""

    answered = Signal(object, object)
    """The ServiceCode and the answers: a dict from a field's key to str, Decimal or bool.

    Questions left open are not in it.
    """
    given_up = Signal()

    def __init__(self, speaker: Speaker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speaker = speaker
        self._form: FormState | None = None
        self.editors: list[FieldEditor] = []
        self._title = label(Role.TITLE, wrap=True)
        self._fields = Scrolled(spacing=14)
        self.confirm, self.cancel = button(Role.PRIMARY, "check"), button(Role.SECONDARY)
        self.confirm.setDefault(True)
        self.confirm.clicked.connect(self._submit)
        self.cancel.clicked.connect(self.reject)
        self.rejected.connect(self.given_up)
        whole = column(
            [self._title, self._fields, row([None, self.cancel, self.confirm], spacing=12)],
            spacing=16,
            margins=(28, 24, 28, 24),
        )
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.setMinimumWidth(px(_WIDTH_PX))

    def show_form(self, form: FormState) -> None:
        if self._form is None or (form.service, form.fields) != (self._form.service, self._form.fields):
            self._build(form)
        self._form = form
        say = self._speaker.say
        self._title.setText(self._speaker.word(form.title))
        self.setWindowTitle(self._title.text())
        self.confirm.setText(say("counter.form.record"))
        self.cancel.setText(say("common.cancel"))
        for editor in self.editors:
            editor.retranslate()
            if (problem := form.problems.get(editor.asked.key)) is not None:
                editor.show_problem(problem)

    def _build(self, form: FormState) -> None:
        clear(self._fields.box)
        self.editors = [FieldEditor(asked, self._speaker) for asked in form.fields]
        for editor in self.editors:
            self._fields.box.addWidget(editor)
        self._fields.box.addStretch(1)
        self.resize(px(_WIDTH_PX), px(min(640, 190 + 108 * len(self.editors))))
        if self.editors:
            self.editors[0].take_focus()

    def _submit(self) -> None:
        if self._form is None:
            return
        answers = {editor.asked.key: editor.answer() for editor in self.editors}
        wrong = next((editor for editor in self.editors if editor.problem() is not None), None)
        if wrong is not None:
            wrong.take_focus()
            return
        given = {key: answer for key, answer in answers.items() if answer is not None}
        self.answered.emit(self._form.service, given)
