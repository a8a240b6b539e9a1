"""Who works here: adding, PINs, roles. Everything that changes the ways in is done on the store's thread, one after
the other."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject

from station_app.flows.broadcast import Broadcast, Topic
from station_app.flows.pin_tries import PinTries
from station_app.flows.session import Session
from station_app.flows.settings.page import SettingsPage
from station_app.home.errors import HomeError, StaffExists, WeakPin, WrongPin
from station_app.home.keyslots import KeySlots, PinSlot
from station_app.screens.settings.state import NewStaff, PinChange, StaffRow
from station_app.station.staffing import add_staff, change_pin, change_role
from station_app.station.station import Station
from station_app.words import Phrase
from station_app.workers.tasks import TaskRunner
from station_core.ids import OperatorId
from station_core.records.roles import Role

_TROUBLES: dict[type[HomeError], str] = {
    StaffExists: "settings.trouble.name_taken",
    WeakPin: "settings.trouble.pin_simple",
    WrongPin: "settings.trouble.wrong_pin",
}


class StaffKeeping(QObject):
    """Only a supervisor adds staff, changes roles, and sets a PIN without knowing the old one."""

    def __init__(
        self,
        page: SettingsPage,
        home: Path,
        store_key: bytes,
        tasks: TaskRunner,
        session: Session,
        broadcast: Broadcast,
        tries: PinTries,
    ) -> None:
        super().__init__(page.screen)
        self._page, self._home, self._store_key = page, home, store_key
        self._tasks, self._session, self._broadcast, self._tries = tasks, session, broadcast, tries
        page.screen.staff_added.connect(self._add)
        page.screen.pin_changed.connect(self._change_pin)
        page.screen.role_changed.connect(self._change_role)
        session.changed.connect(self._staff_changed)

    def refresh(self) -> None:
        self._tasks.in_background(lambda: KeySlots.read(self._home).pins, self._show)

    def _staff_changed(self) -> None:
        self._page.show(staff=(), may_manage_staff=False, staff_trouble=None)
        if self._session.staff is not None:
            self.refresh()

    def _show(self, slots: tuple[PinSlot, ...]) -> None:
        staff = self._session.staff
        if staff is None:
            return
        rows = tuple(StaffRow(slot.operator, slot.name, slot.role, slot.operator == staff.id) for slot in slots)
        self._page.show(staff=rows, may_manage_staff=staff.may_supervise)

    def _add(self, new: NewStaff) -> None:
        if self._may():
            self._change(lambda station: add_staff(station, self._store_key, new.name, new.role, new.pin))

    def _change_role(self, operator: OperatorId, role: Role) -> None:
        if self._may() and operator != self._session.require().id:
            self._change(lambda station: change_role(station, operator, role))

    def _change_pin(self, change: PinChange) -> None:
        is_own = change.staff_id == self._session.require().id
        if is_own and (wait_s := self._tries.wait_s):
            self._say(Phrase("event.trouble.wait", {"seconds": wait_s}))
        elif change.old is not None if is_own else self._may():
            self._change(
                lambda station: change_pin(station.home, self._store_key, change.staff_id, change.old, change.new)
            )

    def _may(self) -> bool:
        """The page offers it to supervisors alone; this holds it so."""
        return self._session.require().may_supervise

    def _change(self, job: Callable[[Station], object]) -> None:
        self._say(None)
        self._tasks.on_store(job, self._changed, self._not_changed)

    def _changed(self, _answer: object) -> None:
        self._broadcast.recorded(Topic.STAFF)
        self.refresh()

    def _not_changed(self, error: Exception) -> bool:
        if isinstance(error, WrongPin):
            self._tries.wrong()
        if isinstance(error, HomeError):
            key = _TROUBLES.get(type(error), f"home.{error.code}")
            self._say(Phrase(key, error.params))
        # A choice of a role that did not go through is shown as it was.
        self.refresh()
        return isinstance(error, HomeError)

    def _say(self, trouble: Phrase | None) -> None:
        self._page.show(staff_trouble=trouble)
