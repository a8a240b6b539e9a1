"""The one place between the thread that captures and the thread that decodes."""

from threading import Condition

from station_app.scanning.sources import Frame


class FrameSlot:
    """Holds at most one frame: the newest. Memory cannot grow, and what is decoded is never stale.

    Both threads may block in it; `close` wakes them for good.
    """

    def __init__(self) -> None:
        self._changed = Condition()
        self._frame: Frame | None = None
        self._closed = False
        self._dropped = 0

    @property
    def dropped(self) -> int:
        """How many frames were overwritten before anyone took them."""
        with self._changed:
            return self._dropped

    def put(self, frame: Frame) -> None:
        """Puts the newest frame in, over an older one that nobody took."""
        with self._changed:
            self._dropped += self._frame is not None
            self._frame = frame
            self._changed.notify_all()

    def put_when_free(self, frame: Frame) -> None:
        """Waits until the frame before was taken: files lose none."""
        with self._changed:
            self._changed.wait_for(lambda: self._frame is None or self._closed)
            if not self._closed:
                self._frame = frame
                self._changed.notify_all()

    def take(self) -> Frame | None:
        """Waits for a frame and takes it; None once the slot is closed and empty."""
        with self._changed:
            self._changed.wait_for(lambda: self._frame is not None or self._closed)
            frame, self._frame = self._frame, None
            self._changed.notify_all()
            return frame

    def close(self) -> None:
        """No frame comes any more; one that still lies here can be taken."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
