"""Nobody at the counter: the camera's picture, what to do, and who was here just now."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from station_app.screens.counter.people_list import PeopleList
from station_app.screens.counter.state import Camera, Waiting
from station_app.texts import Speaker
from station_app.theme import Role, px
from station_app.widgets.picture import Outline, Picture
from station_app.widgets.plain import column, label, row

_LIST_WIDTH_PX = 340


class WaitingView(QWidget):
    person_wanted = Signal(object)

    def __init__(self, speaker: Speaker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speaker = speaker
        self._camera: Camera | None = None
        self.picture, self.recent = Picture(), PeopleList(speaker)
        self._hint, self._more = label(Role.HEADING, wrap=True), label(Role.MUTED, wrap=True)
        self._recent, self._nobody = label(Role.HEADING), label(Role.MUTED, wrap=True)
        left = column([self.picture, self._hint, self._more], spacing=6)
        left.setStretch(0, 1)
        right = column([self._recent, self._nobody, self.recent], spacing=10)
        right.setStretch(2, 1)
        side = QWidget()
        side.setFixedWidth(px(_LIST_WIDTH_PX))
        right.setContentsMargins(0, 0, 0, 0)
        side.setLayout(right)
        whole = row([left, side], spacing=20)
        whole.setStretch(0, 1)
        self.setLayout(whole)
        self.recent.person_wanted.connect(self.person_wanted)

    def show_view(self, view: Waiting) -> None:
        say = self._speaker.say
        live = view.camera is Camera.LIVE
        usual = say("counter.waiting.hint" if live else "counter.waiting.hint_no_camera")
        self._hint.setText(self._speaker.word(view.hint) if live and view.hint else usual)
        self._more.setText(say("counter.waiting.more"))
        self._recent.setText(say("counter.waiting.recent"))
        self._nobody.setText(say("counter.waiting.nobody"))
        self._nobody.setVisible(not view.recent)
        self.recent.show_people(view.recent)
        # A live camera's last frame stays until the next one; only words are set anew.
        if not live or self._camera is not Camera.LIVE:
            icon = "camera" if view.camera in (Camera.LIVE, Camera.STARTING) else "camera_off"
            self.picture.show_words(icon, say(f"counter.camera.{view.camera.value}"))
        self._camera = view.camera

    def show_frame(self, image: QImage, outlines: Sequence[Outline]) -> None:
        """A frame that arrives after the camera was said to be away is late and not shown."""
        if self._camera is Camera.LIVE:
            self.picture.show_frame(image, outlines)
