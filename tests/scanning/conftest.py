"""Codes made on the spot, and windows that need no display."""

import os
from collections.abc import Callable

import numpy as np
import pytest
import qrcode

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from station_app.scanning.readings import Picture

CodePicture = Callable[..., Picture]


@pytest.fixture(scope="session")
def code_picture() -> CodePicture:
    """Makes a picture of 1280 × 720 (blue, green, red) with one code for each text, side by side on grey."""

    def make(*contents: str | bytes, module_px: int = 5) -> Picture:
        canvas = np.full((720, 1280, 3), 170, dtype=np.uint8)
        left = 40
        for content in contents:
            code = qrcode.QRCode(box_size=module_px, border=4)
            code.add_data(content, optimize=0)
            pixels = np.array(code.make_image().convert("L"), dtype=np.uint8)
            height, width = pixels.shape
            canvas[60 : 60 + height, left : left + width] = pixels[:, :, None]
            left += width + 60
        return canvas

    return make
