"""What this station holds of an event's stock: asking for more, handing back, and how it stands."""

import secrets
from collections.abc import Iterator
from datetime import timedelta

from db.store import Store
from db.view import View
from station_app.station.clock import local_day
from station_app.station.shelf import EVENT_SETTING, event_on
from station_app.station.station import Station
from station_core.clock import wall_ms
from station_core.desk.stock import StockAccount, is_over, to_return, to_want
from station_core.ids import DistrictCode, RecordId, ServiceCode
from station_core.records.documents import EventPublished
from station_core.records.stock import StockTransferred, StockWanted

StockRecord = StockTransferred | StockWanted


def keep_stock(store: Store, district: DistrictCode) -> bool:
    """After an exchange: ask for what is running out, hand back what is left of events that are over.

    Asks for today's event and tomorrow's, since tomorrow there may be no network. Whether anything was written.
    A request goes by what was received after it: beside a transfer from days ahead none would stand, and another would
    be made at each exchange.
    """
    with store.reading() as view:
        if not list(_due(store, view, district)):
            return False
    with store.writing() as tx:
        records = list(_due(store, tx, district)) if tx.may_write else []
        tx.append(*records)
        return bool(records)


def _due(store: Store, view: View, district: DistrictCode) -> Iterator[StockRecord]:
    today, chosen = local_day(store.now_ms()), view.local.setting(EVENT_SETTING)
    events = view.documents.all(EventPublished)
    at_hand = [event_on(events, chosen, district, day) for day in (today, today + timedelta(days=1))]
    for event in {event.event: event for event in at_hand if event is not None and event.stock}.values():
        enough = {
            service
            for service, at in view.stock.said_enough(store.own, event.event).items()
            if local_day(wall_ms(at)) == today
        }
        for holding in view.stock.holdings(event, store.own):
            quantity = 0 if holding.service in enough else to_want(holding)
            if quantity and not store.is_ahead(view.stock.last_received(event, holding.service, store.own)):
                yield StockWanted(event=event.event, service=holding.service, quantity=quantity)
    for event_id in view.stock.events_of(store.own):
        past = view.documents.get(EventPublished, event_id)
        if past is not None and is_over(past.last_day, today):
            yield from _handing_back(store, view, past)


def _handing_back(store: Store, view: View, event: EventPublished) -> Iterator[StockRecord]:
    """Everything that can go back, and the end of every request, so that nothing is lent again at once."""
    for holding in view.stock.holdings(event, store.own):
        left = to_return(holding)
        if left:
            yield StockTransferred(
                id=RecordId(secrets.token_bytes(16)),
                event=event.event,
                service=holding.service,
                to=holding.origin,
                quantity=left,
            )
        if holding.waiting:
            yield StockWanted(event=event.event, service=holding.service, quantity=0)


class StockDesk:
    """What staff do about the stock of the event at which this station stands."""

    def __init__(self, station: Station) -> None:
        self._station = station

    def accounts(self, view: View) -> list[StockAccount]:
        event = self._station.offer(view).event
        return [] if event is None else view.stock.accounts(event)

    def ask(self, service: ServiceCode, quantity: int) -> bool:
        """Ask for `quantity` more of `service`; False where the event has no stock of it."""
        with self._station.store.writing() as tx:
            event = self._station.offer(tx).event
            if event is None or service not in event.stock:
                return False
            tx.append(StockWanted(event=event.event, service=service, quantity=quantity))
            return True

    def hand_back(self) -> dict[ServiceCode, int]:
        """The counter is closed: everything held goes back, and nothing more is asked for by itself today."""
        store = self._station.store
        with store.writing() as tx:
            event = self._station.offer(tx).event
            if event is None:
                return {}
            records = [record for record in _handing_back(store, tx, event) if isinstance(record, StockTransferred)]
            closed = [StockWanted(event=event.event, service=service, quantity=0) for service in event.stock]
            tx.append(*records, *closed)
            return {record.service: record.quantity for record in records}
