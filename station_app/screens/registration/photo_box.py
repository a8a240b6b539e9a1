"""The optional photo: looking through the camera, taking a picture, taking it again."""

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QFrame, QWidget

from station_app.screens.registration.state import Photo, PhotoStage
from station_app.texts import Speaker
from station_app.theme import Role, px, set_role
from station_app.widgets.plain import button, column, label, row

_WIDTH_PX, _HEIGHT_PX = 152, 200


def portrait(image: QImage, size: QSize) -> QPixmap:
    """The middle of `image`, filling `size`."""
    filled = image.scaled(
        size, Qt.AspectRatioMode.KeepAspectRatioByExpanding, Qt.TransformationMode.SmoothTransformation
    )
    middle = QRect(0, 0, size.width(), size.height())
    middle.moveCenter(filled.rect().center())
    return QPixmap.fromImage(filled.copy(middle))


class PhotoBox(QFrame):
    """Asks for the camera and shows what it is given: live frames by `show_frame`, the taken picture by the state."""

    preview_wanted = Signal()
    take_wanted = Signal()
    retake_wanted = Signal()
    remove_wanted = Signal()

    def __init__(self, speaker: Speaker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, Role.CARD)
        self._speaker = speaker
        self._photo = Photo()
        self._title = label(Role.BODY)
        self.picture = label(Role.PANEL, wrap=True)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.setFixedSize(px(_WIDTH_PX), px(_HEIGHT_PX))
        self.start = button(Role.SECONDARY, "camera")
        self.take = button(Role.PRIMARY, "camera", "on-strong")
        self.again = button(Role.SECONDARY, "undo")
        self.remove = button(Role.QUIET)
        buttons = (self.start, self.take, self.again, self.remove)
        picture = row([None, self.picture, None])
        self.setLayout(column([self._title, picture, *buttons, None], margins=(16, 16, 16, 16)))
        self.start.clicked.connect(self.preview_wanted)
        self.take.clicked.connect(self.take_wanted)
        self.again.clicked.connect(self.retake_wanted)
        self.remove.clicked.connect(self.remove_wanted)

    def show_photo(self, photo: Photo) -> None:
        say, stage, before = self._speaker.say, photo.stage, self._photo
        self._photo = photo
        self._title.setText(say("registration.photo.title"))
        for each, key in ((self.start, "start"), (self.take, "take"), (self.again, "again"), (self.remove, "remove")):
            each.setText(say(f"registration.photo.{key}"))
        self.start.setVisible(stage in (PhotoStage.NONE, PhotoStage.NO_CAMERA))
        self.take.setVisible(stage is PhotoStage.LIVE)
        self.again.setVisible(stage is PhotoStage.TAKEN)
        self.remove.setVisible(stage in (PhotoStage.LIVE, PhotoStage.TAKEN))
        if stage is PhotoStage.TAKEN:
            self.picture.setPixmap(portrait(QImage.fromData(photo.image), self.picture.size()))
        elif stage is not PhotoStage.LIVE:
            self.picture.setText(say(f"registration.photo.{stage.value}"))
        elif before.stage is not PhotoStage.LIVE:
            self.picture.clear()

    def show_frame(self, frame: QImage) -> None:
        """One live frame; frames that arrive after the picture was taken are passed over."""
        if self._photo.stage is PhotoStage.LIVE:
            self.picture.setPixmap(portrait(frame, self.picture.size()))
