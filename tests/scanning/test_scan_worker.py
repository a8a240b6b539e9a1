"""The worker between a source and those who listen, with sources that behave like cameras and like files."""

from collections import deque
from collections.abc import Callable
from pathlib import Path
from queue import Queue
from threading import Event

import pytest

from station_app.scanning.backoff import Backoff
from station_app.scanning.decoder import Decoder
from station_app.scanning.deduplication import Deduplicator
from station_app.scanning.frame_reader import FrameReader
from station_app.scanning.frame_slot import FrameSlot
from station_app.scanning.opencv import cv2
from station_app.scanning.problems import ProblemCode, ScanningError
from station_app.scanning.readings import Picture
from station_app.scanning.scan_worker import ScanWorker, SeenFrame, SourceState, StateReport
from station_app.scanning.sources import Folder, Frame, FrameSource, ImageFile

CodePicture = Callable[..., Picture]
LONG_S = 30.0


class PluggedCamera:
    """A camera whose plug the test holds: it delivers what lies in `pictures`, and nothing while
    unplugged.
    """

    is_live = True
    name = "camera of the test"

    def __init__(self, plugged: list[bool], pictures: list[Picture]) -> None:
        self._plugged = deque(plugged)
        self._pictures = pictures
        self._left: list[Picture] = []
        self._at_ms = 0
        self.closings = 0

    def open(self) -> None:
        if not self._plugged or not self._plugged.popleft():
            raise ScanningError(ProblemCode.CAMERA_ABSENT, self.name)
        self._left = list(self._pictures)

    def read(self) -> Frame | None:
        self._at_ms += 33
        return Frame(self._left.pop(0), self.name, self._at_ms) if self._left else None

    def close(self) -> None:
        self.closings += 1


class LoadedVideo(PluggedCamera):
    """A file whose frames come faster than anyone decodes them."""

    is_live = False


class Listener:
    """Keeps what a worker tells, for the thread of the test."""

    def __init__(self) -> None:
        self.seen: Queue[SeenFrame] = Queue()
        self.states: Queue[StateReport] = Queue()

    def next_state(self) -> SourceState:
        return self.states.get(timeout=LONG_S).state

    def all_states(self) -> list[SourceState]:
        return [self.states.get().state for _ in range(self.states.qsize())]

    def texts(self) -> list[list[str]]:
        frames = [self.seen.get() for _ in range(self.seen.qsize())]
        return [[reading.text for reading in frame.fresh] for frame in frames]


def worker_on(source: FrameSource, listener: Listener) -> ScanWorker:
    return ScanWorker(
        source,
        FrameReader(Decoder()),
        listener.seen.put,
        listener.states.put,
        deduplicator=Deduplicator(quiet_s=3600),
        backoff=Backoff(first_s=0.001, most_s=0.002),
    )


def test_camera_is_unplugged_and_comes_back(code_picture: CodePicture) -> None:
    camera = PluggedCamera([False, True, False, False, True], [code_picture("210106000123")])
    listener = Listener()
    worker = worker_on(camera, listener)
    worker.start()
    states = [listener.next_state() for _ in range(8)]
    assert worker.stop(LONG_S)
    opening, live, lost = SourceState.OPENING, SourceState.LIVE, SourceState.LOST
    assert states == [opening, lost, live, lost, lost, lost, live, lost]
    assert listener.all_states()[-1] is SourceState.STOPPED
    assert camera.closings >= 2


def test_a_plain_code_counts_at_its_second_frame(code_picture: CodePicture) -> None:
    shown, empty = code_picture("210106000123"), code_picture()
    listener = Listener()
    worker = worker_on(LoadedVideo([True], [shown, empty, *[empty] * 40, shown, shown, shown]), listener)
    worker.start()
    assert worker.wait(LONG_S)
    assert [number for number, texts in enumerate(listener.texts()) if texts] == [43]


def test_a_code_that_is_read_a_little_later_is_told_with_the_first_the_biggest_before(
    code_picture: CodePicture,
) -> None:
    small = code_picture("210106000123", module_px=3)
    both = small.copy()
    both[360:] = code_picture("210106000456", module_px=6)[:360]
    listener = Listener()
    worker = worker_on(LoadedVideo([True], [*[small] * 5, *[both] * 5]), listener)
    worker.start()
    assert worker.wait(LONG_S)
    assert [texts for texts in listener.texts() if texts] == [["210106000123"], ["210106000456", "210106000123"]]


def test_hundred_plugs_leave_nothing_behind(code_picture: CodePicture) -> None:
    camera = PluggedCamera([True] * 100, [code_picture("210106000123")] * 2)
    listener = Listener()
    worker = worker_on(camera, listener)
    worker.start()
    live = 0
    while live < 100:
        live += listener.next_state() is SourceState.LIVE
    assert worker.stop(LONG_S)
    assert [text for texts in listener.texts() for text in texts] == ["210106000123"], (
        "a card in view is one scan, however often the camera goes"
    )


def test_folder_loses_no_frame_and_ends(tmp_path: Path, code_picture: CodePicture) -> None:
    for number in range(6):
        cv2.imwrite(str(tmp_path / f"{number}.png"), code_picture(f"member {number}", "label"))
    listener = Listener()
    worker = worker_on(Folder(tmp_path), listener)
    worker.start()
    assert worker.wait(LONG_S)
    assert listener.all_states() == [SourceState.OPENING, SourceState.LIVE, SourceState.ENDED]
    texts = listener.texts()
    assert len(texts) == 6
    assert sorted(texts[0]) == ["label", "member 0"], "both codes of a frame are offered"
    assert texts[1:] == [[f"member {number}"] for number in range(1, 6)]


def test_file_loses_no_frame_however_fast_it_gives_them(code_picture: CodePicture) -> None:
    listener = Listener()
    worker = worker_on(LoadedVideo([True], [code_picture("x")] * 12), listener)
    worker.start()
    assert worker.wait(LONG_S)
    assert len(listener.texts()) == 12
    assert worker.dropped_frames == 0


def test_file_that_is_no_image_ends_with_its_problem(tmp_path: Path) -> None:
    (tmp_path / "x.png").write_bytes(b"no picture")
    listener = Listener()
    worker = worker_on(ImageFile(tmp_path / "x.png"), listener)
    worker.start()
    assert worker.wait(LONG_S)
    assert listener.next_state() is SourceState.OPENING
    report = listener.states.get(timeout=LONG_S)
    assert report.state is SourceState.ENDED
    assert report.problem is not None
    assert report.problem.code is ProblemCode.NOT_AN_IMAGE


def test_failing_listener_does_not_end_the_worker(
    tmp_path: Path, code_picture: CodePicture, caplog: pytest.LogCaptureFixture
) -> None:
    for number in range(3):
        cv2.imwrite(str(tmp_path / f"{number}.png"), code_picture(f"member {number}"))
    calls: list[SeenFrame] = []

    def fail(frame: SeenFrame) -> None:
        calls.append(frame)
        raise RuntimeError("a listener's mistake")

    listener = Listener()
    worker = ScanWorker(Folder(tmp_path), FrameReader(Decoder()), fail, listener.states.put)
    worker.start()
    assert worker.wait(LONG_S)
    assert len(calls) == 3
    assert "member 1" not in caplog.text
    assert listener.all_states()[-1] is SourceState.ENDED


def test_stop_before_anything_was_started_and_twice(code_picture: CodePicture) -> None:
    worker = worker_on(PluggedCamera([True], [code_picture("x")]), Listener())
    assert worker.stop()
    assert worker.stop()


def test_slow_decoding_drops_old_frames_and_never_the_newest(code_picture: CodePicture) -> None:
    slot = FrameSlot()
    frames = [Frame(code_picture("x"), str(number)) for number in range(5)]
    for frame in frames:
        slot.put(frame)
    assert slot.take() is frames[-1]
    assert slot.dropped == 4
    slot.put(frames[0])
    slot.close()
    assert slot.take() is frames[0]
    assert slot.take() is None


def test_stop_ends_a_worker_that_waits_to_reconnect() -> None:
    listener = Listener()
    lost = Event()

    def tell(report: StateReport) -> None:
        if report.state is SourceState.LOST:
            lost.set()

    camera = PluggedCamera([], [])
    reader = FrameReader(Decoder())
    worker = ScanWorker(camera, reader, listener.seen.put, tell, backoff=Backoff(first_s=3600, most_s=3600))
    worker.start()
    assert lost.wait(LONG_S)
    assert worker.stop(LONG_S)
