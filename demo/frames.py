"""What a kiosk's camera would see: a card held up before a room, moving, a little blurred and noisy."""

import math
from pathlib import Path

import numpy as np
import pypdfium2

from station_app.scanning.opencv import cv2
from station_app.scanning.readings import Picture

WIDTH, HEIGHT = 1280, 720
FRAMES_A_SECOND = 15
CARD_WIDTH = 620
_ROOM_DARK, _ROOM_LIGHT = 70.0, 150.0


def picture_of_pdf(pdf: Path, dots_per_inch: int = 300) -> Picture:
    """The first page as blue, green, red."""
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0].render(scale=dots_per_inch / 72).to_numpy()
    return np.ascontiguousarray(page[:, :, :3])


def card_video(cards: list[Picture], file: Path, seconds_a_card: float = 2.0) -> Path:
    """An MJPG video in which each of `cards` is held up in turn, with a moment of empty room before each."""
    writer = cv2.VideoWriter(str(file), cv2.VideoWriter.fourcc(*"MJPG"), FRAMES_A_SECOND, (WIDTH, HEIGHT))
    if not writer.isOpened():
        raise OSError(f"cannot write {file}")
    try:
        for card in cards:
            for step in range(int(FRAMES_A_SECOND * (seconds_a_card + 1))):
                writer.write(frame(card if step >= FRAMES_A_SECOND else None, step))
    finally:
        writer.release()
    return file


def frame(card: Picture | None, step: int) -> Picture:
    """One frame: the room, and `card` in it where there is one."""
    picture = _room()
    if card is not None:
        _hold_up(picture, card, step)
    blurred = cv2.GaussianBlur(picture, (0, 0), 0.8)
    noise = np.random.default_rng(step).normal(0, 4, picture.shape)
    return np.clip(blurred + noise, 0, 255).astype(np.uint8)


def _room() -> Picture:
    column = np.linspace(_ROOM_LIGHT, _ROOM_DARK, HEIGHT, dtype=np.float32)[:, None, None]
    return np.broadcast_to(column, (HEIGHT, WIDTH, 3)).astype(np.uint8).copy()


def _hold_up(picture: Picture, card: Picture, step: int) -> None:
    """`card` with a little tilt and sway, drawn into `picture`."""
    scale = CARD_WIDTH / card.shape[1]
    x, y = WIDTH / 2 + 30 * math.sin(step / 4), HEIGHT / 2 + 18 * math.cos(step / 5)
    turn = cv2.getRotationMatrix2D((card.shape[1] / 2, card.shape[0] / 2), 4 * math.sin(step / 6), scale)
    turn[:, 2] += (x - card.shape[1] / 2, y - card.shape[0] / 2)
    moved = cv2.warpAffine(card, turn, (WIDTH, HEIGHT), flags=cv2.INTER_AREA, borderValue=(0, 0, 0))
    where = cv2.warpAffine(np.full(card.shape[:2], 255, np.uint8), turn, (WIDTH, HEIGHT), flags=cv2.INTER_NEAREST)
    picture[where > 0] = moved[where > 0]
