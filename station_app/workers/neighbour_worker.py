"""The exchange with a hub nearby, in the background."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from db.store import Store
from station_app.home.errors import HomeError
from station_app.home.facts import StationFacts
from station_app.station.neighbour import HUB_SETTING, Neighbour, judge, meet_hub, takes_over
from station_app.station.station import Station
from station_app.station.succession import GONE, StandIn, Succession
from station_app.workers.store_thread import StoreThread
from station_core.keys import SigningKey, writer_id
from sync.errors import SyncError, Trouble
from sync.lan.address import HubAddress, parse_address
from sync.lan.discovery import Finder, Interfaces
from sync.messages import Standby

POLL_S = 0.5
"""How often a hub is asked whether anything has changed: quotas hold across counters that are so far behind."""
SEARCH_S = 3.0
"""How often the hub is looked for where none is known, unless one announces itself."""
PAUSES_S = (0.5, 1.0, 2.0, 5.0)
"""After failures in a row."""

_log = logging.getLogger(__name__)
T = TypeVar("T")


_FALSE_HUB = frozenset({Trouble.HUB_UNPROVEN, Trouble.HUB_REVOKED})
"""What staff must hear of, rather than of a hub that merely does not answer."""


@dataclass(frozen=True, slots=True)
class NeighbourNews:
    """What the worker tells when it is another than before, or when entries `arrived`.

    `label` and `address` are the hub's; None while there is none. `trouble` is what was in the way.
    """

    label: str | None = None
    address: HubAddress | None = None
    trouble: Trouble | None = None
    params: tuple[tuple[str, str | int], ...] = ()
    arrived: bool = False


class NeighbourWorker:
    """Finds the event's hub and exchanges with it for as long as it runs, in one thread; the city is another's task.

    Wakes: twice a second with a hub, else every three seconds, when a hub announces itself, and at once for `nudge`
    (something was recorded) and `use` (somebody chose a hub). Stops: `stop`, which breaks a running exchange off
    between two requests and waits. Drops: nothing; what is not sent waits in the journal. A hub that has gone is
    forgotten, and the next one is taken; where there is none, one of its guests takes its place. When this device goes
    on under another key, it meets its hub anew.

    `tell` is called in the worker's thread.
    """

    def __init__(
        self,
        facts: StationFacts,
        store: StoreThread,
        wall_ms: Callable[[], int],
        tell: Callable[[NeighbourNews], None],
        interfaces: Interfaces | None,
        stand_in: StandIn | None = None,
    ) -> None:
        """`interfaces`: where hubs are looked for by multicast; None where only a chosen address counts. `stand_in`
        serves where the hub has gone and it is this station's turn.
        """
        self._stand_in = stand_in
        self._succession = Succession()
        self._facts, self._store, self._wall_ms = facts, store, wall_ms
        self._tell, self._interfaces = tell, interfaces
        self._condition = threading.Condition()
        self._is_due = True
        self._stopping = False
        self._chosen_anew = False
        self._finder: Finder | None = None
        self._neighbour: Neighbour | None = None
        self._failures = 0
        self._told = NeighbourNews()
        self._thread = threading.Thread(target=self._run, name="neighbour", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def nudge(self) -> None:
        """Something was recorded, or is to be looked at: exchange now."""
        with self._condition:
            self._is_due = True
            self._condition.notify()

    def use(self, address: HubAddress | None) -> None:
        """From now on the hub at `address`; None for whichever is found."""
        text = "" if address is None else str(address)
        self._store.submit(lambda station: _choose(station, text))
        self._chosen_anew = True
        self.nudge()

    def stop(self) -> None:
        with self._condition:
            self._stopping = True
            self._condition.notify()
        if self._thread.ident is not None:
            self._thread.join()

    def _run(self) -> None:
        self._find()
        try:
            while not self._stopping:
                self._wait(self._step())
        finally:
            self._forget()
            if self._finder is not None:
                self._finder.close()

    def _find(self) -> None:
        if self._interfaces is None:
            return
        try:
            self._finder = Finder(self._interfaces, self.nudge)
        except OSError as error:  # no network yet: a typed address still works
            _log.warning("hubs are not looked for: %s", type(error).__name__)

    def _wait(self, pause_s: float) -> None:
        until_s = time.monotonic() + pause_s
        with self._condition:
            while not self._stopping and not self._is_due and (left_s := until_s - time.monotonic()) > 0:
                self._condition.wait(left_s)
            self._is_due = False

    def _step(self) -> float:
        """One look at the hub, or for one; the seconds until the next."""
        key, is_willing = self._on_store(lambda store: (store.key, takes_over(store)))
        if self._chosen_anew:
            self._succession.settle()
        if self._chosen_anew or (self._neighbour is not None and self._neighbour.key != key):
            self._chosen_anew = False
            self._forget()
        try:
            neighbour = self._neighbour or self._look(key)
            if neighbour is None:
                self._succession.lost()
                return self._without_hub(key, SEARCH_S, is_willing)
            neighbour.standby = self._offered() if is_willing else None
            self._exchange(neighbour)
        except SyncError as error:
            if error.code in GONE:
                self._succession.lost()
            return self._without_hub(key, self._failed(error), is_willing)
        self._succession.linked(neighbour.deputies)
        self._failures = 0
        return POLL_S

    def _offered(self) -> Standby | None:
        try:
            return None if self._stand_in is None else self._stand_in.offered()
        except HomeError as error:
            _log.warning("this station offers to be no hub: %s", error)
            return None

    def _without_hub(self, key: SigningKey, pause_s: float, is_willing: bool) -> float:
        """Take its place where it is this station's turn; the seconds until the next look."""
        due_s = self._succession.due_in_s(writer_id(key.public)) if is_willing else None
        if due_s is None or self._stand_in is None or self._stopping:
            return pause_s
        if due_s > 0:
            return min(pause_s, due_s)
        self._succession.settle()
        try:
            self._stand_in.take_over()
        except (SyncError, HomeError) as error:  # the next in turn will
            _log.warning("the hub's place is not taken: %s", error)
        return pause_s

    def _look(self, key: SigningKey) -> Neighbour | None:
        """The first hub that answers and proves itself. Raises SyncError where there are some and none does.

        That a fellow guest of a hub that has gone does not serve either is no trouble.
        """
        trouble: SyncError | None = None
        known = self._addresses()
        fellows = self._succession.addresses(writer_id(key.public))
        for address in dict.fromkeys((*known, *fellows)):
            try:
                self._neighbour = meet_hub(address, self._facts, key, self._wall_ms, self._on_store)
            except SyncError as error:
                if error.code in _FALSE_HUB or (trouble is None and address in known):
                    trouble = error
                continue
            if self._neighbour.link.certificate.public_key != key.public:
                return self._neighbour
            self._forget()
        if trouble is not None:
            raise trouble
        self._say(NeighbourNews())
        return None

    def _addresses(self) -> tuple[HubAddress, ...]:
        """The chosen one first. Raises SyncError(HUB_UNPROVEN) where all that announced themselves are false."""
        found = self._finder.found() if self._finder else ()
        chosen, judged = self._on_store(lambda store: (_chosen(store), judge(store, self._facts.city_id, found)))
        if judged.false and not chosen and not judged.addresses:
            raise SyncError(Trouble.HUB_UNPROVEN)
        return (*((parse_address(chosen),) if chosen else ()), *judged.addresses)

    def _exchange(self, neighbour: Neighbour) -> None:
        report = neighbour.exchange_if_changed(lambda: self._stopping or self._chosen_anew)
        arrived = report is not None and report.pulled_entries > 0
        news = NeighbourNews(neighbour.label, neighbour.link.address, arrived=arrived)
        if report is not None and report.error is not None:
            if arrived:
                self._say(news)
            raise report.error
        self._say(news)

    def _failed(self, error: SyncError) -> float:
        self._failures += 1
        self._forget()
        if not self._stopping and error.code is not Trouble.STOPPED:
            self._say(NeighbourNews(trouble=error.code, params=tuple(error.params.items())))
        return PAUSES_S[min(self._failures, len(PAUSES_S)) - 1]

    def _forget(self) -> None:
        if self._neighbour is not None:
            self._neighbour.close()
            self._neighbour = None

    def _say(self, news: NeighbourNews) -> None:
        if news != self._told or news.arrived:
            self._told = news
            self._tell(news)

    def _on_store(self, job: Callable[[Store], T]) -> T:
        return self._store.call(lambda station: job(station.store))


def _choose(station: Station, address: str) -> None:
    with station.store.writing() as tx:
        tx.local.set_setting(HUB_SETTING, address)


def _chosen(store: Store) -> str:
    with store.reading() as view:
        return view.local.setting(HUB_SETTING)
