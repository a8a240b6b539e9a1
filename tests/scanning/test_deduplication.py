"""How often one card counts."""

from station_app.scanning.backoff import Backoff
from station_app.scanning.deduplication import Deduplicator
from station_app.scanning.readings import EngineName, Reading, Symbology


class Clock:
    def __init__(self) -> None:
        self.now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


def reading(text: str, engine: EngineName = EngineName.ZXING) -> Reading:
    return Reading(text, Symbology.QR, engine)


def test_card_held_up_counts_once_however_long() -> None:
    clock = Clock()
    deduplicator = Deduplicator(3.0, clock)
    counted = 0
    for _ in range(20):
        counted += len(deduplicator.fresh((reading("A"),)))
        clock.now_s += 1.5
    assert counted == 1


def test_card_counts_again_after_it_was_away() -> None:
    clock = Clock()
    deduplicator = Deduplicator(3.0, clock)
    assert deduplicator.fresh((reading("A"),))
    clock.now_s += 2.9
    assert not deduplicator.fresh((reading("A", EngineName.ZBAR),)), "another engine's reading is the same card"
    clock.now_s += 3.0
    assert deduplicator.fresh((reading("A"),))


def test_two_cards_in_one_frame_both_count_and_another_passes_meanwhile() -> None:
    deduplicator = Deduplicator(3.0, Clock())
    assert [each.text for each in deduplicator.fresh((reading("A"), reading("B"), reading("A")))] == [
        "A",
        "B",
    ]
    assert [each.text for each in deduplicator.fresh((reading("A"), reading("C")))] == ["C"]


def test_staff_can_ask_for_the_same_card_at_once() -> None:
    deduplicator = Deduplicator(3.0, Clock())
    deduplicator.fresh((reading("A"),))
    deduplicator.forget()
    assert deduplicator.fresh((reading("A"),))


def test_pauses_grow_to_a_limit_and_start_anew_after_success() -> None:
    backoff = Backoff(0.5, 3.0)
    assert [backoff.next_s() for _ in range(5)] == [0.5, 1.0, 2.0, 3.0, 3.0]
    backoff.reset()
    assert backoff.next_s() == 0.5
