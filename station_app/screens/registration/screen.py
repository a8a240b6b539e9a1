"""The page of joining (入会登记): the form, and after saving what comes next."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QStackedLayout, QWidget

from resources.texts import Language
from station_app.screens.registration.form import RegistrationForm
from station_app.screens.registration.state import RegistrationState
from station_app.screens.registration.success_panel import SuccessPanel
from station_app.texts import Speaker
from station_core.ids import PersonId
from station_core.people.problems import Field


class RegistrationScreen(QWidget):
    draft_changed = Signal(object)
    """The Draft as it is now: the moment to check the ID number and look for duplicates."""
    union_searched = Signal(str)
    save_wanted = Signal(object)
    """The Draft."""
    clear_wanted = Signal()
    """An empty form: a state with a new form number is the answer."""
    serve_duplicate_wanted = Signal(object)
    """The PersonId of the member who was found."""
    release_wanted = Signal(object, object)
    """The Draft whose phone another member uses, and the supervisor's Approval."""
    preview_wanted = Signal()
    take_wanted = Signal()
    retake_wanted = Signal()
    photo_removed = Signal()
    print_wanted = Signal(object)
    """The new member's PersonId."""
    serve_wanted = Signal(object)
    """The new member's PersonId."""
    next_wanted = Signal()
    """The next person: a state with a new form number is the answer."""

    def __init__(self, language: Language = Language.CHINESE, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._speaker = Speaker(language, self)
        self._state: RegistrationState | None = None
        self.form, self.success = RegistrationForm(self._speaker), SuccessPanel(self._speaker)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.form)
        self._stack.addWidget(self.success)
        self._pass_on()

    def _pass_on(self) -> None:
        form, photo = self.form, self.form.photo
        form.draft_changed.connect(self.draft_changed)
        form.union_searched.connect(self.union_searched)
        form.save_wanted.connect(self.save_wanted)
        form.clear_wanted.connect(self.clear_wanted)
        form.serve_duplicate_wanted.connect(self.serve_duplicate_wanted)
        form.release_wanted.connect(self.release_wanted)
        photo.preview_wanted.connect(self.preview_wanted)
        photo.take_wanted.connect(self.take_wanted)
        photo.retake_wanted.connect(self.retake_wanted)
        photo.remove_wanted.connect(self.photo_removed)
        self.success.print_wanted.connect(lambda: self.print_wanted.emit(self._member_id()))
        self.success.serve_wanted.connect(lambda: self.serve_wanted.emit(self._member_id()))
        self.success.next_wanted.connect(self.next_wanted)

    def show_state(self, state: RegistrationState) -> None:
        before, self._state = self._state, state
        self.form.show_state(state)
        if state.registered is not None:
            self.success.show_registered(state.registered)
        shown = self.success if state.registered else self.form
        if self._stack.currentWidget() is not shown:
            self._stack.setCurrentWidget(shown)
            shown.setFocus()
        if state.registered is None and (before is None or before.form != state.form):
            self.form.focus(Field.NAME)

    def show_frame(self, frame: QImage) -> None:
        """A live frame of the camera, for the photo."""
        self.form.photo.show_frame(frame)

    def set_language(self, language: Language) -> None:
        self._speaker.set_language(language)
        if self._state is not None:
            self.show_state(self._state)

    def _member_id(self) -> PersonId | None:
        registered = self._state.registered if self._state else None
        return registered.member_id if registered else None
