"""What people are told while nothing is read, and that it does not flicker."""

from collections.abc import Callable

import numpy as np
import pytest

from bench._frames import card_text
from bench._scenes import EASY, HEIGHT, WIDTH, code_modules, photographed
from resources.texts import Language, say
from station_app.scanning.decoder import Decoder
from station_app.scanning.frame_reader import FrameReader
from station_app.scanning.hints import LASTS_MS, Hint, LastingHint, hint_of
from station_app.scanning.opencv import cv2
from station_app.scanning.readings import Outline, Picture

ROOM = np.full((HEIGHT, WIDTH), 110, np.uint8)


def place(left: float, top: float, side: float) -> Outline:
    return ((left, top), (left + side, top), (left + side, top + side), (left, top + side))


def card(blur_px: float) -> Picture:
    frame = photographed(code_modules(card_text()), EASY, np.random.default_rng(1))
    return np.asarray(cv2.GaussianBlur(frame, (0, 0), blur_px), dtype=np.uint8)


MIDDLE = place(490, 210, 300)


@pytest.mark.parametrize(
    ("picture", "unread", "hint"),
    [
        (ROOM // 4, (), Hint.TOO_DARK),
        (ROOM * 2 + 20, (), Hint.TOO_BRIGHT),
        (ROOM, (), None),
        (ROOM, (place(1100, 300, 200),), Hint.CUT_OFF),
        (ROOM, (place(-5, 300, 200),), Hint.CUT_OFF),
        (card(0.5), (place(600, 340, 60),), Hint.TOO_SMALL),
        (card(4.0), (MIDDLE,), Hint.BLURRED),
        (card(0.5), (MIDDLE,), None),
    ],
)
def test_says_what_is_wrong(picture: Picture, unread: tuple[Outline, ...], hint: Hint | None) -> None:
    assert hint_of(picture, unread) is hint


def spoilt_card() -> Picture:
    """A card whose corners are whole and whose middle is another card's."""
    modules, chance = code_modules(card_text()), np.random.default_rng(2)
    middle = slice(14, modules.shape[0] - 14)
    modules[middle, middle] = chance.permuted(modules[middle, middle])
    return photographed(modules, EASY, chance)


def test_the_reader_tells_of_a_code_that_it_cannot_read(code_picture: Callable[..., Picture]) -> None:
    reader = FrameReader(Decoder())
    assert reader.read(spoilt_card()) == ()
    assert reader.unread
    assert reader.read(code_picture("SY00001234"))
    assert not reader.unread


def test_a_hint_is_said_when_it_lasts_and_taken_back_likewise() -> None:
    hint = LastingHint()
    assert hint.settle(Hint.TOO_DARK, 0) is None
    assert hint.settle(None, LASTS_MS - 1) is None
    assert hint.settle(Hint.TOO_DARK, LASTS_MS) is None
    assert hint.settle(Hint.TOO_DARK, 2 * LASTS_MS) is Hint.TOO_DARK
    assert hint.settle(None, 2 * LASTS_MS + 1) is Hint.TOO_DARK
    assert hint.settle(None, 3 * LASTS_MS + 1) is None


@pytest.mark.parametrize("hint", Hint)
@pytest.mark.parametrize("language", Language)
def test_every_hint_has_words(hint: Hint, language: Language) -> None:
    assert say(language, f"scanning.hint.{hint.value}")
