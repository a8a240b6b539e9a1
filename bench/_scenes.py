"""Frames of a camera as they could be: a code held before it, near or far, tilted, moving, in bad light."""

from dataclasses import dataclass, replace

import numpy as np
import qrcode
from numpy.typing import NDArray

from station_app.scanning.opencv import cv2
from station_app.scanning.readings import Picture

WIDTH, HEIGHT = 1280, 720
QUIET_MODULES = 4
_ROOM_GREY = 110.0


@dataclass(frozen=True, slots=True)
class Scene:
    """What lies between a printed code and its picture.

    `module_px` is the width of a module seen straight on, `tilt` the angle in degrees that the card is turned away
    by (a perspective), `turn` the one within the picture; `blur_px` the lens's, as sigma; `motion_px` how far the card
    moves while the shutter is open; `noise` the sensor's, as sigma of 255 greys; `contrast` the part of black to
    white that is left; `glare` the part of the code's width that a bright spot covers.
    """

    module_px: float = 5.0
    tilt: float = 0.0
    turn: float = 4.0
    blur_px: float = 0.8
    motion_px: float = 0.0
    noise: float = 4.0
    contrast: float = 0.9
    glare: float = 0.0
    centre: tuple[float, float] = (WIDTH / 2, HEIGHT / 2)


EASY = Scene()


def code_modules(text: str) -> Picture:
    """The code as printed, one pixel a module, with its quiet zone: error correction M, as on a card."""
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, box_size=1, border=QUIET_MODULES)
    code.add_data(text)
    code.make()
    dark = np.array(code.get_matrix(), dtype=bool)
    return np.where(dark, 0, 255).astype(np.uint8)


def photographed(modules: Picture, scene: Scene, chance: np.random.Generator) -> Picture:
    """A frame in grey, `modules` in it as `scene` says."""
    printed = cv2.resize(modules, None, fx=8, fy=8, interpolation=cv2.INTER_NEAREST)
    corners = _corners(modules.shape[0] * scene.module_px, scene)
    side = printed.shape[0]
    flat = np.array([[0, 0], [side, 0], [side, side], [0, side]], dtype=np.float32)
    to_frame = cv2.getPerspectiveTransform(flat, corners)
    # A lens has no steps: drawn twice as large and made smaller, edges are as soft as the sensor makes them.
    doubled = np.diag([2.0, 2.0, 1.0]) @ to_frame
    size = (2 * WIDTH, 2 * HEIGHT)
    large = cv2.warpPerspective(printed, doubled, size, flags=cv2.INTER_LINEAR, borderValue=(_ROOM_GREY,))
    frame = cv2.resize(large, (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA).astype(np.float32)
    return _exposed(frame, corners, scene, chance)


def _corners(side_px: float, scene: Scene) -> NDArray[np.float32]:
    """Where the corners of a square of that side come to lie, from the top left one clockwise."""
    tilt, turn = np.deg2rad(scene.tilt), np.deg2rad(scene.turn)
    half = side_px / 2
    square = np.array([[-half, -half, 0], [half, -half, 0], [half, half, 0], [-half, half, 0]])
    away = np.array([[np.cos(tilt), 0, np.sin(tilt)], [0, 1, 0], [-np.sin(tilt), 0, np.cos(tilt)]])
    within = np.array([[np.cos(turn), -np.sin(turn), 0], [np.sin(turn), np.cos(turn), 0], [0, 0, 1]])
    turned = square @ away.T @ within.T
    distance = 4 * side_px
    seen = turned[:, :2] * (distance / (distance + turned[:, 2:3]))
    return np.asarray(seen + np.array(scene.centre), dtype=np.float32)


def _exposed(
    frame: NDArray[np.float32], corners: NDArray[np.float32], scene: Scene, chance: np.random.Generator
) -> Picture:
    frame = _ROOM_GREY + (frame - _ROOM_GREY) * scene.contrast
    if scene.glare > 0:
        frame = frame + _bright_spot(corners, scene.glare, chance)
    if scene.motion_px >= 1:
        length = round(scene.motion_px)
        frame = np.asarray(cv2.blur(frame, (length, 1)), dtype=np.float32)
    if scene.blur_px > 0:
        frame = np.asarray(cv2.GaussianBlur(frame, (0, 0), scene.blur_px), dtype=np.float32)
    noisy = frame + chance.normal(0, scene.noise, frame.shape)
    return np.clip(noisy, 0, 255).astype(np.uint8)


def _bright_spot(corners: NDArray[np.float32], part: float, chance: np.random.Generator) -> NDArray[np.float32]:
    """Light that a lamp throws on it: white in the middle, fading."""
    width = float(np.linalg.norm(corners[1] - corners[0]))
    at = corners.mean(axis=0) + chance.uniform(-width / 4, width / 4, 2)
    rows, columns = np.indices((HEIGHT, WIDTH), dtype=np.float32)
    distance = np.hypot(columns - at[0], rows - at[1]) / (width * part / 2)
    return np.asarray(255 * np.exp(-(distance**4)), dtype=np.float32)


def varied(scene: Scene, chance: np.random.Generator) -> Scene:
    """The same trouble at another moment: turned and placed a little differently."""
    x, y = chance.uniform(-40, 40, 2)
    return replace(scene, turn=float(chance.uniform(-12, 12)), centre=(WIDTH / 2 + x, HEIGHT / 2 + y))
