"""The long-lived worker between a source of frames and those who want to know what it shows."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from threading import Event, Thread

from station_app.scanning.backoff import Backoff
from station_app.scanning.deduplication import Deduplicator
from station_app.scanning.frame_reader import FrameReader
from station_app.scanning.frame_slot import FrameSlot
from station_app.scanning.hints import Hint, LastingHint, hint_of
from station_app.scanning.pictures import in_grey
from station_app.scanning.problems import ScanningError
from station_app.scanning.readings import Reading
from station_app.scanning.several import Together
from station_app.scanning.sources import Frame, FrameSource
from station_app.scanning.steadiness import Steadiness

_log = logging.getLogger(__name__)


class SourceState(StrEnum):
    """How it is with the source; each value is a key below ``scanning.state`` in the texts."""

    OPENING = "opening"
    LIVE = "live"
    LOST = "lost"
    """Unplugged, or not there yet: tried again and again, with growing pauses."""
    ENDED = "ended"
    """A file has no more frames, or cannot be read: see the report's problem."""
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class StateReport:
    """A change of state, and the problem behind it where there is one."""

    state: SourceState
    source: str
    problem: ScanningError | None = None


@dataclass(frozen=True, slots=True)
class SeenFrame:
    """A frame that was looked at: every code in view (for outlines), those that count as newly scanned, the
    biggest first (`several`), and what to tell people while there is none.
    """

    frame: Frame
    in_view: tuple[Reading, ...]
    fresh: tuple[Reading, ...]
    hint: Hint | None = None


class ScanWorker:
    """Reads codes from one source for as long as it runs, in two threads: one captures, one decodes.

    - Wakes: the capture thread with each frame of the source; the decoding thread when a frame lies in the
      slot between them.
    - Stops: by `stop`, which waits for both threads; by itself when a file ends. It is not started again.
    - Drops: of a live source, older frames that were not decoded when a newer one came, never the newest; of
      files, nothing.
    - Loses its source: says LOST and tries to open it again after pauses of the `backoff`, without end.

    `on_seen` and `on_state` are called in the worker's threads (bring the values to another with a queue or a
    Qt signal), and must return soon; they do not call `stop` or `wait`. What they raise is logged and ends
    nothing.
    """

    def __init__(
        self,
        source: FrameSource,
        reader: FrameReader,
        on_seen: Callable[[SeenFrame], None],
        on_state: Callable[[StateReport], None],
        *,
        deduplicator: Deduplicator | None = None,
        backoff: Backoff | None = None,
    ) -> None:
        self._source = source
        self._reader = reader
        self._on_seen = on_seen
        self._on_state = on_state
        self._deduplicator = deduplicator or Deduplicator()
        self._backoff = backoff or Backoff()
        self._steadiness = Steadiness()
        self._together = Together()
        self._hint = LastingHint()
        self._slot = FrameSlot()
        self._stopping = Event()
        self._decoding = Thread(target=self._decode, name="scan-decode", daemon=True)
        self._capturing = Thread(target=self._capture, name="scan-capture", daemon=True)

    @property
    def dropped_frames(self) -> int:
        """How many frames were overtaken by newer ones."""
        return self._slot.dropped

    def start(self) -> None:
        """Starts both threads; once."""
        self._decoding.start()  # first: capturing waits for its end
        self._capturing.start()

    def stop(self, timeout_s: float = 15.0) -> bool:
        """Asks both threads to end and waits; False where a driver holds one longer (it ends with the program
        then).
        """
        self._stopping.set()
        self._slot.close()
        return self.wait(timeout_s)

    def wait(self, timeout_s: float | None = None) -> bool:
        """Waits until both threads have ended, each for `timeout_s` at most. True where they have."""
        threads = [thread for thread in (self._decoding, self._capturing) if thread.ident is not None]
        for thread in threads:
            thread.join(timeout_s)
        return not any(thread.is_alive() for thread in threads)

    def _capture(self) -> None:
        try:
            problem = self._run_source()
        finally:
            self._source.close()
            self._slot.close()
        self._decoding.join()  # what was captured is decoded before the end is told
        state = SourceState.STOPPED if self._stopping.is_set() else SourceState.ENDED
        self._tell(state, problem)

    def _run_source(self) -> ScanningError | None:
        """Opens and reads until stopped or, with a file, until its end. Returns what made a file
        unreadable.
        """
        self._tell(SourceState.OPENING)
        while not self._stopping.is_set():
            problem = self._read_to_the_end()
            if not self._source.is_live:
                return problem
            if not self._stopping.is_set():
                self._tell(SourceState.LOST, problem)
                self._stopping.wait(self._backoff.next_s())
        return None

    def _read_to_the_end(self) -> ScanningError | None:
        try:
            self._source.open()
        except ScanningError as problem:
            return problem
        put = self._slot.put if self._source.is_live else self._slot.put_when_free
        is_first = True
        while not self._stopping.is_set() and (frame := self._source.read()) is not None:
            # A camera counts as back with its first picture: drivers open devices that give none.
            if is_first:
                self._tell(SourceState.LIVE)
                self._backoff.reset()
                is_first = False
            put(frame)
        self._source.close()
        return None

    def _decode(self) -> None:
        while (frame := self._slot.take()) is not None and not self._stopping.is_set():
            try:
                self._look_at(frame)
            except Exception:
                # One frame's failure is our mistake, and the next person's card is read all the same.
                _log.exception("a frame could not be looked at")

    def _look_at(self, frame: Frame) -> None:
        in_view = self._reader.read(frame.picture)
        steady = self._steadiness.steady(in_view, frame.at_ms)
        fresh = self._together.told(self._deduplicator.fresh(steady), in_view, frame.at_ms)
        self._on_seen(SeenFrame(frame, in_view, fresh, self._hint_for(frame, in_view)))

    def _hint_for(self, frame: Frame, in_view: tuple[Reading, ...]) -> Hint | None:
        if frame.at_ms is None:
            return None
        hint = None if in_view else hint_of(in_grey(frame.picture), self._reader.unread)
        return self._hint.settle(hint, frame.at_ms)

    def _tell(self, state: SourceState, problem: ScanningError | None = None) -> None:
        try:
            self._on_state(StateReport(state, self._source.name, problem))
        except Exception:
            _log.exception("whoever was told of the source's state failed")
