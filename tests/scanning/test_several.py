"""Several codes in view: the same order whatever order they were read in, and none displaces another by chance."""

from itertools import permutations

from station_app.scanning.readings import EngineName, Outline, Reading, Symbology
from station_app.scanning.several import TOGETHER_MS, Together, area_px, biggest_first


def square(left: float, top: float, side: float) -> Outline:
    return (left, top), (left + side, top), (left + side, top + side), (left, top + side)


def code(text: str, outline: Outline = ()) -> Reading:
    return Reading(text, Symbology.QR, EngineName.ZXING, outline)


BIG, LEFT, RIGHT = code("c", square(500, 9, 90)), code("b", square(10, 50, 60)), code("a", square(90, 50, 60))
TYPED = code("typed")


def test_the_biggest_comes_first_in_whatever_order_they_were_read():
    for order in permutations((TYPED, RIGHT, LEFT, BIG)):
        assert biggest_first(order) == (BIG, LEFT, RIGHT, TYPED)


def test_the_area_does_not_depend_on_the_way_round_nor_on_a_tilt():
    assert area_px(square(3, 4, 10)) == area_px(tuple(reversed(square(3, 4, 10)))) == 100
    assert area_px(((10, 0), (20, 10), (10, 20), (0, 10))) == 200
    assert area_px(()) == 0


def test_a_code_that_is_read_a_little_later_is_told_with_the_first():
    together = Together()
    assert together.told((LEFT,), (LEFT,), 1_000) == (LEFT,)
    assert together.told((), (LEFT,), 1_033) == ()
    assert together.told((BIG,), (BIG,), 1_066) == (BIG, LEFT)


def test_the_first_is_outlined_where_it_is_by_then():
    together, moved = Together(), code("b", square(200, 50, 60))
    together.told((LEFT,), (LEFT,), 1_000)
    assert together.told((BIG,), (moved, BIG), 1_066) == (BIG, moved)


def test_a_card_left_lying_does_not_stand_in_the_next_ones_way():
    together = Together()
    together.told((LEFT,), (LEFT,), 1_000)
    assert together.told((BIG,), (LEFT, BIG), 1_001 + TOGETHER_MS) == (BIG,)


def test_a_video_that_begins_anew_has_nothing_to_do_with_what_was():
    together = Together()
    together.told((LEFT,), (LEFT,), 9_000)
    assert together.told((BIG,), (BIG,), 0) == (BIG,)


def test_still_pictures_stand_alone():
    together = Together()
    assert together.told((LEFT, BIG), (LEFT, BIG), None) == (BIG, LEFT)
    assert together.told((RIGHT,), (RIGHT,), None) == (RIGHT,)
