"""The ways into a store: its random key, wrapped once for the device and once for each member of staff's PIN.

A PIN is stretched by Argon2id (RFC 9106). Staff's names stand here too: the lock screen shows them before anything
is open.
"""

import json
from dataclasses import asdict, dataclass, replace
from os import urandom
from pathlib import Path
from typing import Any, Self

from station_app.home import device_key
from station_app.home.errors import (
    DamagedHome,
    NoDeviceKey,
    NoStation,
    StaffExists,
    StationLocked,
    UnknownStaff,
    WeakPin,
    WrongPin,
)
from station_app.home.files import write_private
from station_app.home.sealing import CannotOpen, seal, unseal
from station_core.desk.pins import LEAST_PIN_DIGITS, pin_fault
from station_core.desk.staff import Staff
from station_core.ids import OperatorId
from station_core.records.roles import Role

FILE = "keyslots.json"
MEMORY_KIB = 32 * 1024
PASSES = 4
LANES = 2


@dataclass(frozen=True, slots=True)
class PinSlot:
    """One member of staff's way in. `salt` and `wrapped` are hex; the Argon2id costs are kept as they were."""

    operator: OperatorId
    name: str
    role: Role
    salt: str
    wrapped: str
    memory_kib: int = MEMORY_KIB
    passes: int = PASSES
    lanes: int = LANES

    @property
    def staff(self) -> Staff:
        return Staff(self.operator, self.name, self.role)

    def open(self, pin: str) -> bytes:
        """The store's key. Takes a moment on purpose. Raises WrongPin, StationLocked."""
        if not self.wrapped:
            raise StationLocked
        key = stretch(pin, bytes.fromhex(self.salt), self.memory_kib, self.passes, self.lanes)
        try:
            return unseal(key, self.operator, bytes.fromhex(self.wrapped))
        except CannotOpen:
            raise WrongPin from None


@dataclass(frozen=True, slots=True)
class LockedSlots:
    """The slots sealed (`station_app.home.locking`), for the answer to `challenge` of the device with that `number`.

    `key` is the public half of what they are sealed to; both are hexadecimal.
    """

    number: int
    challenge: str
    key: str
    sealed: str


@dataclass(frozen=True, slots=True)
class KeySlots:
    """All ways into one store. `device` is the key wrapped for the device, None where only PINs open it.

    Where the lease has run out they are only in `locked`, and staff's names stay to be seen.
    """

    name: str
    device: str | None
    pins: tuple[PinSlot, ...] = ()
    locked: LockedSlots | None = None

    @classmethod
    def read(cls, home: Path) -> Self:
        """Raises NoStation, DamagedHome."""
        try:
            return cls.from_bytes((home / FILE).read_bytes())
        except FileNotFoundError:
            raise NoStation(home=str(home)) from None

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Raises DamagedHome."""
        try:
            content = json.loads(data)
            pins = tuple(_pin_slot(raw) for raw in content["pins"])
            locked = content.get("locked")
            return cls(content["name"], content["device"], pins, LockedSlots(**locked) if locked else None)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise DamagedHome(file=FILE) from error

    def to_bytes(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False, indent=1).encode()

    def write(self, home: Path) -> None:
        write_private(home / FILE, self.to_bytes())

    @classmethod
    def make(cls, home: Path, store_key: bytes) -> Self:
        """Slots with the device's own way in."""
        name = urandom(8).hex()
        wrapped = seal(device_key.make(home, name), name, store_key)
        return cls(name, wrapped.hex())

    def open_with_device(self, home: Path) -> bytes:
        """The store's key. Raises NoDeviceKey, DamagedHome, StationLocked."""
        self._refuse_locked()
        key = device_key.find(home, self.name)
        if self.device is None or key is None:
            raise NoDeviceKey
        try:
            return unseal(key, self.name, bytes.fromhex(self.device))
        except CannotOpen:
            raise DamagedHome(file=device_key.FILE) from None

    def slot(self, operator: OperatorId) -> PinSlot:
        """Raises UnknownStaff."""
        for slot in self.pins:
            if slot.operator == operator:
                return slot
        raise UnknownStaff(operator=operator)

    def with_staff(self, staff: Staff, pin: str, store_key: bytes) -> Self:
        """One way in more. Raises WeakPin, StaffExists, StationLocked."""
        self._refuse_locked()
        if any(slot.operator == staff.id or slot.name == staff.name for slot in self.pins):
            raise StaffExists(name=staff.name)
        return replace(self, pins=(*self.pins, _make_slot(staff, pin, store_key)))

    def with_pin(self, operator: OperatorId, pin: str, store_key: bytes) -> Self:
        """Another PIN for the same member of staff. Raises WeakPin, UnknownStaff, StationLocked."""
        self._refuse_locked()
        changed = _make_slot(self.slot(operator).staff, pin, store_key)
        return replace(self, pins=tuple(changed if slot.operator == operator else slot for slot in self.pins))

    def with_role(self, operator: OperatorId, role: Role) -> Self:
        """Another role for the same member of staff, whose PIN stays. Raises UnknownStaff, StationLocked."""
        self._refuse_locked()
        changed = replace(self.slot(operator), role=role)
        return replace(self, pins=tuple(changed if slot.operator == operator else slot for slot in self.pins))

    def only_pins(self, home: Path) -> Self:
        """Without the device's own way in. Raises StationLocked."""
        self._refuse_locked()
        device_key.forget(home, self.name)
        return replace(self, device=None)

    def locked_as(self, locked: LockedSlots) -> Self:
        """Without any way in but `locked`, which holds what these slots are."""
        names = tuple(replace(slot, salt="", wrapped="") for slot in self.pins)
        return replace(self, device=None, pins=names, locked=locked)

    def _refuse_locked(self) -> None:
        if self.locked is not None:
            raise StationLocked


def check_pin(pin: str) -> None:
    """Raises WeakPin for what is too short, no digits, one digit repeated, or counts up or down."""
    if pin_fault(pin) is not None:
        raise WeakPin(digits=LEAST_PIN_DIGITS)


def _make_slot(staff: Staff, pin: str, store_key: bytes) -> PinSlot:
    check_pin(pin)
    salt = urandom(16)
    key = stretch(pin, salt, MEMORY_KIB, PASSES, LANES)
    return PinSlot(staff.id, staff.name, staff.role, salt.hex(), seal(key, staff.id, store_key).hex())


def stretch(pin: str, salt: bytes, memory_kib: int, passes: int, lanes: int) -> bytes:
    """32 bytes by Argon2id (RFC 9106)."""
    from argon2.low_level import Type, hash_secret_raw

    return hash_secret_raw(pin.encode(), salt, passes, memory_kib, lanes, 32, Type.ID)


def _pin_slot(raw: dict[str, Any]) -> PinSlot:
    return PinSlot(**{**raw, "role": Role(raw["role"])})
