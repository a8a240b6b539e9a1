"""Where frames come from. A camera may go and come back; files end."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np

from station_app.scanning.opencv import cv2
from station_app.scanning.pictures import PICTURE_SUFFIXES, load_picture
from station_app.scanning.problems import ProblemCode, ScanningError
from station_app.scanning.readings import Picture

VIDEO_SUFFIXES = frozenset({".avi", ".mp4", ".mkv", ".webm", ".mov", ".m4v", ".mjpg", ".mjpeg"})


@dataclass(frozen=True, slots=True)
class Frame:
    """One picture (blue, green, red) and where it came from: a file's path or a camera's name.

    `at_ms` is when it was taken, on a clock of the source; None for a still picture.
    """

    picture: Picture
    origin: str
    at_ms: int | None = None


class FrameSource(Protocol):
    """Gives frames from `open` to `close`, to one thread at a time. It can be opened again after closing."""

    @property
    def name(self) -> str:
        """What people call it: a file's name, a camera's number or address."""

    @property
    def is_live(self) -> bool:
        """True for a camera: frames that nobody took are stale, and an end is an interruption."""

    def open(self) -> None:
        """Raises ScanningError where there is nothing to open."""

    def read(self) -> Frame | None:
        """The next frame; None where there is none any more (a live source was lost, another has ended)."""

    def close(self) -> None:
        """Lets go of it; closing twice is nothing."""


class ImageFile:
    """One still picture."""

    is_live = False

    def __init__(self, path: Path) -> None:
        self._path = path
        self._frame: Frame | None = None

    @property
    def name(self) -> str:
        return str(self._path)

    def open(self) -> None:
        self._frame = Frame(load_picture(self._path), str(self._path))

    def read(self) -> Frame | None:
        frame, self._frame = self._frame, None
        return frame

    def close(self) -> None:
        self._frame = None


class Folder:
    """The pictures of a folder and those below it, by name. Files that are no picture are passed over and
    kept in `problems`.
    """

    is_live = False

    def __init__(self, path: Path) -> None:
        self._path = path
        self._files: Iterator[Path] = iter(())
        self.problems: list[ScanningError] = []

    @property
    def name(self) -> str:
        return str(self._path)

    def open(self) -> None:
        if not self._path.is_dir():
            raise ScanningError(ProblemCode.FILE_MISSING, self.name)
        files = sorted(file for file in self._path.rglob("*") if file.suffix.lower() in PICTURE_SUFFIXES)
        if not files:
            raise ScanningError(ProblemCode.FOLDER_EMPTY, self.name)
        self._files = iter(files)
        self.problems = []

    def read(self) -> Frame | None:
        for file in self._files:
            try:
                return Frame(load_picture(file), str(file))
            except ScanningError as problem:
                self.problems.append(problem)
        return None

    def close(self) -> None:
        self._files = iter(())


class Capturing:
    """What a source has that reads through OpenCV's capture: open it, and it gives pictures until it is closed."""

    _capture: cv2.VideoCapture | None = None

    @property
    def name(self) -> str:
        raise NotImplementedError

    def read(self) -> Frame | None:
        if self._capture is None:
            return None
        picture = next_picture(self._capture)
        return None if picture is None else Frame(picture, self.name, self._at_ms(self._capture))

    def _at_ms(self, capture: cv2.VideoCapture) -> int:
        """When the picture that was just read was taken."""
        raise NotImplementedError

    def close(self) -> None:
        if self._capture is not None:
            self._capture.release()
            self._capture = None


class VideoFile(Capturing):
    """The frames of a video, every one of them, in order."""

    is_live = False

    def __init__(self, path: Path) -> None:
        self._path = path

    @property
    def name(self) -> str:
        return str(self._path)

    def open(self) -> None:
        if not self._path.is_file():
            raise ScanningError(ProblemCode.FILE_MISSING, self.name)
        capture = cv2.VideoCapture(str(self._path))
        if not capture.isOpened():
            capture.release()
            raise ScanningError(ProblemCode.NOT_A_VIDEO, self.name)
        self._capture = capture

    def _at_ms(self, capture: cv2.VideoCapture) -> int:
        """Where it stands in the video, however fast that is read."""
        return round(capture.get(cv2.CAP_PROP_POS_MSEC))


def next_picture(capture: cv2.VideoCapture) -> Picture | None:
    """The next picture of an open capture; None at its end, after an unplugging, or where it is damaged."""
    try:
        there, picture = capture.read()
    except cv2.error:
        return None
    return np.asarray(picture, dtype=np.uint8) if there else None


def source_of(path: Path) -> FrameSource:
    """The source that fits a path: a folder, a video by its suffix, or else a picture (which says so if it is
    none).
    """
    if path.is_dir():
        return Folder(path)
    return VideoFile(path) if path.suffix.lower() in VIDEO_SUFFIXES else ImageFile(path)


def frames_of(source: FrameSource) -> Iterator[Frame]:
    """All frames of a source that ends, opened before the first and closed after the last. Raises what its
    `open` raises.
    """
    with closing(source):
        source.open()
        while (frame := source.read()) is not None:
            yield frame
