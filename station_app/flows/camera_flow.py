"""From the scanner's threads and the USB scanners to the counter."""

import numpy as np
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from station_app.scanning.camera import Camera
from station_app.scanning.camera_settings import CameraSettings
from station_app.scanning.hints import Hint
from station_app.scanning.readings import ONLY_QR, Outline, Picture, Reading, Symbology, mirrored
from station_app.scanning.scan_worker import ScanWorker, SeenFrame, SourceState, StateReport
from station_app.scanning.sources import FrameSource
from station_app.workers.tasks import TaskRunner


class CameraFlow(QObject):
    """Runs the camera's worker and shows what it sees. A frame that the window has no time for is dropped."""

    seen = Signal(object, object)
    """A QImage, and the outlines of the codes in it."""
    read = Signal(object, object)
    """Newly read codes, a tuple of Reading with the biggest first, and the picture (a QImage) that they lie in."""
    state_changed = Signal(object)
    """A StateReport."""
    hinted = Signal(object)
    """What to tell people while no code is read: a Hint, or None."""

    def __init__(self, tasks: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._worker: ScanWorker | None = None
        self._wanted: FrameSource | None = None
        self._showing = False
        self._hint: Hint | None = None
        self.last_picture: Picture | None = None
        """The newest picture that was shown: what a photograph is taken from."""
        self.state = SourceState.STOPPED
        self.symbologies: frozenset[Symbology] = ONLY_QR
        """The kinds of code that are read; what is started next reads them."""
        self.is_mirrored = False
        """Whether pictures are shown as in a mirror, outlines with them. What is read and photographed is not."""

    def start(self, source: FrameSource) -> None:
        """Read from `source` instead of whatever was read before.

        A camera may take seconds to let go: its end is waited for in the background.
        """
        worker, self._worker, self._wanted = self._worker, None, source
        if worker is None:
            self._begin(source)
        else:
            self._tasks.in_background(worker.stop, lambda _: self._begin(source))

    def _begin(self, source: FrameSource) -> None:
        """Unless another source was asked for while the last one came to its end."""
        from station_app.scanning.decoder import Decoder
        from station_app.scanning.frame_reader import FrameReader

        if source is not self._wanted or self._worker is not None:
            return
        self._worker = ScanWorker(
            source, FrameReader(Decoder(self.symbologies)), self._on_seen, lambda report: self._on_state(source, report)
        )
        self._worker.start()

    def stop(self) -> None:
        self._wanted = None
        self.state = SourceState.STOPPED
        worker, self._worker = self._worker, None
        if worker is not None:
            worker.stop()

    def _on_seen(self, seen: SeenFrame) -> None:
        """On the worker's thread."""
        if seen.fresh:
            self._tasks.on_window(lambda: self._tell(seen.frame.picture, seen.fresh))
        if seen.hint is not self._hint:
            self._hint = seen.hint
            self._tasks.on_window(lambda: self.hinted.emit(seen.hint))
        if not self._showing:
            self._showing = True
            self._tasks.on_window(lambda: self._show(seen.frame.picture, seen.in_view))

    def adjust(self, settings: CameraSettings) -> None:
        """Let the camera that is looked through, if it is one, take pictures so."""
        self.is_mirrored = settings.is_mirrored
        if isinstance(self._wanted, Camera):
            self._wanted.adjust(settings)

    def _tell(self, picture: Picture, fresh: tuple[Reading, ...]) -> None:
        self.read.emit(*self._as_shown(picture, fresh))

    def _show(self, picture: Picture, in_view: tuple[Reading, ...]) -> None:
        self._showing = False
        self.last_picture = picture
        shown, image = self._as_shown(picture, in_view)
        outlines: tuple[Outline, ...] = tuple(reading.outline for reading in shown if reading.outline)
        self.seen.emit(image, outlines)

    def _as_shown(self, picture: Picture, readings: tuple[Reading, ...]) -> tuple[tuple[Reading, ...], QImage]:
        if not self.is_mirrored:
            return readings, image_of(picture)
        return mirrored(readings, picture.shape[1]), image_of(np.fliplr(picture))

    def _on_state(self, source: FrameSource, report: StateReport) -> None:
        """On the worker's thread."""
        self._tasks.on_window(lambda: self._change_state(source, report))

    def _change_state(self, source: FrameSource, report: StateReport) -> None:
        """What a source says that is on its way out concerns nobody any more."""
        if source is not self._wanted:
            return
        self.state = report.state
        self.state_changed.emit(report)


def image_of(picture: Picture) -> QImage:
    """`picture` (grey, or blue, green, red) as Qt has pictures."""
    pixels = np.ascontiguousarray(picture)
    height, width = pixels.shape[:2]
    form = QImage.Format.Format_Grayscale8 if pixels.ndim == 2 else QImage.Format.Format_BGR888
    return QImage(pixels.data, width, height, pixels.strides[0], form).copy()
