"""The fields of the form: what is typed in them, their names, and what is said beneath each."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit

from station_app.screens.registration.consent_row import ConsentRow
from station_app.screens.registration.labelled_field import LabelledField
from station_app.screens.registration.repair import repaired_id_number, repaired_phone
from station_app.screens.registration.repairing_edit import RepairingEdit
from station_app.screens.registration.state import Draft, RegistrationState
from station_app.screens.registration.union_picker import UnionPicker
from station_app.texts import Speaker
from station_core.people.problems import Field, Problem

_LENGTHS = {Field.NAME: 50, Field.EMPLOYER: 80}
_REQUIRED = frozenset({Field.NAME, Field.ID_NUMBER, Field.PHONE, Field.OCCUPATION})
"""The employer may be unknown, and who has no union of theirs joins the transit union."""


class FormFields(QObject):
    """Owns the editors, which a form lays out. `draft` is what they hold now."""

    edited = Signal()

    def __init__(self, speaker: Speaker, parent: QObject) -> None:
        super().__init__(parent)
        self._speaker = speaker
        self._shown: object = None
        self.name, self.employer = QLineEdit(), QLineEdit()
        self.id_number, self.phone = RepairingEdit(repaired_id_number), RepairingEdit(repaired_phone)
        self.occupation, self.union = QComboBox(), UnionPicker(speaker)
        self.consent = ConsentRow(speaker)
        self.fields = {
            Field.NAME: LabelledField(self.name),
            Field.ID_NUMBER: LabelledField(self.id_number),
            Field.PHONE: LabelledField(self.phone),
            Field.OCCUPATION: LabelledField(self.occupation),
            Field.EMPLOYER: LabelledField(self.employer),
            Field.UNION: LabelledField(self.union, marked=self.union.search),
        }
        self.name.setMaxLength(_LENGTHS[Field.NAME])
        self.employer.setMaxLength(_LENGTHS[Field.EMPLOYER])
        latin = Qt.InputMethodHint.ImhLatinOnly | Qt.InputMethodHint.ImhNoPredictiveText
        self.id_number.setInputMethodHints(latin | Qt.InputMethodHint.ImhPreferNumbers)
        self.phone.setInputMethodHints(Qt.InputMethodHint.ImhDialableCharactersOnly)
        self._connect()

    def _connect(self) -> None:
        self.name.textEdited.connect(lambda: self._edited(Field.NAME))
        self.id_number.edited.connect(lambda: self._edited(Field.ID_NUMBER))
        self.phone.edited.connect(lambda: self._edited(Field.PHONE))
        self.occupation.activated.connect(lambda: self._edited(Field.OCCUPATION))
        self.employer.textEdited.connect(lambda: self._edited(Field.EMPLOYER))
        self.union.chosen.connect(lambda: self._edited(Field.UNION))
        self.consent.changed.connect(lambda: self._edited(Field.CONSENT))

    def draft(self) -> Draft:
        return Draft(
            name=self.name.text().strip(),
            id_number=self.id_number.text(),
            phone=self.phone.text(),
            occupation=self.occupation.currentData(),
            employer=self.employer.text().strip(),
            union=self.union.union,
            consent_version=self.consent.version,
        )

    def fill(self, draft: Draft) -> None:
        """Begin anew with `draft`; call it after `show_state` has offered what can be chosen."""
        self.name.setText(draft.name)
        self.id_number.setText(draft.id_number)
        self.phone.setText(draft.phone)
        self.occupation.setCurrentIndex(max(0, self.occupation.findData(draft.occupation)))
        self.employer.setText(draft.employer)
        self.union.reset(draft.union)
        self.consent.reset(draft.consent_version)

    def show_state(self, state: RegistrationState) -> None:
        say = self._speaker.say
        for field, shown in self.fields.items():
            name = say(f"registration.field.{field.value}")
            shown.set_name(say("registration.required", label=name) if field in _REQUIRED else name)
        self.name.setPlaceholderText(say("registration.hint.name"))
        self.id_number.setPlaceholderText(say("registration.hint.id_number"))
        self.phone.setPlaceholderText(say("registration.hint.phone"))
        self.employer.setPlaceholderText(say("registration.platform_hint"))
        self._offer_occupations(state)
        self.union.show_unions(state.unions_asked, state.unions_found, state.transit_union)
        self.consent.show_notice(state.notice)
        for field, shown in self.fields.items():
            problem = self._problem(field, state)
            if problem is not None:
                shown.show_problem(self._words(problem))
            else:
                shown.show_hint(self._hint(field, state))
        consent = state.problem_of(Field.CONSENT)
        self.consent.show_problem(self._words(consent) if consent else "")

    def _offer_occupations(self, state: RegistrationState) -> None:
        if (shown := (state.occupations, self._speaker.language)) == self._shown:
            return
        self._shown = shown
        chosen = self.occupation.currentData()
        self.occupation.clear()
        self.occupation.addItem(self._speaker.say("registration.pick_occupation"), None)
        for one in state.occupations:
            self.occupation.addItem(self._speaker.word(one.label), one.code)
        self.occupation.setCurrentIndex(max(0, self.occupation.findData(chosen)))

    def _words(self, problem: Problem) -> str:
        return self._speaker.say(f"people.problem.{problem.code}", **problem.params)

    def _problem(self, field: Field, state: RegistrationState) -> Problem | None:
        """A live answer about the ID number counts only while it is about what is typed."""
        check = state.id_check
        if field is Field.ID_NUMBER and check is not None and check.number == self.id_number.text():
            return check.problem or state.problem_of(field)
        return state.problem_of(field)

    def _hint(self, field: Field, state: RegistrationState) -> str:
        say = self._speaker.say
        if field is Field.UNION and self.union.union is None and state.transit_union is not None:
            return say("registration.transit_hint", name=state.transit_union.name)
        if field is not Field.ID_NUMBER:
            return ""
        check = state.id_check
        if check is None or check.number != self.id_number.text() or check.sex is None:
            return say("registration.id.waiting")
        sex = say(f"people.sex.{check.sex}")
        valid = say("registration.id.valid", birth_date=check.birth_date, age=check.age, sex=sex)
        return f"{valid}\n{self._words(check.notice)}" if check.notice else valid

    def _edited(self, field: Field) -> None:
        """What was wrong with the old value says nothing about the new one."""
        if field is Field.CONSENT:
            self.consent.show_problem("")
        else:
            waiting = field is Field.ID_NUMBER
            self.fields[field].show_hint(self._speaker.say("registration.id.waiting") if waiting else "")
        self.edited.emit()
