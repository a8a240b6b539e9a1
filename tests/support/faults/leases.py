"""An event with a stock that is lent to counters, and a meal for each member: acts, and what must hold of them."""

from collections import Counter as Counts
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import TypeVar

import sqlalchemy as sa
from support.faults.machines import StationNode
from support.faults.node import Node

from db import schema
from db.conflict_lines import ConflictKind, ConflictLine, conflict_lines
from db.view import View
from station_app.station.clock import local_day
from station_app.station.counter import AtCounter, Counter
from station_app.station.shelf import EVENT_SETTING
from station_app.station.stock import StockDesk
from station_core.catalogue import Catalogue, Pack
from station_core.desk.staff import Staff
from station_core.ids import DistrictCode, EventId, OperatorId, PersonId, RecordId, ServiceCode
from station_core.records.base import Record, decode_body
from station_core.records.documents import CataloguePublished, EventPublished
from station_core.records.roles import Role
from station_core.records.services import RecordVoided, ServiceGiven

EVENT = EventId("lease-day")
GIFT, MEAL = ServiceCode("faults.gift"), ServiceCode("faults.meal")
R = TypeVar("R", bound=Record)
MEALS_EACH = 1
_STAFF = Staff(OperatorId("op-lease"), "赵师傅", Role.SUPERVISOR)


def _service(code: ServiceCode, **more: object) -> dict[str, object]:
    return {"code": code, "name": {"zh": "服务", "en": "Service"}, "group": "stall", "icon": "gift", **more}


PACK = CataloguePublished(
    pack="faults",
    content={
        "format": 1,
        "id": "faults",
        "version": 1,
        "programme": "faults",
        "name": {"zh": "活动日", "en": "A day out"},
        "groups": [{"key": "stall", "name": {"zh": "服务台", "en": "Stall"}}],
        "services": [
            _service(GIFT, stocked=True),
            _service(MEAL, rules=[{"limit": MEALS_EACH, "period": "event"}]),
        ],
    },
)
CATALOGUE = Catalogue.of([Pack.from_dict(PACK.content)])


@dataclass
class Leases:
    """`publisher` holds the whole at first, and is alone in raising it. `total`: the most that it ever published."""

    rng: Random
    services: list[RecordId]
    publisher: Node | None = None
    total: int = 0
    refused: int = 0
    _last: dict[Node, RecordId] = field(default_factory=dict)

    def publish(self, node: Node) -> None:
        """The event, or once more with a higher total."""
        total = self.total + self.rng.randint(6, 24)
        event = EventPublished(
            event=EVENT,
            name="活动日",
            place="物流园",
            district=DistrictCode("210106"),
            first_day=local_day(node.clock()) - timedelta(days=3),
            last_day=local_day(node.clock()) + timedelta(days=self.rng.choice((0, 3, 3))),
            packs=("faults",),
            stock={GIFT: total},
        )
        self.publisher, self.total = node, total
        with node.store.writing() as tx:
            tx.append(event)

    def stand_there(self, node: StationNode) -> None:
        with node.store.writing() as tx:
            tx.local.set_setting(EVENT_SETTING, EVENT)

    def give_gift(self, node: StationNode) -> None:
        counter = Counter(node.station)
        self._give(node, counter.passer_by(), GIFT, self.rng.choice((1, 1, 2, 3)))

    def give_meal(self, node: StationNode, person: PersonId) -> None:
        served = Counter(node.station).show(person)
        if served is not None:
            self._give(node, served, MEAL)

    def undo(self, node: StationNode) -> None:
        if node in self._last:
            Counter(node.station).undo(self._last.pop(node), _STAFF)

    def ask(self, node: StationNode) -> None:
        StockDesk(node.station).ask(GIFT, self.rng.randint(0, 12))

    def hand_back(self, node: StationNode) -> None:
        StockDesk(node.station).hand_back()

    def _give(self, node: StationNode, served: AtCounter, service: ServiceCode, quantity: int = 1) -> None:
        """Where the event has been heard of; what staff are refused is refused."""
        if served.event != EVENT or all(choice.service.code != service for choice in served.choices):
            return
        given = Counter(node.station).give(served, service, _STAFF, quantity=quantity)
        if isinstance(given, ServiceGiven):
            self.services.append(given.id)
            self._last[node] = given.id
        else:
            self.refused += 1


def lines_at(node: Node) -> list[ConflictLine]:
    """As ``conflicts`` lists them."""
    with node.store.reading() as view:
        event = view.documents.get(EventPublished, EVENT)
        return [] if event is None else conflict_lines(view, CATALOGUE.services, event)


def of_stock(lines: list[ConflictLine]) -> list[ConflictLine]:
    return [line for line in lines if line.kind is not ConflictKind.OVER_USE]


def meals_too_many(node: Node) -> int:
    """Counted by hand: whoever had more meals than one, by who they are after all."""
    given, void, person = schema.service_given.c, schema.record_void.c, schema.person.c
    query = (
        sa.select(person.canonical, sa.func.sum(given.quantity))
        .select_from(schema.service_given.join(schema.person, person.id == given.person))
        .where(given.service == MEAL, given.event == EVENT, ~sa.exists().where(void.target == given.id))
        .group_by(person.canonical)
    )
    with node.store.reading() as view:
        rows = view._connection.execute(query).all()
    return sum(max(0, int(meals) - MEALS_EACH) for _, meals in rows)


def given_out(nodes: list[Node]) -> int:
    """Gifts in any journal, also of devices whose records count no more, save those that were taken back."""
    gifts: Counts[RecordId] = Counts()
    voided: set[RecordId] = set()
    for node in nodes:
        with node.store.reading() as view:
            for given in _records(view, ServiceGiven):
                if given.event == EVENT and given.service == GIFT:
                    gifts[given.id] = given.quantity
            voided |= {void.target for void in _records(view, RecordVoided)}
    return sum(quantity for gift, quantity in gifts.items() if gift not in voided)


def total_of(nodes: list[Node]) -> int:
    """The most that was ever published."""
    totals = [0]
    for node in nodes:
        with node.store.reading() as view:
            totals += [event.stock[GIFT] for event in _records(view, EventPublished) if event.event == EVENT]
    return max(totals)


def _records(view: View, kind: type[R]) -> Iterator[R]:
    bodies = sa.select(schema.entry.c.body).where(schema.entry.c.kind == kind.kind, schema.entry.c.body.is_not(None))
    return (decode_body(kind, body) for body in view._connection.execute(bodies).scalars().all())
