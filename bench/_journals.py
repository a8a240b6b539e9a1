"""Devices without a store, and what a day at their counters leaves in their journals: for benches of a city."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from bench._people import GIVEN, SURNAMES
from station_core.clock import HybridTime, hybrid
from station_core.ids import (
    CardId,
    DistrictCode,
    EventId,
    MemberNo,
    OperatorId,
    PersonId,
    RecordId,
    ServiceCode,
    UnionCode,
    WriterId,
)
from station_core.journal.batch import Batch, batch_of
from station_core.journal.entry import EMPTY, Entry, Head, seal
from station_core.keys import SigningKey, writer_id
from station_core.people.id_number import check_character
from station_core.records.base import Record, encode_body
from station_core.records.cards import CardIssued
from station_core.records.people import Membership, PersonChanged, PersonFields, PersonRegistered
from station_core.records.services import RecordVoided, ServiceGiven

DAY = date(2026, 11, 24)
_STAFF = OperatorId("op-7f3a2c")
_EVENT = EventId("2026-11-park-east")
_SERVICES = tuple(
    map(ServiceCode, ("liudong.haircut", "liudong.physical", "liudong.legal", "liudong.gift", "liudong.tea"))
)
_CARD_LASTS = timedelta(days=365 * 3)


@dataclass
class Device:
    """A journal that is only written. `entries` are those that no batch has carried yet."""

    key: SigningKey
    head: Head = EMPTY
    entries: list[Entry] = field(default_factory=list)

    @property
    def id(self) -> WriterId:
        return writer_id(self.key.public)

    def write(self, record: Record, at_ms: int, salt: bytes) -> None:
        at = HybridTime(max(hybrid(at_ms), self.head.at + 1))
        entry = seal(self.key, self.head, at, record.kind, encode_body(record, salt))
        self.entries.append(entry)
        self.head = entry.head


@dataclass
class Counter:
    """What happens at one counter: mostly services, some new members with their cards, now and then a correction."""

    chance: random.Random
    district: str = "210106"
    members: list[PersonId] = field(default_factory=list)
    _last: RecordId | None = None

    def records(self, number: int) -> Iterator[Record]:
        """The next `number` records."""
        makers: tuple[Callable[[], list[Record]], ...] = (self._serve, self._register, self._correct, self._change)
        made = 0
        while made < number:
            (make,) = self.chance.choices(makers, weights=(90, 7, 1, 2))
            for record in make()[: number - made]:
                made += 1
                yield record

    def _serve(self) -> list[Record]:
        record = RecordId(self.chance.randbytes(16))
        self._last = record
        service = self.chance.choice(_SERVICES)
        return [
            ServiceGiven(
                id=record,
                service=service,
                on=DAY,
                operator=_STAFF,
                person=self._somebody(),
                event=_EVENT,
                answers={"systolic": 128, "diastolic": 82} if service.endswith("physical") else {},
            )
        ]

    def _somebody(self) -> PersonId | None:
        """Of four, one is a passer-by; of the others some were registered here, the rest stand in the city's roster."""
        if self.chance.random() < 0.25:
            return None
        if self.members and self.chance.random() < 0.3:
            return self.chance.choice(self.members)
        return PersonId(self.chance.randbytes(16))

    def _register(self) -> list[Record]:
        person = PersonId(self.chance.randbytes(16))
        self.members.append(person)
        fields = PersonFields(
            member_no=MemberNo(f"{self.chance.randrange(10**12):012}"),
            name=self.chance.choice(SURNAMES) + "".join(self.chance.choices(GIVEN, k=self.chance.choice((1, 2, 2)))),
            id_number=self._id_number(),
            phone=self._phone(),
            occupation="truck_driver",
            employer="顺达物流",
            union=UnionCode("tx-transit"),
            district=DistrictCode(self.district),
            membership=Membership.PENDING,
            consent="2026-03",
        )
        issued = CardIssued(
            card=CardId(self.chance.randbytes(8)),
            person=person,
            issued_on=DAY,
            expires_on=DAY + _CARD_LASTS,
            operator=_STAFF,
        )
        return [PersonRegistered(person=person, fields=fields, operator=_STAFF, event=_EVENT), issued]

    def _id_number(self) -> str:
        born = f"{self.chance.randint(1960, 2005)}{self.chance.randint(1, 12):02}{self.chance.randint(1, 28):02}"
        digits = f"{self.district}{born}{self.chance.randrange(1000):03}"
        return digits + check_character(digits)

    def _phone(self) -> str:
        return f"13{self.chance.randrange(10**9):09}"

    def _correct(self) -> list[Record]:
        if self._last is None:
            return []
        return [RecordVoided(target=self._last, reason="记错了", operator=_STAFF)]

    def _change(self) -> list[Record]:
        if not self.members:
            return []
        fields = PersonFields(phone=self._phone())
        return [PersonChanged(person=self.chance.choice(self.members), fields=fields, operator=_STAFF)]


def work_a_day(device: Device, counter: Counter, number: int, begin_ms: int) -> None:
    """Write `number` records into the journal of `device`, a few seconds apart, from `begin_ms` on."""
    at_ms = begin_ms
    for record in counter.records(number):
        at_ms += counter.chance.randint(1_000, 90_000)
        device.write(record, at_ms, counter.chance.randbytes(16))


def batches(entries: list[Entry], previous: bytes, max_bytes: int) -> Iterator[Batch]:
    """`entries`, which follow the hash `previous`, in batches as an exchange makes them of a journal."""
    some: list[Entry] = []
    size = 0
    for entry in entries:
        weight = len(entry.body or b"") + 64
        if some and size + weight > max_bytes:
            yield batch_of(some, previous)
            previous, some, size = some[-1].hash, [], 0
        some.append(entry)
        size += weight
    if some:
        yield batch_of(some, previous)
