"""Unlocking: a PIN opens the store's key, wrong ones cost time. A new station is given its first member of staff.

The lock screen is the first thing to appear: what only later moments need is imported there.
"""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from station_app.flows.pin_tries import PinTries
from station_app.home.errors import (
    BadAnswer,
    DamagedHome,
    HomeError,
    NoDeviceKey,
    StationLocked,
    WrongAnswer,
    WrongPin,
)
from station_app.home.keyslots import KeySlots, LockedSlots, PinSlot
from station_app.screens.lock.screen import LockScreen
from station_app.screens.lock.state import LockState, PinProblem, StaffMember, StoreLock
from station_app.station.clock import now_ms
from station_app.words import Name, Phrase
from station_app.workers.tasks import TaskRunner
from station_core.desk.staff import Staff
from station_core.ids import OperatorId
from station_core.records.roles import Role

if TYPE_CHECKING:
    from station_app.home.closed_lease import LeaseStands

_DUTIES = {Role.SUPERVISOR: Name("主管", "Supervisor"), Role.OPERATOR: Name("工作人员", "Staff")}


class LockFlow(QObject):
    unlocked = Signal(object, bytes)
    """The Staff, and the store's key. The screen goes on saying "checking" until `refresh` or `tell`."""

    def __init__(self, screen: LockScreen, home: Path, station_name: str, tasks: TaskRunner, tries: PinTries) -> None:
        super().__init__(screen)
        self._screen, self._home, self._tasks, self._tries = screen, home, tasks, tries
        self._slots: tuple[PinSlot, ...] = ()
        self._state = LockState(station_name)
        self._ticking = QTimer(self)
        self._ticking.setInterval(1_000)
        self._ticking.timeout.connect(self._tick)
        screen.staff_chosen.connect(self._choose)
        screen.pin_entered.connect(self._check)
        screen.first_named.connect(self._set_up)
        screen.answer_entered.connect(self._try_answer)
        self.refresh()

    def refresh(self) -> None:
        """Show who works here now, nobody chosen unless there is just one."""
        try:
            slots = KeySlots.read(self._home)
        except HomeError as error:
            self._slots = ()
            self._show(staff=(), chosen=None, may_set_up=False)
            self.tell(error)
            return
        self._slots = slots.pins
        staff = tuple(StaffMember(slot.operator, slot.name, _DUTIES[slot.role]) for slot in self._slots)
        chosen = staff[0].operator if len(staff) == 1 else None
        may_set_up = not staff and slots.device is not None
        self._show(
            staff=staff,
            chosen=chosen,
            may_set_up=may_set_up,
            locked=_lock_of(slots.locked),
            problem=None,
            trouble=None,
            checking=False,
        )
        self._wait()

    def look_at_lease(self) -> None:
        """Warn of the lease's end, or lock the data where it has come."""
        self._tasks.in_background(self._lease, self.show_lease)

    def _lease(self) -> "LeaseStands | None":
        from station_app.home.closed_lease import lease_of_closed

        return lease_of_closed(self._home, now_ms())

    def show_lease(self, stands: "LeaseStands | None") -> None:
        """How the lease stands: a warning, or a lock that has been put on or opened since."""
        self._show(days_left=None if stands is None else stands.days_left)
        is_over = stands is not None and stands.is_over
        if is_over != (self._state.locked is not None) and not self._state.checking:
            self.refresh()

    def tell(self, error: Exception) -> bool:
        """Say why the station does not open, if it is a known trouble."""
        if isinstance(error, StationLocked):
            self.refresh()
            return True
        from station_app.flows.troubles import words_for

        words = words_for(error)
        damaged = self._words_for_damaged(error)
        if damaged is not None:
            self._show(checking=False, problem=None, trouble=damaged)
        elif words is not None:
            trouble = Phrase("lock.trouble.words", {"what": words[0], "remedy": words[1]})
            self._show(checking=False, problem=None, trouble=trouble)
        return words is not None

    def _words_for_damaged(self, error: Exception) -> Phrase | None:
        """What can be done where files are damaged and there is a backup: the PIN was right, so it is no wrong key."""
        from db.errors import DamagedStore, NoStore, WrongKeyOrDamaged
        from station_app.station.backup import last_backup

        if not isinstance(error, DamagedStore | NoStore | WrongKeyOrDamaged | DamagedHome):
            return None
        last = last_backup(self._home)
        return None if last is None else Phrase("repairs.damaged.latest", {"at": f"{last.at:%Y-%m-%d %H:%M}"})

    def apologise(self, reference: str) -> None:
        """Say that it is our mistake that the station does not open; `reference` finds it in the log."""
        self._show(checking=False, problem=None, trouble=Phrase("lock.trouble.mistake", {"reference": reference}))

    def _show(self, **changes: object) -> None:
        self._state = replace(self._state, **changes)  # type: ignore[arg-type]
        self._screen.show_state(self._state)

    def _choose(self, operator: OperatorId) -> None:
        self._show(chosen=operator, problem=None, trouble=None)

    def _check(self, operator: OperatorId, pin: str) -> None:
        slot = next((slot for slot in self._slots if slot.operator == operator), None)
        if slot is None:
            return
        self._show(checking=True, problem=None, trouble=None)
        self._tasks.in_background(lambda: slot.open(pin), lambda key: self._right(slot.staff, key), self._failed)

    def _right(self, staff: Staff, key: bytes) -> None:
        self._tries.right()
        self._show(tries_left=None)
        self.unlocked.emit(staff, key)

    def _failed(self, error: Exception) -> bool:
        if not isinstance(error, WrongPin):
            return self.tell(error)
        self._tries.wrong()
        self._show(checking=False, problem=PinProblem.WRONG, tries_left=self._tries.left or None)
        self._wait()
        return True

    def _wait(self) -> None:
        self._show(wait_seconds=self._tries.wait_s)
        if self._state.wait_seconds:
            self._ticking.start()

    def _tick(self) -> None:
        self._show(wait_seconds=self._tries.wait_s)
        if self._state.wait_seconds == 0:
            self._ticking.stop()

    def _try_answer(self, typed: str) -> None:
        from station_app.home.closed_lease import unlock_with

        self._show(checking=True, problem=None, trouble=None)
        self._tasks.in_background(
            lambda: unlock_with(self._home, typed, now_ms()), lambda _lease: self._unlocked(), self._not_unlocked
        )

    def _unlocked(self) -> None:
        self._tries.right()
        self._screen.unlock_panel.answer.clear()
        self.refresh()
        self.look_at_lease()

    def _not_unlocked(self, error: Exception) -> bool:
        if isinstance(error, BadAnswer):
            self._show(checking=False, problem=PinProblem.BAD_ANSWER)
            return True
        if isinstance(error, WrongAnswer):
            self._tries.wrong()
            self._show(checking=False, problem=PinProblem.WRONG_ANSWER)
            self._wait()
            return True
        return self.tell(error)

    def _set_up(self, name: str, pin: str) -> None:
        from station_app.station.staffing import set_up_first

        self._show(checking=True, trouble=None)
        self._tasks.in_background(
            lambda: set_up_first(self._home, name, pin), lambda _staff: self.refresh(), self._not_set_up
        )

    def _not_set_up(self, error: Exception) -> bool:
        if isinstance(error, NoDeviceKey):
            self._show(checking=False, trouble=Phrase("lock.first.locked"))
            return True
        return self.tell(error)


def _lock_of(locked: LockedSlots | None) -> StoreLock | None:
    if locked is None:
        return None
    from station_core.lease.codes import shown
    from station_core.lease.terms import UNLOCK_DAYS

    return StoreLock(locked.number, shown(locked.challenge), UNLOCK_DAYS)
