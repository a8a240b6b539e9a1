"""Pictures from files, whatever their names and whichever way up they were taken."""

from pathlib import Path

import numpy as np

from station_app.scanning.opencv import cv2
from station_app.scanning.problems import ProblemCode, ScanningError
from station_app.scanning.readings import Picture

PICTURE_SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".webp", ".bmp", ".gif", ".tif", ".tiff", ".ppm", ".pgm"})


def load_picture(path: Path) -> Picture:
    """The picture in `path` as blue, green, red, turned upright as its EXIF orientation says.

    The file is read by Python and decoded from memory, because OpenCV's own opening fails on Chinese paths on
    Windows. Raises ScanningError: FILE_MISSING where nothing can be read there, NOT_AN_IMAGE where it is
    not a picture.
    """
    try:
        content = np.fromfile(path, dtype=np.uint8)
    except OSError as error:
        raise ScanningError(ProblemCode.FILE_MISSING, str(path)) from error
    picture = _decoded(content)
    if picture is None:
        raise ScanningError(ProblemCode.NOT_AN_IMAGE, str(path))
    return picture


def _decoded(content: Picture) -> Picture | None:
    if content.size == 0:
        return None
    try:
        picture = cv2.imdecode(content, cv2.IMREAD_COLOR)
    except cv2.error:  # beyond OpenCV's bounds of size, or damaged in a way that it does not answer with None
        return None
    return None if picture is None else np.asarray(picture, dtype=np.uint8)


def in_grey(picture: Picture) -> Picture:
    """`picture` in one channel, without a copy where it has one already. A fourth channel (transparency) is
    left out.
    """
    if picture.ndim == 2:
        return np.ascontiguousarray(picture)
    if picture.shape[2] == 1:
        return np.ascontiguousarray(picture[:, :, 0])
    code = cv2.COLOR_BGRA2GRAY if picture.shape[2] == 4 else cv2.COLOR_BGR2GRAY
    return np.asarray(cv2.cvtColor(picture, code), dtype=np.uint8)
