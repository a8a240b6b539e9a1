"""Who works at this station: their names travel with the journal, their PINs stay here."""

import secrets

from station_app.home.keyslots import KeySlots
from station_app.station.station import Station
from station_core.desk.staff import Staff
from station_core.ids import OperatorId
from station_core.records.documents import OperatorNamed, Role


def add_staff(station: Station, store_key: bytes, name: str, role: Role, pin: str) -> Staff:
    """A new member of staff with a PIN. Raises WeakPin, StaffExists.

    The way in is written last: a power cut before that leaves a name in the journal and nobody locked out.
    """
    staff = Staff(OperatorId(f"op-{secrets.token_hex(4)}"), name, role)
    slots = KeySlots.read(station.home).with_staff(staff, pin, store_key)
    with station.store.writing() as tx:
        tx.append(OperatorNamed(operator=staff.id, name=name, role=role))
    slots.write(station.home)
    return staff


ADMINISTRATOR = Staff(OperatorId("administrator"), "administrator", Role.SUPERVISOR)
"""Who acts where somebody works on the command line with the device's own key."""


def staff_names(station: Station) -> dict[OperatorId, str]:
    """What members of staff of all stations are called, as far as their journals have arrived."""
    with station.store.reading() as view:
        return {named.operator: named.name for named in view.documents.all(OperatorNamed)}
