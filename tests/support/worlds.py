"""A city of the tests' own: its root key, devices with certificates, stores in memory, invented people."""

import secrets
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import msgspec
import sqlalchemy as sa

from db import schema
from db.engine import url_engine
from db.store import Store, prepare
from station_core.clock import HybridTime
from station_core.credential.certificate import Certificate, Role, certify
from station_core.ids import DistrictCode, MemberNo, OperatorId, PersonId, RecordId, ServiceCode, WriterId
from station_core.journal.batch import Batch, batch_of
from station_core.journal.entry import EMPTY, Entry, Head, seal
from station_core.keys import SigningKey, writer_id
from station_core.records.base import Record, decode_body, encode_body
from station_core.records.erasure import EntryName, PersonErased, without
from station_core.records.people import OriginalStamp, PeopleImported, PersonFields, PersonRegistered
from station_core.records.services import ServiceGiven
from station_core.records.trust import WriterCertified

NOON_MS = 1_795_500_000_000
"""A moment in November 2026."""
DAY = date(2026, 11, 24)
STAFF = OperatorId("op-1")


@dataclass
class Clock:
    """A wall clock that stands where it is put and moves a millisecond each time it is looked at."""

    now_ms: int = NOON_MS

    def __call__(self) -> int:
        self.now_ms += 1
        return self.now_ms


@dataclass
class World:
    """A city with its root key. `device` certifies one more."""

    root: SigningKey = field(default_factory=lambda: SigningKey(bytes(32)))
    numbers: int = 10_000

    def certificate(
        self,
        key: SigningKey,
        role: Role = Role.STATION,
        from_ms: int = 0,
        label: str = "",
        until_ms: int = 1 << 41,
    ) -> bytes:
        self.numbers += 1
        return certify(
            Certificate(
                city_id="test-city",
                city_name="试验市",
                public_key=key.public,
                label=label or f"device {self.numbers}",
                district=DistrictCode("210106"),
                writer_number=self.numbers,
                role=role,
                valid_from_ms=from_ms,
                valid_until_ms=until_ms,
            ),
            self.root,
        )

    def device(self, role: Role = Role.STATION) -> "Device":
        device = Device(SigningKey(self.numbers.to_bytes(32)))
        device.write(WriterCertified(certificate=self.certificate(device.key, role)), at_ms=1)
        return device

    def store(self, engine: sa.Engine | None = None, key: SigningKey | None = None) -> Store:
        """A store without records: in memory, or on `engine`."""
        if engine is None:
            engine = memory_engine()
        else:
            prepare(engine)
        return Store(engine, self.root.public, key or SigningKey.generate(), Clock())

    def station(self, engine: sa.Engine | None = None, role: Role = Role.STATION) -> Store:
        """A store whose journal begins with its device's certificate."""
        store = self.store(engine)
        with store.writing() as tx:
            tx.append(WriterCertified(certificate=self.certificate(store.key, role)))
        return store


@dataclass
class Device:
    """A journal without a store: entries as another device would have written them."""

    key: SigningKey
    entries: list[Entry] = field(default_factory=list)

    @property
    def id(self) -> WriterId:
        return writer_id(self.key.public)

    @property
    def head(self) -> Head:
        return self.entries[-1].head if self.entries else EMPTY

    def write(self, record: Record, at_ms: int) -> Entry:
        """The next entry, at `at_ms` or just after the one before it."""
        at = HybridTime(max(at_ms << 16, self.head.at + 1))
        salt = len(self.entries).to_bytes(16)
        entry = seal(self.key, self.head, at, record.kind, encode_body(record, salt))
        self.entries.append(entry)
        return entry

    def batch(self, first: int = 1, last: int | None = None) -> Batch:
        """The entries `first` to `last`, counted from 1."""
        previous = self.entries[first - 2].hash if first > 1 else EMPTY.hash
        return batch_of(self.entries[first - 1 : last], previous)


_SPARE_ENGINES: list[sa.Engine] = []


def memory_engine() -> sa.Engine:
    """A database in memory with today's tables, copied from one that was made once: migrations take their time."""
    if not _SPARE_ENGINES:
        _SPARE_ENGINES.append(url_engine("sqlite:///:memory:"))
        prepare(_SPARE_ENGINES[0])
    engine = url_engine("sqlite:///:memory:")
    with _SPARE_ENGINES[0].connect() as template, engine.connect() as copy:
        source: Any = template.connection.driver_connection
        source.backup(copy.connection.driver_connection)
    return engine


def registered(person: PersonId, **fields: object) -> PersonRegistered:
    return PersonRegistered(person=person, fields=PersonFields(**fields), operator=STAFF)  # type: ignore[arg-type]


def given(person: PersonId | None, service: str = "liudong.haircut", record: bytes | None = None) -> ServiceGiven:
    return ServiceGiven(
        id=RecordId(record or secrets.token_bytes(16)),
        service=ServiceCode(service),
        on=DAY,
        operator=STAFF,
        person=person,
    )


def erase(city: Device, erasure: PersonErased) -> None:
    """What a city does: the rosters with the erased people are written again without them, then the erasure follows."""
    people, names = frozenset(erasure.people), []
    for entry in list(city.entries):
        if entry.kind != PeopleImported.kind or entry.body is None:
            continue
        record = decode_body(PeopleImported, entry.body)
        if people.isdisjoint(record.people):
            continue
        as_of = record.as_of or OriginalStamp(entry.at, entry.writer)
        city.write(msgspec.structs.replace(without(record, people), as_of=as_of), NOON_MS)
        names.append(EntryName(entry.writer, entry.seq))
    city.write(msgspec.structs.replace(erasure, imports=tuple(names)), NOON_MS)


def person_id() -> PersonId:
    return PersonId(secrets.token_bytes(16))


def member_no(number: int) -> MemberNo:
    return MemberNo(f"{number:012}")


def tables(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """Everything that was folded, in an order of its own; what differs from store to store by nature is left out."""
    with store.reading() as view:
        connection = view._connection
        content = {table.name: _rows(connection, table) for table in (*schema.FOLDED, schema.writer)}
        content["entry"] = _entries(connection)
        return content


def _rows(connection: sa.Connection, table: sa.Table) -> list[tuple[object, ...]]:
    columns = [column for column in table.columns if column.name != "no"]
    return sorted((tuple(row) for row in connection.execute(sa.select(*columns))), key=repr)


def _entries(connection: sa.Connection) -> list[tuple[object, ...]]:
    writer, entry = schema.writer.c, schema.entry.c
    columns = (entry.at, entry.kind, entry.hash, entry.digest, entry.body, entry.state, entry.reason, entry.subject)
    query = sa.select(writer.id, entry.seq, *columns)
    joined = query.select_from(schema.entry.join(schema.writer, writer.no == entry.writer_no))
    return sorted((tuple(row) for row in connection.execute(joined)), key=repr)
