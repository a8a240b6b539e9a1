"""The registration form: fields in two columns, the photo beside them, consent and saving beneath."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from station_app.screens.event.approval import Approval
from station_app.screens.event.approval_dialog import ApprovalDialog
from station_app.screens.event.notice import notice
from station_app.screens.registration.duplicate_panel import DuplicatePanel
from station_app.screens.registration.enter_order import EnterOrder
from station_app.screens.registration.form_fields import FormFields
from station_app.screens.registration.photo_box import PhotoBox
from station_app.screens.registration.state import Draft, Duplicate, RegistrationState
from station_app.texts import Speaker
from station_app.theme import Role, Tone
from station_app.widgets.plain import button, column, label, row
from station_app.widgets.scrolled import Scrolled
from station_core.people.problems import Field

_COLUMNS = (
    (Field.NAME, Field.ID_NUMBER, Field.PHONE),
    (Field.OCCUPATION, Field.EMPLOYER, Field.UNION),
)


class RegistrationForm(QWidget):
    """Owns what is typed. Texts and answers change with the state; the draft only with a new form number."""

    draft_changed = Signal(object)
    """The Draft."""
    union_searched = Signal(str)
    save_wanted = Signal(object)
    """The Draft."""
    clear_wanted = Signal()
    serve_duplicate_wanted = Signal(object)
    """The PersonId."""
    release_wanted = Signal(object, object)
    """The Draft and the supervisor's Approval."""

    def __init__(self, speaker: Speaker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speaker = speaker
        self._state: RegistrationState | None = None
        self.fields = FormFields(speaker, self)
        self.photo, self.duplicate = PhotoBox(speaker), DuplicatePanel(speaker)
        self._title, self._intro = label(Role.TITLE), label(Role.MUTED, wrap=True)
        self._trouble = notice()
        self.save, self.clear = button(Role.PRIMARY, "check", "on-strong"), button(Role.QUIET)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(8)
        for place, fields in enumerate(_COLUMNS):
            grid.setColumnStretch(place, 1)
            for line, field in enumerate(fields):
                grid.addWidget(self.fields.fields[field], line, place)
        grid.addWidget(self.photo, 0, len(_COLUMNS), len(_COLUMNS[0]), 1, Qt.AlignmentFlag.AlignTop)
        self._scrolled = Scrolled(spacing=16)
        self._scrolled.box.addWidget(self._trouble)
        self._scrolled.box.addWidget(self.duplicate)
        self._scrolled.box.addLayout(grid)
        self._scrolled.box.addStretch(1)
        head = row([self._title, 16, self._intro, self.clear])
        head.setStretch(2, 1)
        actions = row([self.fields.consent, self.save], spacing=16)
        actions.setStretch(0, 1)
        whole = column([head, self._scrolled, actions], spacing=16, margins=(24, 20, 24, 20))
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def _connect(self) -> None:
        fields = self.fields
        fields.edited.connect(lambda: self.draft_changed.emit(fields.draft()))
        fields.union.searched.connect(self.union_searched)
        self.save.clicked.connect(lambda: self.save_wanted.emit(fields.draft()))
        self.clear.clicked.connect(self.clear_wanted)
        self.duplicate.serve_wanted.connect(self._serve_duplicate)
        self.duplicate.release_wanted.connect(self._ask_release)
        first = (fields.name, fields.id_number, fields.phone, fields.occupation, fields.employer)
        union = fields.union
        stops = (*first, union.search, union.change, fields.consent.tick)
        self._order = EnterOrder(stops, (union.search,), self.save, self)
        union.passed.connect(lambda: self._order.leave(union.change))

    def show_state(self, state: RegistrationState) -> None:
        before, self._state = self._state, state
        say = self._speaker.say
        self._title.setText(say("registration.title"))
        self._intro.setText(say("registration.intro"))
        self.fields.show_state(state)
        if before is None or before.form != state.form:
            self.fields.fill(state.prefill)
            self.fields.show_state(state)
        self.photo.show_photo(state.photo)
        self.duplicate.show_duplicate(state.duplicate)
        self._trouble.setVisible(state.trouble is not None)
        if state.trouble is not None:
            self._trouble.show_words(Tone.BAD, self._speaker.word(state.trouble))
        self.clear.setText(say("registration.clear"))
        self.save.setText(say("registration.saving" if state.saving else "registration.save"))
        self.save.setEnabled(not state.saving)
        if before is not None:
            self._lead(before, state)

    def _lead(self, before: RegistrationState, state: RegistrationState) -> None:
        """Bring what is new and wrong before the eyes of staff."""
        if state.duplicate is not None and state.duplicate != before.duplicate:
            self._reveal(self.duplicate)
        elif state.unions_found != before.unions_found:
            self._reveal(self.fields.fields[Field.UNION])
        elif state.problems and state.problems != before.problems:
            self.focus(state.problems[0].field)

    def focus(self, field: Field) -> None:
        if field is Field.CONSENT:
            self.fields.consent.tick.setFocus()
        elif field is Field.PHOTO:
            self.photo.setFocus()
        elif field is Field.UNION:
            picker = self.fields.union
            (picker.search if picker.union is None else picker.change).setFocus()
        else:
            self.fields.fields[field].setFocus()
            self._reveal(self.fields.fields[field])

    def _reveal(self, shown: QWidget) -> None:
        """Scroll to `shown` where it is after what has just appeared above it."""
        self._scrolled.box.activate()
        self._scrolled.ensureWidgetVisible(shown)

    def _duplicate(self) -> Duplicate | None:
        return self._state.duplicate if self._state else None

    def _serve_duplicate(self) -> None:
        if (found := self._duplicate()) is not None:
            self.serve_duplicate_wanted.emit(found.member_id)

    def _ask_release(self) -> None:
        if self._state is None:
            return
        dialog = ApprovalDialog(
            self._speaker,
            self._speaker.say("registration.duplicate.release_title"),
            self._speaker.say("event.approval.release_note"),
            self._state.supervisors,
            staff_is_supervisor=self._state.staff_is_supervisor,
            parent=self,
        )
        dialog.approved.connect(self._release)
        dialog.open()

    def _release(self, approval: Approval) -> None:
        draft: Draft = self.fields.draft()
        self.release_wanted.emit(draft, approval)
