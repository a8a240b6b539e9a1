"""Unlocking: a PIN opens the store's key, wrong ones cost time."""

from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from station_app.home.errors import WrongPin
from station_app.home.keyslots import KeySlots, PinSlot
from station_app.screens.lock.screen import LockScreen
from station_app.screens.lock.state import LockState, PinProblem, StaffMember
from station_app.words import Name
from station_app.workers.tasks import TaskRunner
from station_core.desk.staff import Staff
from station_core.ids import OperatorId
from station_core.records.documents import Role

FREE_TRIES = 5
FIRST_WAIT_S = 30
LONGEST_WAIT_S = 15 * 60
_DUTIES = {Role.SUPERVISOR: Name("负责人", "Supervisor"), Role.OPERATOR: Name("工作人员", "Staff")}


class LockFlow(QObject):
    unlocked = Signal(object, bytes)
    """The Staff, and the store's key."""

    def __init__(self, screen: LockScreen, home: Path, station_name: str, tasks: TaskRunner) -> None:
        super().__init__(screen)
        self._screen, self._home, self._tasks = screen, home, tasks
        self._slots: tuple[PinSlot, ...] = ()
        self._state = LockState(station_name)
        self._wrong = 0
        self._ticking = QTimer(self)
        self._ticking.setInterval(1_000)
        self._ticking.timeout.connect(self._tick)
        screen.staff_chosen.connect(self._choose)
        screen.pin_entered.connect(self._check)
        self.refresh()

    def refresh(self) -> None:
        """Show who works here now, nobody chosen unless there is just one."""
        self._slots = KeySlots.read(self._home).pins
        staff = tuple(StaffMember(slot.operator, slot.name, _DUTIES[slot.role]) for slot in self._slots)
        chosen = staff[0].operator if len(staff) == 1 else None
        self._show(staff=staff, chosen=chosen, problem=None, checking=False)

    def _show(self, **changes: object) -> None:
        from dataclasses import replace

        self._state = replace(self._state, **changes)  # type: ignore[arg-type]
        self._screen.show_state(self._state)

    def _choose(self, operator: OperatorId) -> None:
        self._show(chosen=operator, problem=None)

    def _check(self, operator: OperatorId, pin: str) -> None:
        slot = next((slot for slot in self._slots if slot.operator == operator), None)
        if slot is None:
            return
        self._show(checking=True, problem=None)
        self._tasks.in_background(lambda: slot.open(pin), lambda key: self._right(slot.staff, key), self._failed)

    def _right(self, staff: Staff, key: bytes) -> None:
        self._wrong = 0
        self._show(checking=False, problem=None, tries_left=None)
        self.unlocked.emit(staff, key)

    def _failed(self, error: Exception) -> bool:
        if not isinstance(error, WrongPin):
            self._show(checking=False)
            return False
        self._wrong += 1
        left = FREE_TRIES - self._wrong
        wait_s = min(FIRST_WAIT_S * 2**-left, LONGEST_WAIT_S) if left <= 0 else 0
        self._show(checking=False, problem=PinProblem.WRONG, tries_left=left if left > 0 else None, wait_seconds=wait_s)
        if wait_s:
            self._ticking.start()
        return True

    def _tick(self) -> None:
        left_s = max(0, self._state.wait_seconds - 1)
        if left_s == 0:
            self._ticking.stop()
        self._show(wait_seconds=left_s)
