"""Who works at this station: their names travel with the journal, their PINs stay here."""

import secrets
from pathlib import Path

from station_app.home.errors import StaffExists
from station_app.home.keyslots import KeySlots
from station_app.station.station import Station
from station_core.desk.staff import Staff
from station_core.ids import OperatorId
from station_core.records.documents import OperatorNamed
from station_core.records.roles import Role


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


def set_up_first(home: Path, name: str, pin: str) -> Staff:
    """The first member of staff of a new station, a supervisor; the device's own key opens the store.

    Raises StaffExists where somebody works here already, NoDeviceKey, WeakPin, and what opening a station raises.
    """
    slots = KeySlots.read(home)
    if slots.pins:
        raise StaffExists(name=slots.pins[0].name)
    store_key = slots.open_with_device(home)
    station = Station.open(home, store_key)
    try:
        return add_staff(station, store_key, name, Role.SUPERVISOR, pin)
    finally:
        station.close()


def change_pin(home: Path, store_key: bytes, operator: OperatorId, old: str | None, new: str) -> None:
    """Another PIN for `operator`; `old` is checked where it is given. Raises WrongPin, WeakPin, UnknownStaff."""
    slots = KeySlots.read(home)
    if old is not None:
        slots.slot(operator).open(old)
    slots.with_pin(operator, new, store_key).write(home)


def change_role(station: Station, operator: OperatorId, role: Role) -> None:
    """Another role for `operator`, from the next unlocking on. Raises UnknownStaff."""
    slots = KeySlots.read(station.home).with_role(operator, role)
    with station.store.writing() as tx:
        tx.append(OperatorNamed(operator=operator, name=slots.slot(operator).name, role=role))
    slots.write(station.home)


ADMINISTRATOR = Staff(OperatorId("administrator"), "administrator", Role.SUPERVISOR)
"""Who acts where somebody works on the command line with the device's own key."""


def staff_names(station: Station) -> dict[OperatorId, str]:
    """What members of staff of all stations are called, as far as their journals have arrived."""
    with station.store.reading() as view:
        return {named.operator: named.name for named in view.documents.all(OperatorNamed)}
