"""The event's network, put together: serving as the hub, exchanging with one, and the panel for both."""

from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import QObject

from station_app.flows.hub_flow import HubFlow
from station_app.home.facts import StationFacts
from station_app.scanning.readings import Reading
from station_app.screens.sync.hub_panel import HubPanel
from station_app.station.clock import now_ms
from station_app.station.neighbour import mdns_interfaces
from station_app.workers.hub_worker import HubWorker
from station_app.workers.neighbour_worker import NeighbourNews, NeighbourWorker
from station_app.workers.store_thread import StoreThread
from station_app.workers.tasks import TaskRunner
from sync.lan.address import is_hub_code
from sync.messages import Standby


class Neighbours(QObject):
    """Made once the store is open; a `StandIn` for a hub that has gone. `arrived` is called on the window's thread when
    others' entries came.
    """

    def __init__(
        self,
        home: Path,
        facts: StationFacts,
        store: StoreThread,
        tasks: TaskRunner,
        panel: HubPanel,
        arrived: Callable[[], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._arrived = arrived
        self._hub = HubWorker(home, facts, store, now_ms, lambda: tasks.on_window(arrived))
        self._tasks = tasks
        self._neighbour = NeighbourWorker(
            facts, store, now_ms, lambda news: tasks.on_window(lambda: self._news(news)), mdns_interfaces(), self
        )
        self.flow = HubFlow(panel, tasks, self._hub, self._neighbour)
        self._neighbour.start()

    def offered(self) -> Standby:
        """Where this station serves, or would in the place of a hub that has gone."""
        return self._hub.offered()

    def take_over(self) -> None:
        """In the neighbour's thread: serve from now on, and let staff know. Raises SyncError, HomeError."""
        self._hub.take_over()
        self._tasks.on_window(self.flow.show_taken_over)

    def nudge(self) -> None:
        """Something was recorded here: the others of the event see it at once."""
        self._neighbour.nudge()

    def go_on_anew(self) -> None:
        """A fork of this device's journal was healed: it has another key from now on."""
        self.flow.go_on_anew()
        self._neighbour.nudge()

    def take_code(self, readings: Iterable[Reading]) -> bool:
        """Whether one of `readings` is a hub's address, which is used from then on."""
        for reading in readings:
            if is_hub_code(reading.text):
                self.flow.use_code(reading.text)
                return True
        return False

    def stop(self) -> None:
        self._neighbour.stop()
        self._hub.stop()

    def _news(self, news: NeighbourNews) -> None:
        self.flow.show_news(news)
        if news.arrived:
            self._arrived()
