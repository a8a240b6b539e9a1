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
        self._shown: tuple[tuple[Device, ...], str | None] | None = None
        self._rows: QVBoxLayout = column([], spacing=4)
        self.choices: dict[str, QRadioButton] = {}
        self._group = QButtonGroup(self)
        self.setLayout(self._rows)

    def show_devices(self, devices: tuple[Device, ...], chosen: str | None) -> None:
        if self._shown == (devices, chosen):
            return
        self._shown = (devices, chosen)
        clear(self._rows)
        self.choices = {}
        self._group = QButtonGroup(self)
        for device in devices:
            self._rows.addWidget(self._row(device, checked=device.device_id == chosen))

    def _row(self, device: Device, *, checked: bool) -> QRadioButton:
        made = QRadioButton(device.name.replace("&", "&&"))
        made.setChecked(checked)
        made.clicked.connect(lambda: self.chosen.emit(device.device_id))
        self._group.addButton(made)
        self.choices[device.device_id] = made
        return made
