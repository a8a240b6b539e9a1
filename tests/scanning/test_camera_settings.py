"""What is asked of a camera's driver. A stand-in answers as drivers do: here is no camera of a real one."""

import numpy as np
import pytest
from numpy.typing import NDArray

from station_app.scanning.camera import Camera
from station_app.scanning.camera_settings import (
    RESOLUTIONS,
    USUAL_RESOLUTION,
    CameraSettings,
    Resolution,
    TakenSettings,
    apply,
    exposed,
    focused,
    from_text,
    to_text,
)
from station_app.scanning.opencv import cv2
from station_app.scanning.readings import EngineName, Reading, Symbology, mirrored

SIZE = {cv2.CAP_PROP_FRAME_WIDTH: 640.0, cv2.CAP_PROP_FRAME_HEIGHT: 480.0}
DIALS = {
    cv2.CAP_PROP_AUTO_EXPOSURE: 3.0,
    cv2.CAP_PROP_EXPOSURE: 157.0,
    cv2.CAP_PROP_AUTOFOCUS: 1.0,
    cv2.CAP_PROP_FOCUS: 30.0,
}


class Driver:
    """Takes what it has a property for, within its bounds; `claims` says so of everything."""

    def __init__(self, has: dict[int, float], *, claims: bool = False, most: float = 2_000) -> None:
        self.has, self._claims, self._most = dict(has), claims, most
        self.asked: list[tuple[int, float]] = []

    def get(self, prop_id: int, /) -> float:
        return self.has.get(prop_id, -1.0)

    def set(self, prop_id: int, value: float, /) -> bool:
        self.asked.append((prop_id, value))
        if prop_id in self.has:
            self.has[prop_id] = min(value, self._most)
        return self._claims or prop_id in self.has


def test_a_camera_with_everything_is_set():
    driver = Driver(SIZE | DIALS)
    wanted = CameraSettings(Resolution(1920, 1080), exposure=300, focus=45)
    assert apply(wanted, driver) == TakenSettings(Resolution(1920, 1080), 300, 45)
    assert driver.has[cv2.CAP_PROP_AUTOFOCUS] == 0
    assert driver.has[cv2.CAP_PROP_AUTO_EXPOSURE] != DIALS[cv2.CAP_PROP_AUTO_EXPOSURE]


def test_what_is_automatic_is_so_again_after_it_was_asked_for():
    driver = Driver(SIZE | DIALS)
    before = apply(CameraSettings(exposure=300, focus=45), driver)
    assert (before.exposure, before.focus) == (300, 45)
    apply(CameraSettings(), driver)
    assert driver.has[cv2.CAP_PROP_AUTOFOCUS] == 1
    assert driver.asked[-1] == (cv2.CAP_PROP_AUTOFOCUS, 1)
    automatic = [value for asked, value in driver.asked if asked == cv2.CAP_PROP_AUTO_EXPOSURE]
    assert automatic[-1] != automatic[0], "automatic in the end, by hand before"


def test_what_a_driver_does_not_take_is_not_offered_nor_left_by_hand():
    driver = Driver(SIZE | {cv2.CAP_PROP_AUTO_EXPOSURE: 3.0})
    assert apply(CameraSettings(exposure=300, focus=45), driver) == TakenSettings(USUAL_RESOLUTION, None, None)
    assert driver.asked[-1] == (cv2.CAP_PROP_AUTOFOCUS, 1)


def test_a_driver_that_says_yes_to_everything_is_found_out():
    class Liar(Driver):
        def get(self, prop_id: int, /) -> float:
            self.has[cv2.CAP_PROP_EXPOSURE] = self.has.get(cv2.CAP_PROP_EXPOSURE, 0) + 7
            return super().get(prop_id)

    assert apply(CameraSettings(exposure=300), Liar(SIZE, claims=True)).exposure is None


def test_values_beyond_the_drivers_bounds_are_told_as_they_are():
    assert apply(CameraSettings(exposure=9_000), Driver(SIZE | DIALS)).exposure == 2_000


def test_a_resolution_that_it_has_not_is_told_and_one_that_it_gives_is_not_asked_for_again():
    fixed = Driver(SIZE | DIALS, most=640)
    assert apply(CameraSettings(), fixed).resolution == Resolution(640, 640)
    usual = Driver(
        {cv2.CAP_PROP_FRAME_WIDTH: USUAL_RESOLUTION.width_px, cv2.CAP_PROP_FRAME_HEIGHT: USUAL_RESOLUTION.height_px}
    )
    apply(CameraSettings(), usual)
    assert not {asked for asked, _ in usual.asked} & set(SIZE), "the stream would begin anew"


@pytest.mark.parametrize("value", [-13.0, -6.0, 0.0, 1.0, 2.0, 157.0, 5_000.0])
def test_a_step_of_exposure_always_goes_somewhere_but_below_the_least(value):
    assert exposed(value, longer=True) > value
    shorter = exposed(value, longer=False)
    assert shorter < value or value == shorter == 1
    assert focused(3, nearer=False) == 0
    assert focused(3, nearer=True) == 8


def test_settings_are_kept_and_read_again():
    for settings in (CameraSettings(), CameraSettings(RESOLUTIONS[1], -6.0, 35, is_mirrored=True)):
        assert from_text(to_text(settings)) == settings


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nonsense",
        "[]",
        "{}",
        '{"resolution": 7}',
        '{"resolution": {"width_px": 9, "height_px": 9}}',
        '{"resolution": {"width_px": 640, "height_px": 480}, "exposure": "bright"}',
        '{"resolution": {"width_px": 640, "height_px": 480}, "zoom": 2}',
    ],
)
def test_what_is_no_setting_gives_the_usual_ones(text):
    assert from_text(text) == CameraSettings()


def test_an_outline_is_turned_with_its_picture():
    reading = Reading("x", Symbology.QR, EngineName.ZXING, ((10, 20), (60, 20), (60, 70), (10, 70)))
    (turned,) = mirrored((reading,), 100)
    assert turned.outline == ((90, 70), (40, 70), (40, 20), (90, 20))
    assert mirrored((turned,), 100) == (reading,)


class Device(Driver):
    """A capture that gives pictures of the size it was set to."""

    def isOpened(self) -> bool:  # noqa: N802 - OpenCV's name
        return True

    def read(self) -> tuple[bool, NDArray[np.uint8]]:
        size = (int(self.has[cv2.CAP_PROP_FRAME_HEIGHT]), int(self.has[cv2.CAP_PROP_FRAME_WIDTH]), 3)
        return True, np.zeros(size, dtype=np.uint8)

    def release(self) -> None:
        """Nothing to let go of."""


def test_a_camera_is_set_before_its_first_picture_and_between_two(monkeypatch):
    device, heard = Device(SIZE | DIALS), []
    camera = Camera(0, CameraSettings(RESOLUTIONS[1]), heard.append)
    monkeypatch.setattr(camera, "_captured", lambda: device)
    for _ in range(2):
        camera.open()
        frame = camera.read()
        assert frame is not None
        assert frame.picture.shape == (1080, 1920, 3)
    assert heard == 2 * [TakenSettings(RESOLUTIONS[1], 157, 30)], "once after each opening"
    camera.adjust(CameraSettings(RESOLUTIONS[2], focus=35))
    for _ in range(3):
        frame = camera.read()
        assert frame is not None
        assert frame.picture.shape == (480, 640, 3)
    assert heard[2:] == [TakenSettings(RESOLUTIONS[2], 157, 35)], "once after each change"
