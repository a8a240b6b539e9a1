"""What several pages say of people: since when they are members, why a record does not count."""

from collections.abc import Mapping
from datetime import date

from db.values import Person, Voiding
from db.view import View
from station_app.screens.event.approval import Void
from station_app.station.clock import local_day, local_time
from station_app.words import Phrase
from station_core.clock import wall_ms
from station_core.credential.certificate import Role
from station_core.desk.giving import UNDONE
from station_core.ids import OperatorId


def joined_on(view: View, person: Person) -> date | None:
    """The day of registration at a counter; None for members of a roster, which says nothing of it."""
    writer = view.writers.get(person.registered_by)
    if writer is not None and writer.role is Role.CITY:
        return None
    return local_day(wall_ms(person.registered_at))


def void_of(voided: Voiding | None, staff: Mapping[OperatorId, str]) -> Void | None:
    if voided is None:
        return None
    reason = Phrase("event.recent.undone") if voided.reason == UNDONE else voided.reason
    return Void(reason, staff.get(voided.operator, str(voided.operator)), local_time(wall_ms(voided.at)))
