"""A photograph for the member's record, cut out of a camera's picture."""

import numpy as np

from station_app.scanning.opencv import cv2
from station_app.scanning.readings import Picture

MOST_BYTES = 60_000
"""A journal carries the photograph to the city and to every neighbour, over phone networks."""
_WIDTHS_PX = (480, 360, 240)
_QUALITIES = range(90, 40, -10)


def portrait_jpeg(picture: Picture, most_bytes: int = MOST_BYTES) -> bytes:
    """The middle of `picture` (grey, or blue, green, red), 3:4 upright, as JPEG of at most `most_bytes`.

    It is never enlarged. Raises ValueError where `most_bytes` is too little for a small picture of poor quality.
    """
    cut = _middle(picture)
    for width_px in _WIDTHS_PX:
        scaled = _scaled_down(cut, width_px)
        for quality in _QUALITIES:
            done, encoded = cv2.imencode(".jpg", scaled, (cv2.IMWRITE_JPEG_QUALITY, quality))
            if done and len(encoded) <= most_bytes:
                return encoded.tobytes()
    raise ValueError(f"{most_bytes} bytes are too few for a photograph")


def _middle(picture: Picture) -> Picture:
    height, width = picture.shape[:2]
    cut_width, cut_height = min(width, height * 3 // 4), min(height, width * 4 // 3)
    left, top = (width - cut_width) // 2, (height - cut_height) // 2
    return picture[top : top + cut_height, left : left + cut_width]


def _scaled_down(picture: Picture, width_px: int) -> Picture:
    if picture.shape[1] <= width_px:
        return picture
    smaller = cv2.resize(picture, (width_px, width_px * 4 // 3), interpolation=cv2.INTER_AREA)
    return np.asarray(smaller, dtype=np.uint8)
