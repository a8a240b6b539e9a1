"""Photographs for members' records: upright, small, never enlarged."""

import numpy as np
import pytest

from station_app.flows.portrait import MOST_BYTES, portrait_jpeg
from station_app.scanning.opencv import cv2


def decoded(image):
    return cv2.imdecode(np.frombuffer(image, dtype=np.uint8), cv2.IMREAD_UNCHANGED)


def test_the_middle_is_cut_out_upright():
    picture = np.full((720, 1280, 3), 200, dtype=np.uint8)
    picture[:, 500:780] = (0, 0, 255)
    photo = decoded(portrait_jpeg(picture))
    assert photo.shape == (640, 480, 3)
    blue, _green, red = photo[320, 240]
    assert red > 200, "blue and red changed places"
    assert blue < 60, "blue and red changed places"
    assert photo[320, 10].min() > 150, "the edges of the picture are not in it"


def test_a_narrow_picture_is_cut_in_height_and_not_enlarged():
    photo = decoded(portrait_jpeg(np.full((400, 90), 128, dtype=np.uint8)))
    assert photo.shape[:2] == (120, 90)


def test_noise_fits_too():
    noise = np.random.default_rng(7).integers(0, 255, (1080, 1920, 3), dtype=np.uint8)
    assert len(portrait_jpeg(noise)) <= MOST_BYTES


def test_what_cannot_be_is_said():
    with pytest.raises(ValueError, match="too few"):
        portrait_jpeg(np.full((64, 64), 128, dtype=np.uint8), most_bytes=10)
