"""Questions about an event's stock: who holds how much of it, and who asks for more."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

import sqlalchemy as sa

from db import schema
from db.prepared import Prepared
from station_core.clock import HybridTime
from station_core.desk.stock import Holding, StockAccount
from station_core.ids import EventId, ServiceCode, WriterId
from station_core.records.documents import EventPublished

_given, _void, _origin = schema.service_given.c, schema.record_void.c, schema.event_stock.c
_transfer, _want = schema.stock_transfer.c, schema.stock_want.c
_COUNTS = ~sa.exists().where(_void.target == _given.id)
_event: sa.BindParameter[str] = sa.bindparam("event")
_own: sa.BindParameter[bytes] = sa.bindparam("own")
_MOVES = sa.union_all(
    sa.select(_transfer.service, _transfer.quantity).where(_transfer.event == _event, _transfer.receiver == _own),
    sa.select(_transfer.service, -_transfer.quantity).where(_transfer.event == _event, _transfer.writer == _own),
    sa.select(_given.service, -_given.quantity).where(
        _given.event == _event,
        _given.service.in_(sa.select(_origin.service).where(_origin.event == _event)),
        _given.writer == _own,
        _COUNTS,
    ),
).subquery("moves")
_MOVED = Prepared(sa.select(_MOVES.c.service, sa.func.sum(_MOVES.c.quantity).label("sum")).group_by(_MOVES.c.service))
_ORIGINS = Prepared(sa.select(_origin.service, _origin.writer).where(_origin.event == _event))
_Of = dict[WriterId, int]
_Sums = dict[ServiceCode, _Of]


class Want(NamedTuple):
    event: EventId
    service: ServiceCode
    quantity: int


class Stock:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def held(self, event: EventPublished, own: WriterId) -> dict[ServiceCode, int]:
        """What `own` may still give out of each stock of `event`. Looks at nobody else's records."""
        held: dict[ServiceCode, int] = dict.fromkeys(event.stock, 0)
        for service, origin in self._origins(event):
            held[service] += event.stock[service] if origin == own else 0
        for row in _MOVED.rows(self._connection, event=event.event, own=own):
            if row.service in held:
                held[ServiceCode(row.service)] += int(row.sum)
        return held

    def holdings(self, event: EventPublished, own: WriterId) -> list[Holding]:
        """The part of `own` in each stock of `event`, in the order of the event."""
        origins, held = dict(self._origins(event)), self.held(event, own)
        waiting = {want.service: want.quantity for want in self.open_wants(own) if want.event == event.event}
        return [
            Holding(service, total, origins[service], origins[service] == own, held[service], waiting.get(service, 0))
            for service, total in event.stock.items()
            if service in origins
        ]

    def events_of(self, writer: WriterId) -> set[EventId]:
        """The events of whose stock `writer` ever received or asked for something."""
        received = sa.select(_transfer.event).where(_transfer.receiver == writer)
        asked = sa.select(_want.event).where(_want.writer == writer)
        return {EventId(event) for event in self._connection.execute(received.union(asked)).scalars()}

    def accounts(self, event: EventPublished) -> list[StockAccount]:
        """Every stock of `event` with everybody's balance, in the order of the event."""
        known = dict(self._origins(event))
        origins = {service: known[service] for service in event.stock if service in known}
        given = self._given(event)
        received, passed_on = self._moved(event, _transfer.receiver), self._moved(event, _transfer.writer)
        wants = self._open(_want.event == event.event)
        accounts = []
        for service, origin in origins.items():
            gained = _summed({origin: event.stock[service]}, received[service])
            accounts.append(
                StockAccount(
                    service=service,
                    total=event.stock[service],
                    given=sum(given[service].values()),
                    origin=origin,
                    balances=_summed(gained, _negative(given[service]), _negative(passed_on[service])),
                    gained=gained,
                    wants={writer: want.quantity for writer, want in wants if want.service == service},
                )
            )
        return accounts

    def open_wants(self, writer: WriterId) -> list[Want]:
        """What `writer` asked for and has not received yet."""
        return [want for _, want in self._open(_want.writer == writer)]

    def said_enough(self, writer: WriterId, event: EventId) -> dict[ServiceCode, HybridTime]:
        """Of what `writer` last said that it wants no more, and when."""
        query = sa.select(_want.service, _want.at).where(
            _want.writer == writer, _want.event == event, _want.quantity == 0
        )
        return {ServiceCode(service): HybridTime(at) for service, at in self._connection.execute(query)}

    def last_received(self, event: EventPublished, service: ServiceCode, writer: WriterId) -> HybridTime:
        """The latest time at which some of that stock was passed on to `writer`; 0 for never."""
        theirs = (_transfer.event == event.event) & (_transfer.service == service) & (_transfer.receiver == writer)
        return HybridTime(
            self._connection.execute(sa.select(sa.func.max(_transfer.at)).where(theirs)).scalar_one() or 0
        )

    def last_move(self, event: EventPublished, service: ServiceCode, writer: WriterId | None) -> HybridTime:
        """When `writer` (None: anybody) last gave out of that stock or passed some of it on; 0 for never."""
        latest = 0
        for table in (schema.service_given, schema.stock_transfer):
            here = (table.c.event == event.event) & (table.c.service == service)
            whose = sa.true() if writer is None else table.c.writer == writer
            at = self._connection.execute(sa.select(sa.func.max(table.c.at)).where(here, whose)).scalar_one()
            latest = max(latest, at or 0)
        return HybridTime(latest)

    def _origins(self, event: EventPublished) -> Iterator[tuple[ServiceCode, WriterId]]:
        for service, writer in _ORIGINS.rows(self._connection, event=event.event):
            if service in event.stock:
                yield ServiceCode(service), WriterId(writer)

    def _given(self, event: EventPublished) -> _Sums:
        query = (
            sa.select(_given.service, _given.writer, sa.func.sum(_given.quantity))
            .where(_given.event == event.event, _given.service.in_(list(event.stock)), _COUNTS)
            .group_by(_given.service, _given.writer)
        )
        return self._sums(query)

    def _moved(self, event: EventPublished, whose: sa.ColumnElement[Any]) -> _Sums:
        query = (
            sa.select(_transfer.service, whose, sa.func.sum(_transfer.quantity))
            .where(_transfer.event == event.event)
            .group_by(_transfer.service, whose)
        )
        return self._sums(query)

    def _sums(self, query: sa.Select[Any]) -> _Sums:
        found: _Sums = defaultdict(dict)
        for service, writer, quantity in self._connection.execute(query):
            found[ServiceCode(service)][WriterId(writer)] = int(quantity)
        return found

    def _open(self, which: sa.ColumnElement[bool]) -> list[tuple[WriterId, Want]]:
        """A device that lends has read the request, so that its transfer is later by the hybrid clock."""
        since = sa.and_(
            _transfer.event == _want.event,
            _transfer.service == _want.service,
            _transfer.receiver == _want.writer,
            _transfer.at > _want.at,
        )
        received = sa.select(sa.func.coalesce(sa.func.sum(_transfer.quantity), 0)).where(since).scalar_subquery()
        query = sa.select(_want.writer, _want.event, _want.service, _want.quantity - received).where(
            which, _want.quantity > 0
        )
        return [
            (WriterId(writer), Want(EventId(event), ServiceCode(service), int(quantity)))
            for writer, event, service, quantity in self._connection.execute(query)
            if quantity > 0
        ]


def _summed(*moved: _Of) -> _Of:
    sums: _Of = defaultdict(int)
    for one in moved:
        for writer, quantity in one.items():
            sums[writer] += quantity
    return dict(sums)


def _negative(moved: _Of) -> _Of:
    return {writer: -quantity for writer, quantity in moved.items()}
