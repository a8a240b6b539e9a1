"""What cards are printed on, with a picture of it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from station_app.screens.event.notice import notice
from station_app.screens.settings.device_list import DeviceList
from station_app.screens.settings.section_view import SectionView
from station_app.screens.settings.state import Device, SettingsState
from station_app.texts import Speaker
from station_app.theme import Role, Tone, px
from station_app.widgets.plain import Item, button, column, label, row

_PREVIEW_PX = 320
SHIPPED = ("member-card", "member-card-back", "label-62mm", "event-badge-a6", "member-card-a4")
"""Those that have a name in the texts; a station's own are called as their file is."""


class LayoutSection(SectionView):
    layout_chosen = Signal(str)
    copy_wanted = Signal()

    def __init__(self, speaker: Speaker, parent: QWidget | None = None) -> None:
        super().__init__(speaker, parent)
        self._note, self._trouble, self.layouts = label(Role.MUTED, wrap=True), notice(), DeviceList()
        self.preview, self._own = QLabel(), label(Role.MUTED, wrap=True)
        self.copy = button(Role.SECONDARY)
        beside = row([column([self.layouts, None]), 24, column([self.preview, None]), None])
        parts: list[Item] = [self._note, self._trouble, beside, 8, row([self.copy, None]), self._own, None]
        self.setLayout(column(parts))
        self.layouts.chosen.connect(self.layout_chosen)
        self.copy.clicked.connect(self.copy_wanted)

    def show_state(self, state: SettingsState) -> None:
        say, layouts = self._speaker.say, state.layouts
        self._note.setText(say("settings.layout.note"))
        named = tuple(Device(one.device_id, self._name(one.device_id)) for one in layouts.found)
        self.layouts.show_devices(named, layouts.chosen)
        self._trouble.setVisible(layouts.trouble is not None)
        if layouts.trouble is not None:
            self._trouble.show_words(Tone.BAD, self._speaker.word(layouts.trouble))
        self.preview.setVisible(layouts.picture is not None)
        if layouts.picture is not None:
            self._show_picture(layouts.picture)
        self.copy.setText(say("settings.layout.copy"))
        self._own.setVisible(bool(layouts.own_file))
        self._own.setText(say("settings.layout.own", file=layouts.own_file))

    def _show_picture(self, png: bytes) -> None:
        picture = QPixmap()
        picture.loadFromData(png)
        mode = Qt.TransformationMode.SmoothTransformation
        side = px(_PREVIEW_PX)
        self.preview.setPixmap(picture.scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio, mode))
        self.preview.setAccessibleName(self._speaker.say("settings.section.layout"))

    def _name(self, layout: str) -> str:
        return self._speaker.say(f"settings.layout.names.{layout}") if layout in SHIPPED else layout
