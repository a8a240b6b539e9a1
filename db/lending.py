"""A store lends of the stock that it holds: a city's to stations, a hub's to its neighbours."""

import secrets

from db.store import Store
from db.view import View
from station_core.desk.stock import grant
from station_core.ids import RecordId, WriterId
from station_core.records.documents import EventPublished
from station_core.records.stock import StockTransferred


def answer_wants(store: Store, asker: WriterId) -> tuple[StockTransferred, ...]:
    """Lend `asker` what it asked for, as far as this store's own balance allows; what was written.

    Called when `asker` is about to fetch: what is lent to somebody who never comes for it would serve nobody.
    Balances are read in the transaction that writes, and those come one after the other. Raises StoreBusy.
    """
    with store.reading() as view:
        if not _grants(view, store.own, asker):
            return ()
    with store.writing() as tx:
        granted = _grants(tx, store.own, asker) if tx.may_write else ()
        tx.append(*granted)
        return granted


def _grants(view: View, own: WriterId, asker: WriterId) -> tuple[StockTransferred, ...]:
    granted = []
    for event_id in dict.fromkeys(want.event for want in view.stock.open_wants(asker)):
        event = view.documents.get(EventPublished, event_id)
        for account in view.stock.accounts(event) if event is not None else ():
            quantity = grant(account, own, asker)
            if quantity > 0:
                granted.append(
                    StockTransferred(
                        id=RecordId(secrets.token_bytes(16)),
                        event=event_id,
                        service=account.service,
                        to=asker,
                        quantity=quantity,
                    )
                )
    return tuple(granted)
