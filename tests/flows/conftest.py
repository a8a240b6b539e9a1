"""What the tests of all flows share: a real station in a folder, its store's thread, somebody at work."""

import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from support.stations import MadeStation, make_station

from station_app.flows.broadcast import Broadcast, Topic
from station_app.flows.session import Session
from station_app.station.station import Station
from station_app.theme import apply_theme
from station_app.workers.store_thread import StoreThread
from station_app.workers.tasks import TaskRunner


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    # The offscreen platform says so of every window with a least size; nothing else may be warned of.
    for item in items:
        if "qtbot" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.qt_log_ignore("does not support propagateSizeHints", extend=True))


@dataclass
class Desk:
    """What a flow needs behind it, on a real store. `failures` are what no flow has dealt with."""

    made: MadeStation
    store: StoreThread
    tasks: TaskRunner
    session: Session
    broadcast: Broadcast
    failures: list[Exception]
    recorded: list[Topic]

    def ask(self, job: Callable[[Station], Any]) -> Any:
        """Ask the store past the flows."""
        return self.store.call(job)


@pytest.fixture
def themed(qapp: QApplication) -> QApplication:
    if not qapp.styleSheet():
        apply_theme(qapp, 1.0)
    return qapp


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> MadeStation:
    return make_station(tmp_path_factory.mktemp("stations") / "station")


@pytest.fixture
def made(made_once: MadeStation, tmp_path: Path) -> MadeStation:
    """A station of this test's own: the copy of one whose making takes its time."""
    home = tmp_path / "station"
    shutil.copytree(made_once.home, home)
    return replace(made_once, home=home)


@pytest.fixture
def desk(made: MadeStation, themed: QApplication, qtbot) -> Iterator[Desk]:
    """An open station; an operator (no supervisor) is at work."""
    pool = ThreadPoolExecutor(2)
    tasks, store = TaskRunner(pool), StoreThread(made.open)
    store.start()
    tasks.use_store(store)
    desk = Desk(made, store, tasks, Session(), Broadcast(), [], [])
    desk.session.begin(made.operator)
    tasks.failed.connect(lambda error, _reference: desk.failures.append(error))
    desk.broadcast.changed.connect(lambda topics, here: desk.recorded.extend(sorted(topics)) if here else None)
    yield desk
    pool.shutdown()
    store.stop()
    themed.processEvents()
    assert desk.failures == []
