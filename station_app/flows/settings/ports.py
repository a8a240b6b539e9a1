"""Which serial port a scanner is on, if any."""

from dataclasses import replace

from PySide6.QtCore import QObject

from station_app.flows.port_flow import PortFlow
from station_app.flows.settings.page import SettingsPage
from station_app.scanning.scan_worker import SourceState, StateReport
from station_app.screens.settings.state import Device
from station_app.station.settings import SCANNER_PORT_SETTING
from station_app.station.station import Station
from station_app.words import Phrase
from station_app.workers.tasks import TaskRunner


class PortChoice(QObject):
    """Most scanners type and need no port: none is chosen at first."""

    def __init__(self, page: SettingsPage, tasks: TaskRunner, port: PortFlow) -> None:
        super().__init__(page.screen)
        self._page, self._tasks, self._port = page, tasks, port
        page.screen.port_chosen.connect(self._choose)
        port.state_changed.connect(self._changed)
        tasks.on_store(chosen_port, self._listen)

    def search(self) -> None:
        self._tasks.in_background(_found_ports, lambda found: self._show(found=found))

    def _choose(self, device: str) -> None:
        self._tasks.on_store(lambda station: choose_port(station, device), lambda _: self._listen(device))

    def _listen(self, device: str) -> None:
        self._show(chosen=device, trouble=None)
        self._port.listen(device)

    def _changed(self, report: StateReport | None) -> None:
        if report is None or report.state is SourceState.LIVE:
            self._show(trouble=None)
        elif report.problem is not None:
            self._show(trouble=Phrase(report.problem.text_key, {"name": report.problem.name}))

    def _show(self, **changes: object) -> None:
        self._page.show(ports=replace(self._page.state.ports, **changes))  # type: ignore[arg-type]


def _found_ports() -> tuple[Device, ...]:
    from station_app.scanning.serial_scanner import ports_of_this_machine

    return tuple(Device(port.device, f"{port.name} ({port.device})") for port in ports_of_this_machine())


def chosen_port(station: Station) -> str:
    """The port's device; "" for none."""
    with station.store.reading() as view:
        return view.local.setting(SCANNER_PORT_SETTING)


def choose_port(station: Station, device: str) -> None:
    with station.store.writing() as tx:
        tx.local.set_setting(SCANNER_PORT_SETTING, device)
