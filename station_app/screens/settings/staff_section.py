"""Who works here, in which role, and their PINs."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QPushButton, QVBoxLayout, QWidget

from station_app.screens.event.notice import notice
from station_app.screens.settings.pin_dialog import PinDialog
from station_app.screens.settings.section_view import SectionView
from station_app.screens.settings.staff_dialog import StaffDialog
from station_app.screens.settings.state import SettingsState, StaffRow
from station_app.texts import Speaker
from station_app.theme import Role as Look
from station_app.theme import Tone
from station_app.widgets.plain import Item, button, clear, column, frame, label, row
from station_core.ids import OperatorId
from station_core.records.roles import Role


class StaffSection(SectionView):
    staff_added = Signal(object)
    """The NewStaff."""
    pin_changed = Signal(object)
    """The PinChange."""
    role_changed = Signal(object, object)
    """The OperatorId and the Role."""

    def __init__(self, speaker: Speaker, parent: QWidget | None = None) -> None:
        super().__init__(speaker, parent)
        self._state: SettingsState | None = None
        self._shown: object = None
        self._note, self._trouble = label(Look.MUTED, wrap=True), notice()
        self.add = button(Look.PRIMARY, "person", "on-strong")
        self.roles: dict[OperatorId, QComboBox] = {}
        self.pins: dict[OperatorId, QPushButton] = {}
        self._rows: QVBoxLayout = column([])
        self.setLayout(column([self._note, self._trouble, self._rows, 8, row([self.add, None]), None], spacing=8))
        self.add.clicked.connect(self._ask_staff)

    def show_state(self, state: SettingsState) -> None:
        self._state = state
        say, may = self._speaker.say, state.may_manage_staff
        self._note.setText(say("settings.staff.note" if may else "settings.staff.no_rights"))
        self._trouble.setVisible(state.staff_trouble is not None)
        if state.staff_trouble is not None:
            self._trouble.show_words(Tone.BAD, self._speaker.word(state.staff_trouble))
        self.add.setText(say("settings.staff.add"))
        self.add.setVisible(may)
        if (shown := (state.staff, may, self._speaker.language)) != self._shown:
            self._shown = shown
            self._fill(state.staff, may)
        for member in state.staff:
            if (choice := self.roles.get(member.staff_id)) is not None:
                choice.setCurrentIndex(choice.findData(member.role.value))

    def _fill(self, staff: tuple[StaffRow, ...], may: bool) -> None:
        clear(self._rows)
        self.roles, self.pins = {}, {}
        for member in staff:
            self._rows.addWidget(self._row(member, may))

    def _row(self, member: StaffRow, may: bool) -> QFrame:
        say, card = self._speaker.say, frame(Look.CARD)
        name = say("settings.staff.self", name=member.name) if member.is_self else member.name
        items: list[Item] = [label(Look.BODY, name, wrap=True)]
        if may and not member.is_self:
            items.append(self._role_choice(member))
        else:
            items.append(label(Look.MUTED, say(f"settings.role.{member.role.value}")))
        if may or member.is_self:
            change = button(Look.SECONDARY, "lock")
            change.setText(say("settings.staff.change_pin"))
            change.clicked.connect(lambda: self._ask_pin(member))
            self.pins[member.staff_id] = change
            items.append(change)
        line = row(items, 16, (16, 8, 12, 8))
        line.setStretch(0, 1)
        card.setLayout(line)
        return card

    def _role_choice(self, member: StaffRow) -> QComboBox:
        made = QComboBox()
        made.setAccessibleName(self._speaker.say("settings.staff.role_of", name=member.name))
        for role in Role:
            made.addItem(self._speaker.say(f"settings.role.{role.value}"), role.value)
        made.activated.connect(lambda: self.role_changed.emit(member.staff_id, Role(made.currentData())))
        self.roles[member.staff_id] = made
        return made

    def _ask_staff(self) -> None:
        if self._state is None:
            return
        dialog = StaffDialog(self._speaker, self._state.pin_rule, self)
        dialog.added.connect(self.staff_added)
        dialog.open()

    def _ask_pin(self, member: StaffRow) -> None:
        if self._state is None:
            return
        dialog = PinDialog(self._speaker, self._state.pin_rule, member, self)
        dialog.changed.connect(self.pin_changed)
        dialog.open()
