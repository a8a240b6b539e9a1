"""The city as the one who answers: whom it knows, and what they get."""

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager

from city_server.card_statuses import publish_card_statuses
from city_server.city import City
from city_server.devices import Device, lend_stock, note_seen, recognise, refuse_revoked, renew_if_due, scope_of
from city_server.exchange_store import CityExchangeStore
from db.fold.trust import key_in_batch
from station_core.journal.batch import Batch
from sync.messages import Deputy, Standby
from sync.serving.host import Grant
from sync.serving.strangers import prove_by_journal
from sync.store import HeldJournals
from sync.token import Verified, check_token


class CityHost:
    def __init__(self, city: City, store: CityExchangeStore) -> None:
        self._city = city
        self.store = store

    def snapshot(self) -> AbstractContextManager[HeldJournals]:
        return self.store.snapshot()

    def recognise(self, token: str, purpose: str) -> Device:
        return recognise(self._city, token, purpose)

    def prove(self, token: str, purpose: str, batches: Iterable[Batch]) -> Verified:
        """The city knows whom it certified, unless it was restored from a backup that is older."""
        store, audience = self._city.store, self._city.home.about.id
        return prove_by_journal(
            batches,
            lambda batch: key_in_batch(store.root_key, batch),
            lambda key_of: check_token(token, key_of, audience, purpose, store.now_ms()),
        )

    def heard(self, guest: Device, said_seq: int | None) -> None:
        note_seen(self._city, guest.writer.id, said_seq)

    def deputies(self, guest: Device, standby: Standby | None, host: str) -> Sequence[Deputy]:
        """Nobody takes a city's place."""
        del guest, standby, host
        return ()

    def grant(self, guest: Device) -> Grant:
        refuse_revoked(guest)
        renew_if_due(self._city, guest.writer)
        publish_card_statuses(self._city)
        lend_stock(self._city, guest)
        scope = scope_of(self._city, guest.writer)
        return Grant(scope.__contains__, scope.city_writers)
