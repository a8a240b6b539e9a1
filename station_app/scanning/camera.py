"""A camera by number, device path or network address, through OpenCV."""

import sys
from collections.abc import Callable
from time import monotonic_ns

from station_app.scanning.camera_settings import CameraSettings, TakenSettings, apply
from station_app.scanning.opencv import cv2
from station_app.scanning.problems import ProblemCode, ScanningError
from station_app.scanning.sources import Capturing, Frame

_NETWORK_TIMEOUT_MS = 5000


class Camera(Capturing):
    """`device`: a number (``0``), a device path (``/dev/video0``) or an address (``http://…``,
    ``rtsp://…``).
    """

    is_live = True

    def __init__(
        self,
        device: int | str = 0,
        settings: CameraSettings | None = None,
        on_taken: Callable[[TakenSettings], None] | None = None,
    ) -> None:
        """`on_taken` hears, on the thread that reads, what the driver made of the settings; never of a camera on
        the network, whose own pages set it."""
        is_number = isinstance(device, str) and device.isdecimal()
        self._device = int(device) if is_number else device
        self._wanted = settings or CameraSettings()
        self._applied: CameraSettings | None = None
        self._on_taken = on_taken

    def adjust(self, settings: CameraSettings) -> None:
        """Take pictures so from the next one on. Any thread may call."""
        self._wanted = settings

    @property
    def name(self) -> str:
        return str(self._device)

    def open(self) -> None:
        self.close()
        capture = self._captured()
        if not capture.isOpened():
            capture.release()
            raise ScanningError(ProblemCode.CAMERA_ABSENT, self.name)
        self._capture = capture
        self._applied = None

    def read(self) -> Frame | None:
        wanted = self._wanted
        if self._capture is not None and wanted is not self._applied and not self._is_remote:
            self._applied = wanted
            taken = apply(wanted, self._capture)
            if self._on_taken is not None:
                self._on_taken(taken)
        return super().read()

    @property
    def _is_remote(self) -> bool:
        return isinstance(self._device, str) and "://" in self._device

    def _at_ms(self, _capture: cv2.VideoCapture) -> int:
        return monotonic_ns() // 1_000_000

    def _captured(self) -> cv2.VideoCapture:
        if isinstance(self._device, str) and self._is_remote:
            limits = [cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, _NETWORK_TIMEOUT_MS]
            limits += [cv2.CAP_PROP_READ_TIMEOUT_MSEC, _NETWORK_TIMEOUT_MS]
            return cv2.VideoCapture(self._device, cv2.CAP_FFMPEG, limits)
        capture = cv2.VideoCapture(self._device, _local_backend())
        # MJPG first: over USB 2 the raw formats do not reach 30 frames a second at this size.
        capture.set(cv2.CAP_PROP_FOURCC, float(cv2.VideoWriter.fourcc(*"MJPG")))
        capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)
        return capture


def _local_backend() -> int:
    if sys.platform == "win32":
        return cv2.CAP_DSHOW
    return cv2.CAP_V4L2 if sys.platform == "linux" else cv2.CAP_ANY
