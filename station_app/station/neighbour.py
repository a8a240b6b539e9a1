"""This station as a hub's guest: whom it trusts to be one, and the exchange with it."""

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from zeroconf import InterfaceChoice

from db.queries.local import REVOKED
from db.store import Store
from station_app.home.facts import StationFacts
from station_app.station.exchange import OnStoreThread, exchange_with, heads_of
from station_app.station.succession import Deputy
from station_core.ids import WriterId
from station_core.keys import SigningKey
from sync.answer import state_of
from sync.client import Client
from sync.errors import SyncError, Trouble
from sync.lan.address import HubAddress
from sync.lan.discovery import Found, Interfaces
from sync.lan.link import Link, connect
from sync.messages import Standby
from sync.report import Report

OFF = "off"
HUB_SETTING = "hub"
"""The hub's address that somebody typed or showed to the camera; empty where hubs are found by themselves."""
TAKE_OVER_SETTING = "hub.take_over"
"""``off`` where this station does not take the place of a hub that has gone."""
MDNS_VARIABLE = "STATION_MDNS"
"""Names the addresses of the network interfaces on which hubs are looked for (default: all), or ``off``."""


@dataclass(frozen=True, slots=True)
class Judged:
    """The addresses of announced hubs that may be asked, and how many announcements were false."""

    addresses: tuple[HubAddress, ...]
    false: int


def mdns_interfaces() -> Interfaces | None:
    """Where hubs are looked for; None where they are not."""
    named = os.environ.get(MDNS_VARIABLE, "")
    if named == OFF:
        return None
    return named.split(",") if named else InterfaceChoice.All


def takes_over(store: Store) -> bool:
    """Whether this station takes the place of a hub that has gone: unless somebody said no, or nobody may ask it."""
    with store.reading() as view:
        own = view.writers.get(store.own)
        chosen, said = view.local.setting(TAKE_OVER_SETTING), view.local.setting(REVOKED)
    return chosen != OFF and not said and own is not None and own.revoked_since is None


def set_take_over(store: Store, wanted: bool) -> None:
    with store.writing() as tx:
        tx.local.set_setting(TAKE_OVER_SETTING, "" if wanted else OFF)


def judge(store: Store, city_id: str, found: Iterable[Found]) -> Judged:
    """Which of the announced hubs may be asked: none that is this station itself, revoked, or not signed by its device.

    A device that is not known yet is asked for its certificate: it may have been enrolled today.
    """
    addresses: list[HubAddress] = []
    false = 0
    with store.reading() as view:
        for hub in found:
            known = view.writers.get(hub.writer)
            public_key = view.writers.public_key(hub.writer)
            if hub.writer == store.own:
                continue
            if (known is not None and known.revoked_since is not None) or (
                public_key is not None and not hub.is_signed_by(public_key, city_id)
            ):
                false += 1
            else:
                addresses += hub.addresses
    return Judged(tuple(addresses), false)


class Neighbour:
    """A hub that has proven itself. Close it."""

    def __init__(
        self, link: Link, facts: StationFacts, key: SigningKey, wall_ms: Callable[[], int], run: OnStoreThread
    ) -> None:
        self.link, self.key = link, key
        self._wall_ms, self._run = wall_ms, run
        self._district = facts.district
        self._client = Client(link.transport, facts.city_id, key, wall_ms)
        self._settled: tuple[bytes, bytes] | None = None
        self.standby: Standby | None = None
        """Where this station would serve if the hub were gone; it is told so with each question."""
        self.deputies: tuple[Deputy, ...] = ()

    @property
    def label(self) -> str:
        return self.link.certificate.label

    @property
    def peer(self) -> str:
        """The name by which the store keeps its notes on it."""
        return f"hub {self.link.certificate.writer.hex()}"

    def exchange_if_changed(self, stopped: Callable[[], bool] = lambda: False) -> Report | None:
        """Exchange where the two hold different entries; None where they hold the same, by one small question.

        Two that differ for good (a fork, a journal that one of them refuses) exchange again when something has changed.
        Raises SyncError where the hub cannot be asked.
        """
        states = (self._own_state(), self._their_state())
        if states[0] == states[1] or states == self._settled:
            return None
        report = self.exchange(stopped)
        if report.error is None and not report.pushed_entries and not report.pulled_entries:
            self._settled = states
        return report

    def exchange(self, stopped: Callable[[], bool] = lambda: False) -> Report:
        return exchange_with(self.peer, self._client, self._district, self._wall_ms, self._run, None, stopped)

    def close(self) -> None:
        self.link.transport.close()

    def _their_state(self) -> bytes:
        """Nothing known of a hub that does not know this device yet: the exchange begins with making it known."""
        try:
            answer = self._client.state(self.standby)
        except SyncError as error:
            if error.code is not Trouble.NOT_ENROLLED:
                raise
            return b""
        self.deputies = tuple(
            Deputy(WriterId(told.writer), HubAddress(told.url, told.fingerprint)) for told in answer.deputies
        )
        return answer.state

    def _own_state(self) -> bytes:
        return state_of(self._run(heads_of))


def meet_hub(
    address: HubAddress, facts: StationFacts, key: SigningKey, wall_ms: Callable[[], int], run: OnStoreThread
) -> Neighbour:
    """The hub at `address`, once it has proven to be a device of this city. Raises SyncError."""

    def is_revoked(writer: WriterId) -> bool:
        def ask(store: Store) -> bool:
            with store.reading() as view:
                known = view.writers.get(writer)
            return known is not None and known.revoked_since is not None

        return run(ask)

    link = connect(address, facts.root_key_bytes, facts.city_id, wall_ms(), is_revoked)
    return Neighbour(link, facts, key, wall_ms, run)
