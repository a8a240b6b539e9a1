"""A supervisor's word for what staff alone may not do: the PIN is checked before anything is recorded."""

from collections.abc import Callable
from pathlib import Path

from station_app.flows.pin_tries import PinTries
from station_app.flows.session import Session
from station_app.home.errors import HomeError, WrongPin
from station_app.home.keyslots import KeySlots
from station_app.screens.event.approval import Approval, Supervisor
from station_app.words import Phrase
from station_app.workers.tasks import TaskRunner
from station_core.desk.staff import Staff
from station_core.ids import OperatorId


class Approvals:
    """Checks approvals in the background: stretching a PIN takes a moment on purpose."""

    def __init__(self, home: Path, tasks: TaskRunner, session: Session, tries: PinTries) -> None:
        self._home, self._tasks, self._session, self._tries = home, tasks, session, tries

    def ask(self, approval: Approval, then: Callable[[Staff], None], refused: Callable[[Phrase], None]) -> None:
        """`then` gets the supervisor who answers for it; `refused` gets why nobody does, in words.

        What `then` does is the desk's to decide once more: a role may have changed meanwhile.
        """
        operator, pin = approval.supervisor_id, approval.pin
        if operator is None or pin is None:
            then(self._session.require())
            return
        if wait_s := self._tries.wait_s:
            refused(Phrase("event.trouble.wait", {"seconds": wait_s}))
            return

        def right(staff: Staff) -> None:
            self._tries.right()
            then(staff)

        def failed(error: Exception) -> bool:
            if isinstance(error, WrongPin):
                self._tries.wrong()
                refused(Phrase("event.trouble.wrong_pin"))
            elif isinstance(error, HomeError):
                refused(Phrase(f"home.{error.code}", error.params))
            else:
                return False
            return True

        self._tasks.in_background(lambda: _checked(self._home, operator, pin), right, failed)


def supervisors(home: Path) -> tuple[Supervisor, ...]:
    """Who may approve at this station. Raises NoStation, DamagedHome."""
    return tuple(Supervisor(slot.operator, slot.name) for slot in KeySlots.read(home).pins if slot.staff.may_supervise)


def _checked(home: Path, operator: OperatorId, pin: str) -> Staff:
    """The member of staff whose PIN it is, as the folder knows them now. Raises WrongPin, UnknownStaff."""
    slot = KeySlots.read(home).slot(operator)
    slot.open(pin)
    return slot.staff
