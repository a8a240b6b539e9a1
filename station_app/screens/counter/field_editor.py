"""One question of a short form with the means to answer it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from station_app.screens.counter.form_state import Answer, Choice, FieldKind, FormField, read_answer
from station_app.texts import Speaker
from station_app.theme import Role, Tone, px, set_tone
from station_app.widgets.plain import button, label, row
from station_app.words import Phrase

_NUMBER_WIDTH_PX = 220
_MOST_BUTTONS = 4
"""So many choices stand side by side as buttons; more go into a list."""


class FieldEditor(QWidget):
    def __init__(self, asked: FormField, speaker: Speaker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.asked = asked
        self._speaker = speaker
        self._problem: Phrase | None = None
        self._label, self._error, self._unit = (
            label(Role.BODY),
            label(Role.ERROR, wrap=True),
            label(Role.BODY),
        )
        self.line: QLineEdit | None = None
        self.combo: QComboBox | None = None
        self.options: dict[str, QPushButton] = {}
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addWidget(self._label)
        box.addLayout(self._entry())
        box.addWidget(self._error)
        self.retranslate()

    def _entry(self) -> QHBoxLayout:
        if self.asked.kind in (FieldKind.NUMBER, FieldKind.TEXT):
            self.line = QLineEdit()
            self.line.setMaxLength(self.asked.longest)
            if self.asked.kind is FieldKind.NUMBER:
                self.line.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly)
                self.line.setMaximumWidth(px(_NUMBER_WIDTH_PX))
                return row([self.line, self._unit, None])
            return row([self.line])
        if self.asked.kind is FieldKind.CHOICE and len(self.asked.choices) > _MOST_BUTTONS:
            self.combo = QComboBox()
            return row([self.combo])
        values = [each.value for each in self.asked.choices] if self.asked.choices else ["yes", "no"]
        group = QButtonGroup(self)
        for value in values:
            made = button(Role.OPTION)
            made.setCheckable(True)
            group.addButton(made)
            self.options[value] = made
        return row([*self.options.values(), None])

    def retranslate(self) -> None:
        word, say = self._speaker.word, self._speaker.say
        name = word(self.asked.label)
        self._label.setText(name if self.asked.required else say("counter.form.optional", name=name))
        if self.asked.unit is not None:
            self._unit.setText(word(self.asked.unit))
        names = {each.value: word(each.name) for each in self.asked.choices}
        for value, option in self.options.items():
            option.setText(names.get(value) or say(f"common.{value}"))
        self._fill_combo(self.asked.choices)
        for entry in filter(None, (self.line, self.combo)):
            entry.setAccessibleName(name)
        self.show_problem(self._problem)

    def _fill_combo(self, choices: tuple[Choice, ...]) -> None:
        if self.combo is None:
            return
        chosen = self.combo.currentData()
        self.combo.clear()
        self.combo.addItem(self._speaker.say("counter.form.choose"), None)
        for each in choices:
            self.combo.addItem(self._speaker.word(each.name), each.value)
        self.combo.setCurrentIndex(max(0, self.combo.findData(chosen)))

    def show_problem(self, problem: Phrase | None) -> None:
        self._problem = problem
        self._error.setText(self._speaker.word(problem) if problem else "")
        self._error.setVisible(problem is not None)
        for entry in filter(None, (self.line, self.combo)):
            set_tone(entry, Tone.BAD if problem else None)

    def problem(self) -> Phrase | None:
        return self._problem

    def answer(self) -> Answer | None:
        """The answer, or None for none; what is wrong with it is shown and kept in `problem`."""
        found = read_answer(self.asked, self._raw())
        self.show_problem(found if isinstance(found, Phrase) else None)
        return None if isinstance(found, Phrase) else found

    def _raw(self) -> str | bool | None:
        if self.line is not None:
            return self.line.text()
        if self.combo is not None:
            value: str | None = self.combo.currentData()
            return value
        chosen = next((value for value, option in self.options.items() if option.isChecked()), None)
        return chosen == "yes" if chosen and self.asked.kind is FieldKind.YES_NO else chosen

    def take_focus(self) -> None:
        target = self.line or self.combo or next(iter(self.options.values()))
        target.setFocus(Qt.FocusReason.OtherFocusReason)
