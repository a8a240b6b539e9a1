"""Frames of a kiosk's camera, 1280 × 720 in grey: rooms without a code, and a card held up well.

Those without a code are the photographs of a folder in which nothing is to be read, and scenes drawn here that are
full of edges and stripes, as a code is. A reader of frames takes each of them several times, as a camera does.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import qrcode

from station_app.scanning.opencv import cv2
from station_app.scanning.pictures import in_grey, load_picture
from station_app.scanning.readings import Picture
from station_core.credential.card import CardClaims, issue
from station_core.ids import CardId, MemberNo, UnionCode
from station_core.keys import SigningKey, key_id

WITHOUT, EASY = "frames without a code", "frames with an easy one"
WIDTH, HEIGHT = 1280, 720
EASY_MODULE_PX = 5
_CARD_TILTS = (-8, -4, 0, 3, 7)


def card_text() -> str:
    """A card of this product, signed, of an invented member."""
    key = SigningKey(bytes([3]) * 32)
    claims = CardClaims(
        card_id=CardId(bytes(range(8))),
        member_no=MemberNo("SY00001234"),
        name="古丽米热·买买提",
        union_code=UnionCode("tx-210106"),
        issued_on=date(2026, 11, 24),
        expires_on=date(2029, 11, 23),
        issuer=key_id(key.public),
    )
    return issue(claims, key)


def frames_without_code(photos: Path, entries: list[dict[str, Any]]) -> Iterator[Picture]:
    """The drawn scenes, then the photographs in which nothing is to be read."""
    yield from _drawn_scenes()
    for entry in entries:
        if not entry["texts"]:
            yield _as_frame(in_grey(load_picture(photos / entry["file"])))


def easy_frames() -> Iterator[Picture]:
    """The card of `card_text` held up near and almost upright, before each of the drawn scenes."""
    card = _code_picture(card_text(), EASY_MODULE_PX)
    for scene in _drawn_scenes():
        for degrees in _CARD_TILTS:
            yield _held_up(scene, card, degrees)


def _drawn_scenes() -> Iterator[Picture]:
    chance = np.random.default_rng(20_261_124)
    down = np.linspace(150, 70, HEIGHT, dtype=np.float32)[:, None]
    room = np.broadcast_to(down, (HEIGHT, WIDTH)).astype(np.uint8).copy()
    yield room
    yield np.clip(room + chance.normal(0, 12, room.shape), 0, 255).astype(np.uint8)
    yield _shelves(room.copy(), chance)
    yield _page_of_text(room.copy())
    yield _checked_cloth(room.copy())


def _shelves(room: Picture, chance: np.random.Generator) -> Picture:
    """Parcels: rectangles of every grey, edge to edge."""
    for left in range(0, WIDTH, 80):
        for top in range(0, HEIGHT, 60):
            shade = int(chance.integers(20, 235))
            cv2.rectangle(room, (left, top), (left + 74, top + 54), (shade,), -1)
    return room


def _page_of_text(room: Picture) -> Picture:
    cv2.rectangle(room, (200, 40), (1080, 700), (240,), -1)
    for line in range(18):
        cv2.putText(room, f"{line:02} Please show your card here", (230, 80 + 34 * line), 0, 0.9, (30,), 2)
    return room


def _checked_cloth(room: Picture) -> Picture:
    rows, columns = np.indices((500, 500)) // 12
    room[100:600, 400:900] = np.where((rows + columns) % 2, 225, 40)
    return room


def _as_frame(grey: Picture) -> Picture:
    """`grey` as large as a frame holds it, on black."""
    factor = min(WIDTH / grey.shape[1], HEIGHT / grey.shape[0])
    size = (round(grey.shape[1] * factor), round(grey.shape[0] * factor))
    frame = np.zeros((HEIGHT, WIDTH), np.uint8)
    frame[: size[1], : size[0]] = cv2.resize(grey, size, interpolation=cv2.INTER_AREA)
    return frame


def _code_picture(text: str, module_px: int) -> Picture:
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, box_size=module_px, border=4)
    code.add_data(text)
    return np.array(code.make_image().convert("L"), dtype=np.uint8)


def _held_up(scene: Picture, card: Picture, degrees: float) -> Picture:
    height, width = card.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    turn[:, 2] += (WIDTH / 2 - width / 2, HEIGHT / 2 - height / 2)
    moved = cv2.warpAffine(card, turn, (WIDTH, HEIGHT), flags=cv2.INTER_LINEAR)
    where = cv2.warpAffine(np.full(card.shape, 255, np.uint8), turn, (WIDTH, HEIGHT), flags=cv2.INTER_NEAREST)
    frame = np.where(where > 0, moved, scene)
    return np.asarray(cv2.GaussianBlur(frame, (0, 0), 0.7), dtype=np.uint8)


Frames = Mapping[str, tuple[list[Picture], frozenset[str]]]
"""By the name of the set: its frames, and the texts that each of them holds."""


def camera_frames(photos: Path, entries: list[dict[str, Any]]) -> Frames:
    return {
        WITHOUT: (list(frames_without_code(photos, entries)), frozenset()),
        EASY: (list(easy_frames()), frozenset({card_text()})),
    }
