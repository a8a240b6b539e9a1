"""Services as staff record them over days: who, what and when told by chance, the same each time."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bench._city import EVENT
from db.dialect import chunked
from db.store import Store
from station_app.station.clock import local_day
from station_core.clock import HybridTime
from station_core.ids import OperatorId, PersonId, RecordId, ServiceCode
from station_core.records.services import Answer, ServiceGiven

Answers = dict[str, Answer]
_OPERATORS = tuple(OperatorId(f"op-{number:08x}") for number in (0x1D0C3A77, 0x52B7E019, 0xA94F6C2E))
_PASSERS_BY = 0.1
"""How many of those served show nothing."""
_RECORDS_A_TRANSACTION = 200
_TOPICS = ("wages", "contract", "injury", "traffic", "other")
_NOTES = (
    "被拖欠三个月运费",
    "车辆挂靠合同到期未退押金",
    "送货途中摔伤，平台未缴保险",
    "咨询工伤认定流程",
    "追尾事故责任划分",
)
_CONTESTS = ("tug_of_war", "tyre_relay", "basketball", "skipping")


class RunningClock:
    """A clock on which 8 to 40 seconds have gone by at each look."""

    def __init__(self, start_ms: int) -> None:
        self._ms = start_ms
        self._steps = random.Random(start_ms)

    def __call__(self) -> int:
        self._ms += self._steps.randint(8_000, 40_000)
        return self._ms


class Served(NamedTuple):
    """A record, and the time of its entry."""

    record: ServiceGiven
    at: HybridTime


class _Asked(NamedTuple):
    service: str
    of_hundred: int


_ASKED = (
    _Asked("goods_bag", 26),
    _Asked("haircut", 16),
    _Asked("checkup", 16),
    _Asked("show", 10),
    _Asked("join_advice", 8),
    _Asked("driver_kit", 7),
    _Asked("legal_advice", 6),
    _Asked("sports_meet", 4),
    _Asked("safety_class", 3),
    _Asked("mutual_aid", 2),
    _Asked("counselling", 1),
    _Asked("skills_advice", 1),
)


@dataclass
class Counter:
    """Records services in `store`, whose clock is to be a `RunningClock`, for `members` and passers-by."""

    store: Store
    members: Sequence[PersonId]

    def __post_init__(self) -> None:
        self._chance = random.Random(len(self.members))

    def record(self, services: int) -> list[Served]:
        """Each is an entry of its own with its own time and signature, as if it had been recorded by itself."""
        served: list[Served] = []
        for some in chunked(self._given(services), _RECORDS_A_TRANSACTION):
            with self.store.writing() as tx:
                entries = tx.append(*some)
            served += [Served(record, entry.at) for record, entry in zip(some, entries, strict=True)]
        return served

    def _given(self, services: int) -> Iterator[ServiceGiven]:
        chance, today = self._chance, local_day(self.store.now_ms())
        names, weights = [asked.service for asked in _ASKED], [asked.of_hundred for asked in _ASKED]
        for _ in range(services):
            (service,) = chance.choices(names, weights)
            yield ServiceGiven(
                id=RecordId(chance.randbytes(16)),
                service=ServiceCode(f"liudong.{service}"),
                on=today,
                operator=chance.choice(_OPERATORS),
                person=None if chance.random() < _PASSERS_BY else chance.choice(self.members),
                event=EVENT,
                answers=_answers(service, chance),
            )


def _answers(service: str, chance: random.Random) -> Answers:
    match service:
        case "checkup":
            return _measured(chance)
        case "legal_advice":
            topic: Answers = {"topic": chance.choice(_TOPICS)}
            return topic | ({"note": chance.choice(_NOTES)} if chance.random() < 0.5 else {})
        case "sports_meet":
            return {"contest": chance.choice(_CONTESTS)}
    return {}


def _measured(chance: random.Random) -> Answers:
    return {
        "height_cm": chance.randint(1_520, 1_880) / 10,
        "weight_kg": chance.randint(480, 950) / 10,
        "systolic_mmhg": chance.randint(105, 165),
        "diastolic_mmhg": chance.randint(60, 100),
        "pulse_bpm": chance.randint(58, 96),
        "glucose_mmol_l": chance.randint(42, 98) / 10,
        "fasting": chance.random() < 0.4,
    }
