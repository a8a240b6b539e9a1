"""The hub on the page of the exchange: becoming it, ceasing, choosing another's, and who is connected."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer

from station_app.screens.sync.hub_panel import HubPanel
from station_app.screens.sync.hub_state import Guest, HubMode, HubState
from station_app.station.clock import local_time
from station_app.station.neighbour import HUB_SETTING, OFF, TAKE_OVER_SETTING, set_take_over
from station_app.station.station import Station
from station_app.words import Phrase
from station_app.workers.hub_worker import HubWorker, Serving
from station_app.workers.neighbour_worker import NeighbourNews, NeighbourWorker
from station_app.workers.tasks import TaskRunner
from sync.errors import SyncError
from sync.lan.address import HubAddress, parse_address

LOOK_MS = 2_000
"""How often it is looked at who is connected."""


class HubFlow(QObject):
    """Between the panel and the two workers."""

    def __init__(self, panel: HubPanel, tasks: TaskRunner, hub: HubWorker, neighbour: NeighbourWorker) -> None:
        super().__init__(panel)
        self._panel, self._tasks, self._hub, self._neighbour = panel, tasks, hub, neighbour
        self._state = HubState()
        self._news = NeighbourNews()
        self._looking = QTimer(self, interval=LOOK_MS)
        self._looking.timeout.connect(self._look_at_guests)
        panel.start_wanted.connect(self._start)
        panel.stop_wanted.connect(self._stop)
        panel.address_entered.connect(self._enter)
        panel.automatic_wanted.connect(lambda: self._use(None))
        panel.take_over_wanted.connect(self._set_take_over)
        tasks.on_store(_settings, lambda said: self._show(chosen=said[0], takes_over=said[1]))
        self._show()

    def use_code(self, text: str) -> None:
        """A hub's code was shown to the camera."""
        self._enter(text)

    def show_news(self, news: NeighbourNews) -> None:
        """Which hub is used, or what is in the way."""
        self._news = news
        if self._state.mode is not HubMode.SERVING:
            self._show_neighbour()

    def show_taken_over(self) -> None:
        """The hub had gone, and this station serves in its place."""
        if self._hub.serving is not None:
            self._started(self._hub.serving)
            self._show(has_taken_over=True, trouble=None)

    def go_on_anew(self) -> None:
        """This device has another key from now on: where it is the hub, it serves as who it is now."""
        self._tasks.in_background(self._hub.restart, lambda serving: self._started(serving) if serving else None)

    def _start(self) -> None:
        self._show(busy=True, trouble=None)
        self._tasks.in_background(self._hub.start, self._started, self._failed)

    def _started(self, serving: Serving) -> None:
        address = str(serving.addresses[0]) if serving.addresses else ""
        self._show(mode=HubMode.SERVING, label="", address=address, busy=False)
        self._looking.start()
        self._look_at_guests()

    def _stop(self) -> None:
        self._show(busy=True)
        self._tasks.in_background(self._hub.stop, lambda _: self._stopped(), self._failed)

    def _stopped(self) -> None:
        self._looking.stop()
        self._show(busy=False, guests=(), has_taken_over=False)
        self._show_neighbour()

    def _failed(self, error: Exception) -> bool:
        """A known trouble is told in the panel; the rest is for the window."""
        self._show(busy=False)
        if not isinstance(error, SyncError):
            return False
        self._show(trouble=words_for_hub(error.code, error.params))
        return True

    def _enter(self, typed: str) -> None:
        try:
            address = parse_address(typed)
        except SyncError as error:
            self._show(trouble=words_for_hub(error.code, error.params))
            return
        self._use(address)

    def _use(self, address: HubAddress | None) -> None:
        self._show(chosen="" if address is None else str(address), trouble=None)
        self._neighbour.use(address)

    def _set_take_over(self, wanted: bool) -> None:
        self._show(takes_over=wanted)
        self._tasks.on_store(lambda station: set_take_over(station.store, wanted))

    def _look_at_guests(self) -> None:
        guests = tuple(Guest(one.label, local_time(one.at_ms)) for one in self._hub.guests())
        if guests != self._state.guests:
            self._show(guests=guests)

    def _show_neighbour(self) -> None:
        news = self._news
        self._show(
            mode=HubMode.SEARCHING if news.label is None else HubMode.LINKED,
            label=news.label or "",
            address=news.address.url if news.address else "",
            trouble=words_for_hub(news.trouble, dict(news.params)) if news.trouble else None,
        )

    def _show(self, **changes: object) -> None:
        self._state = replace(self._state, **changes)  # type: ignore[arg-type]
        self._panel.show_state(self._state)


def words_for_hub(code: str, params: Mapping[str, str | int]) -> Phrase:
    """What is in the way of an exchange with a hub, and what to do about it."""
    return Phrase(f"hub.trouble.{code}", dict(params))


def _settings(station: Station) -> tuple[str, bool]:
    """The hub's address that was chosen, and whether this station takes the place of one that has gone."""
    with station.store.reading() as view:
        return view.local.setting(HUB_SETTING), view.local.setting(TAKE_OVER_SETTING) != OFF
