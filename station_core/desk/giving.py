"""Recording that a service was given, and taking it back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from station_core.catalogue import Service, check_answers
from station_core.desk.refusal import Refusal, RefusalCode
from station_core.desk.staff import Staff
from station_core.entitlement import Entitlement
from station_core.ids import EventId, MemberNo, OperatorId, PersonId, RecordId
from station_core.records.services import RecordVoided, ServiceGiven

UNDO_WINDOW_MS = 2 * 60 * 1000
"""For how long the same member of staff may take a record back without a reason."""
UNDONE = "undone"
"""The reason that stands in the journal for a record taken back within that time."""
MAX_QUANTITY = 99


@dataclass(frozen=True, slots=True)
class Receiver:
    """Who gets it: a person known here, the owner of a good card who is not, or (both None) a passer-by."""

    person: PersonId | None = None
    member_no: MemberNo | None = None


@dataclass(frozen=True, slots=True)
class Recorded:
    """What undoing must know of a record. `own`: it was made at this station."""

    id: RecordId
    at_ms: int
    operator: OperatorId
    own: bool
    voided: bool


def give(
    service: Service,
    entitlement: Entitlement,
    receiver: Receiver,
    staff: Staff,
    record: RecordId,
    today: date,
    event: EventId | None,
    answers: Mapping[str, object],
    quantity: int = 1,
) -> ServiceGiven | Refusal:
    """The record that `service` was given today, or why it may not be."""
    if not entitlement.allowed:
        return Refusal(RefusalCode.NOT_ENTITLED, entitlement)
    most = MAX_QUANTITY if entitlement.remaining is None else min(MAX_QUANTITY, entitlement.remaining)
    if not 1 <= quantity <= most:
        return Refusal(RefusalCode.QUANTITY, entitlement)
    checked = check_answers(service.form, answers)
    if checked.problems:
        return Refusal(RefusalCode.ANSWERS, problems=checked.problems)
    return ServiceGiven(
        id=record,
        service=service.code,
        on=today,
        operator=staff.id,
        person=receiver.person,
        member_no=receiver.member_no if receiver.person is None else None,
        event=event,
        quantity=quantity,
        answers=dict(checked.answers),
    )


def undo(recorded: Recorded, staff: Staff, now_ms: int) -> RecordVoided | Refusal:
    """Take back what the same member of staff recorded here a moment ago."""
    if recorded.voided:
        return Refusal(RefusalCode.ALREADY_VOIDED)
    if recorded.operator != staff.id or not recorded.own:
        return Refusal(RefusalCode.UNDO_NOT_YOURS)
    if now_ms - recorded.at_ms > UNDO_WINDOW_MS:
        return Refusal(RefusalCode.UNDO_TOO_LATE)
    return RecordVoided(target=recorded.id, reason=UNDONE, operator=staff.id)


def void(recorded: Recorded, staff: Staff, reason: str) -> RecordVoided | Refusal:
    """Let a record not count, at any time: a supervisor's decision, with a reason."""
    if recorded.voided:
        return Refusal(RefusalCode.ALREADY_VOIDED)
    if not staff.may_supervise:
        return Refusal(RefusalCode.NEEDS_SUPERVISOR)
    if not reason.strip():
        return Refusal(RefusalCode.NEEDS_REASON)
    return RecordVoided(target=recorded.id, reason=reason.strip(), operator=staff.id)
