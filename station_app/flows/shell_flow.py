"""The window around the pages: which page, who works, what the strip at the bottom says, troubles in words."""

from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from station_app.flows.broadcast import Broadcast
from station_app.flows.session import Session
from station_app.flows.troubles import message_for
from station_app.screens.shell.screen import ShellScreen
from station_app.screens.shell.state import (
    Device,
    Exchange,
    ExchangeState,
    Message,
    Notice,
    Page,
    ScannerKind,
    ShellState,
)
from station_app.station.clock import local_time
from station_app.station.exchange import exchange_status
from station_app.station.station import Station
from station_app.words import Name
from station_app.workers.sync_worker import SyncNews
from station_app.workers.tasks import TaskRunner
from sync.errors import NOTHING_REACHED

NOTICE_MS = 6_000


class ShellFlow(QObject):
    page_shown = Signal(object)
    """The Page that is shown from now on."""
    told = Signal(object)
    """The Message that was just said."""

    def __init__(
        self, screen: ShellScreen, station_name: str, tasks: TaskRunner, session: Session, broadcast: Broadcast
    ) -> None:
        super().__init__(screen)
        self._screen, self._tasks, self._session = screen, tasks, session
        self._state = ShellState(station_name)
        self._fading = QTimer(self, singleShot=True, interval=NOTICE_MS)
        self._fading.timeout.connect(lambda: self._show(message=None))
        screen.page_wanted.connect(self.show_page)
        screen.message_dismissed.connect(lambda: self._show(message=None))
        session.changed.connect(self._staff_changed)
        broadcast.changed.connect(lambda _topics, _here: self.refresh())
        tasks.failed.connect(lambda error, reference: self.tell(message_for(error, reference)))
        self._show()

    def show_page(self, page: Page) -> None:
        self._show(page=page)
        self.page_shown.emit(page)

    def tell(self, message: Message) -> None:
        """Say something above the page; good news fades, troubles stay until they are dismissed."""
        self._show(message=message)
        self.told.emit(message)
        if isinstance(message, Notice):
            self._fading.start()
        else:
            self._fading.stop()

    def show_scanner(self, device: Device, scanners: tuple[ScannerKind, ...]) -> None:
        self._show(scanner=device, scanners=scanners)

    def show_printer(self, device: Device) -> None:
        self._show(printer=device)

    def show_sync(self, news: SyncNews) -> None:
        """How the exchange goes; what waits is asked of the store once it has ended."""
        if news.progress is not None:
            self._show(exchange=replace(self._state.exchange, status=Exchange.RUNNING))
            return
        status = Exchange.IDLE
        if news.trouble is not None:
            status = Exchange.NO_NETWORK if news.trouble.code in NOTHING_REACHED else Exchange.FAILED
        self._show(exchange=replace(self._state.exchange, status=status))
        self.refresh()

    def refresh(self) -> None:
        self._tasks.on_store(_facts, self._show_facts)

    def _show_facts(self, facts: "tuple[ExchangeState, Name | None]") -> None:
        exchange, event = facts
        self._show(exchange=replace(exchange, status=self._state.exchange.status), event=event)

    def _staff_changed(self) -> None:
        staff = self._session.staff
        self._show(operator_name=staff.name if staff else "", message=None, page=Page.COUNTER)
        if staff is not None:
            self.page_shown.emit(Page.COUNTER)

    def _show(self, **changes: object) -> None:
        self._state = replace(self._state, **changes)  # type: ignore[arg-type]
        self._screen.show_state(self._state)


def _facts(station: Station) -> tuple[ExchangeState, Name | None]:
    status = exchange_status(station.store)
    with station.store.reading() as view:
        event = station.offer(view).event
    succeeded_ms = status.peer.succeeded_ms
    last = None if succeeded_ms is None else local_time(succeeded_ms)
    exchange = ExchangeState(waiting=status.waiting_entries, last_success=last)
    return exchange, None if event is None else Name(event.name)
