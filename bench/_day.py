"""What counters write at a busy event: mostly services, some people who join and get a card, some mistakes undone."""

import random
from collections.abc import Iterator
from datetime import date, timedelta

from bench._people import people
from station_app.station.clock import now_ms
from station_core.clock import HybridTime, hybrid
from station_core.ids import CardId, EventId, OperatorId, PersonId, RecordId, ServiceCode
from station_core.journal.batch import Batch, batch_of
from station_core.journal.entry import EMPTY, Entry, seal
from station_core.keys import SigningKey
from station_core.records.base import Record, encode_body
from station_core.records.cards import CardIssued
from station_core.records.people import PersonRegistered
from station_core.records.services import RecordVoided, ServiceGiven
from station_core.records.trust import WriterCertified

DAY = date(2026, 11, 24)
EVENT = EventId("bench")
MEMBERS = 20_000
SERVICES = ("haircut", "health_check", "blood_pressure", "legal_advice", "gift_bag", "phone_repair", "join_advice")
OF_HUNDRED = {"service": 90, "joined": 4, "void": 2}
"""What each hundred records are; who joined gets a card with the next record."""


def records(chance: random.Random) -> Iterator[Record]:
    """Without end; the same for the same `chance`."""
    known = [PersonId(chance.randbytes(16)) for _ in range(MEMBERS)]
    joining, last = people(chance), RecordId(chance.randbytes(16))
    kinds, weights = tuple(OF_HUNDRED), tuple(OF_HUNDRED.values())
    while True:
        operator = OperatorId(f"op-{chance.randrange(4)}")
        match chance.choices(kinds, weights)[0]:
            case "service":
                last = RecordId(chance.randbytes(16))
                yield _service(last, chance.choice(known), operator, chance)
            case "joined":
                person = PersonId(chance.randbytes(16))
                yield PersonRegistered(person=person, fields=next(joining), operator=operator, event=EVENT)
                yield _card(person, operator, chance)
            case "void":
                yield RecordVoided(target=last, reason="undone", operator=operator)


def _service(record: RecordId, person: PersonId, operator: OperatorId, chance: random.Random) -> ServiceGiven:
    return ServiceGiven(
        id=record,
        service=ServiceCode(f"liudong.{chance.choice(SERVICES)}"),
        on=DAY,
        operator=operator,
        person=person,
        event=EVENT,
        answers={"topic": "wages", "minutes": chance.randrange(60)} if chance.random() < 0.1 else {},
    )


def _card(person: PersonId, operator: OperatorId, chance: random.Random) -> CardIssued:
    return CardIssued(
        card=CardId(chance.randbytes(8)),
        person=person,
        issued_on=DAY,
        expires_on=DAY + timedelta(days=1095),
        operator=operator,
    )


def journal(key: SigningKey, certificate: bytes, entries: int, chance: random.Random) -> list[Entry]:
    """The journal of a station with so many entries after its certificate."""
    written: list[Entry] = []
    head, said = EMPTY, records(chance)
    for number in range(entries + 1):
        record = next(said) if number else WriterCertified(certificate=certificate)
        at = HybridTime(max(hybrid(now_ms() - 3_600_000), head.at + 1))
        written.append(seal(key, head, at, record.kind, encode_body(record, chance.randbytes(16))))
        head = written[-1].head
    return written


def batches(entries: list[Entry], most_bytes: int) -> Iterator[Batch]:
    """`entries` as they travel: about as many as `most_bytes` of bodies hold."""
    first, size = 0, 0
    for number, entry in enumerate(entries, 1):
        size += len(entry.body or b"") + 64
        if size >= most_bytes or number == len(entries):
            yield batch_of(entries[first:number], entries[first - 1].hash if first else EMPTY.hash)
            first, size = number, 0
