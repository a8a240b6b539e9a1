"""A camera that plays frames made beforehand, at their pace: what nobody takes in time is dropped by the worker."""

from collections.abc import Sequence
from threading import Event
from time import monotonic

from station_app.scanning.problems import ProblemCode, ScanningError
from station_app.scanning.readings import Picture
from station_app.scanning.sources import Frame


class PacedCamera:
    """Plays `pictures` at `frames_a_second`, over and over, and is pulled out after `frames_a_plug` of them.

    After its last plug it is there no more. A frame's origin is its number since the start.
    """

    is_live = True
    name = "played"

    def __init__(
        self, pictures: Sequence[Picture], frames_a_second: float, frames_a_plug: int | None = None, plugs: int = 1
    ) -> None:
        self._pictures, self._pause_s = pictures, 1 / frames_a_second
        self._frames_a_plug = len(pictures) if frames_a_plug is None else frames_a_plug
        self._plugs_left, self._left = plugs, 0
        self._number, self._next_s = 0, 0.0
        self.unplugged_for_good = Event()
        self.times_opened = 0

    def open(self) -> None:
        if not self._plugs_left:
            self.unplugged_for_good.set()
            raise ScanningError(ProblemCode.CAMERA_ABSENT, self.name)
        self._plugs_left -= 1
        self.times_opened += 1
        self._left, self._next_s = self._frames_a_plug, monotonic()

    def read(self) -> Frame | None:
        if not self._left:
            return None
        self._left -= 1
        self._wait()
        picture = self._pictures[self._number % len(self._pictures)]
        frame = Frame(picture, str(self._number), round(self._number * self._pause_s * 1000))
        self._number += 1
        return frame

    def close(self) -> None:
        self._left = 0

    def _wait(self) -> None:
        self._next_s += self._pause_s
        Event().wait(max(0.0, self._next_s - monotonic()))
