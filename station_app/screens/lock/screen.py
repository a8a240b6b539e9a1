"""The lock screen: staff on the left, the PIN on the right."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from resources.texts import Language
from station_app.screens.lock.pin_pad import PinPad
from station_app.screens.lock.staff_list import StaffList
from station_app.screens.lock.state import LockState, PinProblem
from station_app.screens.lock.unlock_panel import UnlockPanel
from station_app.texts import Speaker
from station_app.theme import Role, px
from station_app.widgets.plain import button, column, frame, label, row, symbol


class LockScreen(QWidget):
    staff_chosen = Signal(object)
    """The OperatorId."""
    pin_entered = Signal(object, str)
    """The OperatorId and the digits."""
    first_named = Signal(str, str)
    """The first member of staff of a new station: the name and the PIN."""
    answer_entered = Signal(str)
    """What was typed as the city's answer, where the data is locked."""
    language_wanted = Signal()

    def __init__(self, language: Language = Language.CHINESE, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._speaker = Speaker(language, self)
        self._state = LockState(station_name="")
        self.staff, self.pad = StaffList(self._speaker), PinPad(self._speaker)
        self.unlock_panel = UnlockPanel(self._speaker)
        self._station, self._product = label(Role.TITLE), label(Role.MUTED)
        self._who, self._chosen = label(Role.HEADING), label(Role.HEADING)
        self._problem = label(Role.ERROR, wrap=True)
        self._nobody = label(Role.MUTED, wrap=True)
        self._warning = label(Role.ERROR, wrap=True)
        self.language = button(Role.QUIET)
        self.language.clicked.connect(self.language_wanted)
        self.set_up = button(Role.PRIMARY, "person", "on-strong")
        self.set_up.clicked.connect(self._ask_first)
        self.staff.chosen.connect(self.staff_chosen)
        self.pad.entered.connect(self._entered)
        self.unlock_panel.entered.connect(self.answer_entered)
        self._lay_out()

    def _lay_out(self) -> None:
        names = column([self._station, self._product], spacing=0)
        head = row([symbol("emblem", "emblem", 56), names, None, self.language], spacing=14)
        self._problem.setMinimumHeight(px(52))
        self._problem.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._chosen.setAlignment(Qt.AlignmentFlag.AlignCenter)
        left = column([self._who, self._nobody, row([self.set_up, None]), self.staff, self._warning], spacing=12)
        left.setStretch(3, 1)
        self._card = self._make_card()
        middle = row([left, self._card], spacing=32)
        middle.setStretch(0, 1)
        whole = column([head, 20, middle], spacing=0, margins=(40, 28, 40, 32))
        whole.setStretch(2, 1)
        inner = QWidget()
        inner.setLayout(whole)
        inner.setMaximumWidth(px(1180))
        inner.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        outer = row([None, inner, None], spacing=0)
        outer.setStretch(1, 1000)
        self.setLayout(outer)

    def _make_card(self) -> QFrame:
        card = frame(Role.CARD)
        card.setFixedWidth(px(400))
        inside = column([self._chosen, self.unlock_panel, self._problem, self.pad], spacing=8, margins=(28, 24, 28, 28))
        inside.setStretch(3, 1)
        inside.addStretch(0)
        card.setLayout(inside)
        return card

    def show_state(self, state: LockState) -> None:
        self._state = state
        say = self._speaker.say
        self._station.setText(state.station_name)
        self._product.setText(say("common.product"))
        self.language.setText(say("common.other_language"))
        self.language.setAccessibleName(say("common.switch_language"))
        self._who.setText(say("lock.who" if state.staff else "lock.nobody_yet"))
        self._nobody.setText(say("lock.first.note" if state.may_set_up else "lock.nobody"))
        self._nobody.setVisible(not state.staff)
        self.set_up.setText(say("lock.first.offer"))
        self.set_up.setVisible(state.may_set_up)
        self.set_up.setEnabled(not state.checking)
        self.staff.show_staff(state.staff, state.chosen)
        member = state.chosen_member()
        self._chosen.setText(member.name if member else say("lock.choose_first") if state.staff else "")
        self._chosen.setVisible(state.locked is None)
        self._problem.setText(self._line(state))
        self._warning.setText("" if state.days_left is None else say("lock.lease_ends", days=state.days_left))
        self._warning.setVisible(state.days_left is not None)
        self._show_card(state)
        if not state.takes_pin and not state.takes_answer:
            self.setFocus()

    def _show_card(self, state: LockState) -> None:
        """The pad, or where the data is locked what opens the lock."""
        self.pad.setVisible(bool(state.staff) and state.locked is None)
        self.pad.retranslate()
        self.pad.take(state.takes_pin)
        self.unlock_panel.setVisible(state.locked is not None)
        if state.locked is not None:
            self.unlock_panel.show_lock(state.locked, state.takes_answer)
        self._card.setVisible(bool(state.staff or state.locked or self._problem.text()))

    def _line(self, state: LockState) -> str:
        say = self._speaker.say
        if state.trouble is not None:
            return self._speaker.word(state.trouble)
        if state.checking:
            return say("lock.checking")
        if state.wait_seconds:
            return say("lock.wait", seconds=state.wait_seconds)
        if state.problem is PinProblem.WRONG and state.tries_left is not None:
            return say("lock.wrong_tries", count=state.tries_left)
        return say(f"lock.problem.{state.problem.value}") if state.problem else ""

    def set_language(self, language: Language) -> None:
        self._speaker.set_language(language)
        self.show_state(self._state)

    def _ask_first(self) -> None:
        from station_app.screens.lock.first_staff_dialog import FirstStaffDialog

        dialog = FirstStaffDialog(self._speaker, self)
        dialog.named.connect(self.first_named)
        dialog.open()

    def _entered(self, pin: str) -> None:
        if self._state.chosen is not None:
            self.pin_entered.emit(self._state.chosen, pin)
