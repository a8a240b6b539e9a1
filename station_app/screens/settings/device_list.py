"""A list of devices of which one is used, each a row as large as a finger."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from station_app.screens.settings.state import Device
from station_app.widgets.plain import clear, column


class DeviceList(QWidget):
    """Cameras or printers to choose from. Showing a choice says nothing; only a person's touch does."""

    chosen = Signal(str)
    """The device's id."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[Device, ...] = ()
        self._rows: QVBoxLayout = column([], spacing=4)
        self.choices: dict[str, QRadioButton] = {}
        self._group = QButtonGroup(self)
        self.setLayout(self._rows)

    def show_devices(self, devices: tuple[Device, ...], chosen: str | None) -> None:
        if self._shown != devices:
            self._shown = devices
            self._fill(devices)
        # An exclusive group keeps one button down for ever; nothing may be chosen yet, or no longer.
        self._group.setExclusive(False)
        for device_id, choice in self.choices.items():
            choice.setChecked(device_id == chosen)
        self._group.setExclusive(True)

    def _fill(self, devices: tuple[Device, ...]) -> None:
        clear(self._rows)
        self.choices = {}
        for device in devices:
            self._rows.addWidget(self._row(device))

    def _row(self, device: Device) -> QRadioButton:
        made = QRadioButton(device.name.replace("&", "&&"))
        made.clicked.connect(lambda: self.chosen.emit(device.device_id))
        self._group.addButton(made)
        self.choices[device.device_id] = made
        return made
