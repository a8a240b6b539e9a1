"""The two buttons for a stick, on a real station whose city is met by files alone."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from support.sticks import StickCity, newcomer, service, stick_city

from city_server.bundles import export_to_station
from city_server.revoking import revoke_station
from resources.texts import Language
from station_app.flows.broadcast import Broadcast, Topic
from station_app.flows.bundle_flow import BundleFlow
from station_app.flows.sync_flow import SyncFlow
from station_app.screens.shell.state import Notice, Trouble
from station_app.screens.sync.screen import SyncScreen
from station_app.station.station import Station
from station_app.workers.store_thread import StoreThread
from station_app.workers.tasks import TaskRunner

CLICK = Qt.MouseButton.LeftButton


@dataclass
class Page:
    """`folder` and `file` are what staff choose next; None is thinking better of it."""

    screen: SyncScreen
    store: StoreThread
    city: StickCity
    folder: Path | None = None
    file: Path | None = None
    told: list[Any] = field(default_factory=list)
    arrived: list[Topic] = field(default_factory=list)
    phases: list[str] = field(default_factory=list)

    def press(self, button: Any, qtbot: Any) -> Any:
        number = len(self.told)
        qtbot.mouseClick(button, CLICK)
        qtbot.waitUntil(lambda: len(self.told) > number)
        assert not self.screen.progress.isVisible()
        return self.told[-1]

    def said(self) -> str:
        message = self.told[-1]
        parts = (message.what, message.remedy) if isinstance(message, Trouble) else (message.what,)
        return "".join(part.said(Language.CHINESE) for part in parts)


@pytest.fixture
def page(tmp_path: Path, themed, qtbot) -> Iterator[Page]:
    with stick_city(tmp_path) as city:
        made = city.station()
        made.write(newcomer(), service())
        made.station.close()
        pool, store = ThreadPoolExecutor(2), StoreThread(lambda: Station.open(made.home))
        tasks = TaskRunner(pool)
        store.start()
        tasks.use_store(store)
        screen, broadcast = SyncScreen(), Broadcast()
        qtbot.addWidget(screen)
        screen.resize(1024, 700)
        screen.show()
        page = Page(screen, store, city)
        sync_flow = SyncFlow(screen, tasks, broadcast)
        flow = BundleFlow(
            screen,
            sync_flow,
            tasks,
            broadcast,
            lambda job: store.call(lambda station: job(station.store)),
            lambda: page.folder,
            lambda: page.file,
        )
        flow.told.connect(page.told.append)
        broadcast.changed.connect(lambda topics, _here: page.arrived.extend(sorted(topics)))
        show_step = sync_flow.show_step

        def show(step: Any) -> None:
            page.phases += [] if step is None else [step.phase.value]
            show_step(step)

        sync_flow.show_step = show  # type: ignore[method-assign]  # to see what is shown for a moment only
        qtbot.waitUntil(lambda: screen.figures.values["waiting"].text() == "3")
        yield page
        pool.shutdown()
        store.stop()
        themed.processEvents()


def waiting(page: Page) -> str:
    return page.screen.figures.values["waiting"].text()


def test_out_to_the_city_and_back_again(page: Page, qtbot) -> None:
    page.folder = page.city.stick
    before = set(page.city.stick.iterdir())
    assert isinstance(page.press(page.screen.export, qtbot), Notice)
    (file,) = set(page.city.stick.iterdir()) - before
    assert file.name in page.said()
    assert "3 条" in page.said()
    assert waiting(page) == "3"
    page.city.take(file)

    number = page.store.call(lambda station: station.facts.writer_number)
    page.file = page.city.stick / "back.bundle"
    export_to_station(page.city.city, number, page.file)
    assert isinstance(page.press(page.screen.take, qtbot), Notice)
    assert "3 条记录确认已到市总工会" in page.said()
    qtbot.waitUntil(lambda: waiting(page) == "0")
    assert Topic.EXCHANGE in page.arrived
    assert set(page.phases) == {"writing", "checking", "taking"}


def test_what_cannot_be_read_is_told_in_words(page: Page, qtbot) -> None:
    page.file = page.city.stick / "photo.jpg"
    page.file.write_bytes(b"\xff\xd8 something else")
    assert isinstance(page.press(page.screen.take, qtbot), Trouble)
    assert "这不是本软件的文件" in page.said()
    page.folder = page.city.stick / "pulled-out" / "x"
    assert isinstance(page.press(page.screen.export, qtbot), Trouble)
    assert "文件写不进去" in page.said()
    assert page.screen.export.isEnabled()


def test_a_revoked_station_is_told_so(page: Page, qtbot) -> None:
    number = page.store.call(lambda station: station.facts.writer_number)
    revoke_station(page.city.city.store, number, "电脑丢失")
    page.file = page.city.stick / "back.bundle"
    export_to_station(page.city.city, number, page.file)
    assert isinstance(page.press(page.screen.take, qtbot), Trouble)
    assert "电脑丢失" in page.said()


def test_thinking_better_of_it_does_nothing(page: Page, qtbot) -> None:
    before = set(page.city.stick.iterdir())
    qtbot.mouseClick(page.screen.export, CLICK)
    qtbot.mouseClick(page.screen.take, CLICK)
    assert page.told == []
    assert set(page.city.stick.iterdir()) == before
