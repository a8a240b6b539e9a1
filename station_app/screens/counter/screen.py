"""The counter's page: the outcome across the top, the search field, and beneath it the view that the state
names."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from resources.texts import Language
from station_app.screens.counter.choice_views import CodesView, PeopleView
from station_app.screens.counter.form_dialog import FormDialog
from station_app.screens.counter.form_state import FormState
from station_app.screens.counter.outcomes import advice, look_of, title
from station_app.screens.counter.person_view import PersonView
from station_app.screens.counter.search_bar import SearchBar
from station_app.screens.counter.state import (
    CounterState,
    Outcome,
    PersonShown,
    SeveralCodes,
    SeveralPeople,
    Stranger,
    View,
    Waiting,
)
from station_app.screens.counter.stranger_view import StrangerView
from station_app.screens.counter.waiting_view import WaitingView
from station_app.texts import Speaker
from station_app.theme import Role, Tone
from station_app.theme.tokens import COLOURS
from station_app.widgets.banner import Banner
from station_app.widgets.beeper import Sound
from station_app.widgets.picture import Outline
from station_app.widgets.plain import column


def silent(_sound: Sound) -> None:
    """For a counter without sound."""


class CounterScreen(QWidget):
    search_wanted = Signal(str)
    person_wanted = Signal(object)
    """The PersonId that was chosen from a list."""
    code_wanted = Signal(str)
    """One of several codes, as CodeChoice.code gave it."""
    service_wanted = Signal(object)
    """The ServiceCode to record for the person that is shown (after its form, where it asks)."""
    undo_wanted = Signal(object)
    form_answered = Signal(object, object)
    """The ServiceCode and the answers by field's key."""
    form_given_up = Signal()
    register_wanted = Signal()
    card_wanted = Signal()
    """Print a card for the person that is shown."""
    next_wanted = Signal()
    """Done with this person or code: back to waiting."""

    def __init__(
        self,
        language: Language = Language.CHINESE,
        play: Callable[[Sound], None] = silent,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        # The page itself may hold the focus, so that no button is armed and no field swallows a scanner's
        # keys.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._speaker = Speaker(language, self)
        self._play = play
        self._state: CounterState | None = None
        self._sounded = 0
        self._ground = COLOURS["paper"]
        self.banner, self.search = Banner(Role.OUTCOME), SearchBar(self._speaker)
        self.waiting, self.person = WaitingView(self._speaker), PersonView(self._speaker)
        self.stranger = StrangerView(self._speaker)
        self.codes, self.people = CodesView(self._speaker), PeopleView(self._speaker)
        self.form = FormDialog(self._speaker, self)
        self._stack = QStackedWidget()
        for view in (self.waiting, self.person, self.stranger, self.codes, self.people):
            self._stack.addWidget(view)
        below = column([self.search, self._stack], spacing=14, margins=(20, 14, 20, 12))
        below.setStretch(1, 1)
        whole = column([self.banner, below], spacing=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self._connect()

    def _connect(self) -> None:
        self.search.search_wanted.connect(self.search_wanted)
        self.search.next_wanted.connect(self.next_wanted)
        self.waiting.person_wanted.connect(self.person_wanted)
        self.people.person_wanted.connect(self.person_wanted)
        self.people.register_wanted.connect(self.register_wanted)
        self.codes.code_wanted.connect(self.code_wanted)
        self.person.service_wanted.connect(self.service_wanted)
        self.person.undo_wanted.connect(self.undo_wanted)
        self.person.card_wanted.connect(self.card_wanted)
        self.person.register_wanted.connect(self.register_wanted)
        self.stranger.register_wanted.connect(self.register_wanted)
        self.stranger.search_wanted.connect(self.search.take_focus)
        self.stranger.next_wanted.connect(self.next_wanted)
        self.form.answered.connect(self.form_answered)
        self.form.given_up.connect(self.form_given_up)

    def show_frame(self, image: QImage, outlines: Sequence[Outline] = ()) -> None:
        """The camera's newest picture with the codes found in it; apart from the state, since it comes many
        times a second."""
        if self._state is not None and isinstance(self._state.view, Waiting):
            self.waiting.show_frame(image, outlines)

    def show_still(self, picture: QImage | None) -> None:
        """The picture that several codes lie in, before a state shows them; None where no camera saw them."""
        self.codes.show_still(picture or QImage())

    def show_state(self, state: CounterState) -> None:
        if isinstance(state.view, PersonShown) and not self._shows(state.view):
            self.search.clear()
            self.setFocus()
            self.person.grid.show_top()
        self._state = state
        self.search.retranslate()
        self.search.show_next(not isinstance(state.view, Waiting))
        self._show_outcome(state.outcome)
        self._show_view(state.view)
        self._show_form(state.form)

    def _shows(self, view: PersonShown) -> bool:
        """Whether the same person is on the screen already."""
        now = self._state.view if self._state else None
        return isinstance(now, PersonShown) and now.person.person == view.person.person

    def _show_outcome(self, outcome: Outcome | None) -> None:
        self.banner.setVisible(outcome is not None)
        self._colour(None if outcome is None else look_of(outcome.happened).tone)
        if outcome is None:
            return
        look, word = look_of(outcome.happened), self._speaker.word
        self.banner.show_words(look.tone, word(title(outcome)), word(advice(outcome)), look.symbol)
        if outcome.serial != self._sounded:
            self._sounded = outcome.serial
            if look.sound is not None:
                self._play(look.sound)

    def _colour(self, tone: Tone | None) -> None:
        """The whole page takes the outcome's colour on, softly: it is seen from the corner of an eye."""
        ground = COLOURS["paper" if tone is None else f"{tone.value}-soft"]
        if ground != self._ground:
            self._ground = ground
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), QColor(self._ground))

    def _show_view(self, view: View) -> None:
        match view:
            case Waiting():
                self.waiting.show_view(view)
                self._stack.setCurrentWidget(self.waiting)
            case PersonShown():
                self.person.show_view(view)
                self._stack.setCurrentWidget(self.person)
            case Stranger():
                self.stranger.show_view(view)
                self._stack.setCurrentWidget(self.stranger)
            case SeveralCodes():
                self.codes.show_view(view)
                self._stack.setCurrentWidget(self.codes)
            case SeveralPeople():
                self.people.show_view(view)
                self._stack.setCurrentWidget(self.people)

    def _show_form(self, form: FormState | None) -> None:
        if form is None:
            self.form.hide()
            return
        self.form.show_form(form)
        if not self.form.isVisible():
            self.form.open()

    def set_language(self, language: Language) -> None:
        self._speaker.set_language(language)
        if self._state is not None:
            self.show_state(self._state)
