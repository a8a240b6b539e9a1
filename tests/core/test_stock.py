"""How a stock is shared out: what is lent to whom, when a station asks, what does not add up."""

from hypothesis import given
from hypothesis import strategies as st

from station_core.desk.stock import (
    Holding,
    Overdrawn,
    OverStock,
    StockAccount,
    faults,
    grant,
    to_return,
    to_want,
)
from station_core.ids import ServiceCode, WriterId

GIFT = ServiceCode("liudong.gift")
CITY, EAST, WEST, NORTH = (WriterId(bytes([number]) * 16) for number in range(4))


def account(balances: dict[WriterId, int], wants: dict[WriterId, int], given: int = 0) -> StockAccount:
    return StockAccount(GIFT, sum(balances.values()) + given, given, CITY, balances, dict(balances), wants)


def holding(held: int, total: int = 200, waiting: int = 0, *, is_origin: bool = False) -> Holding:
    return Holding(GIFT, total, CITY, is_origin, held, waiting)


def test_everybody_who_waits_gets_the_same_and_a_share_stays() -> None:
    one = account({CITY: 90}, {EAST: 500})
    assert grant(one, CITY, EAST) == 45
    three = account({CITY: 90}, {EAST: 500, WEST: 20, NORTH: 500})
    assert [grant(three, CITY, asker) for asker in (EAST, WEST, NORTH)] == [23, 20, 23]


def test_the_last_one_can_be_had_and_no_more_than_was_asked() -> None:
    assert grant(account({CITY: 1}, {EAST: 7}), CITY, EAST) == 1
    assert grant(account({CITY: 0}, {EAST: 7}), CITY, EAST) == 0
    assert grant(account({CITY: 90}, {EAST: 3}), CITY, EAST) == 3
    assert grant(account({CITY: 90}, {}), CITY, EAST) == 0
    assert grant(account({CITY: 90}, {CITY: 9}), CITY, CITY) == 0


def test_what_others_took_too_much_is_not_lent_again() -> None:
    assert grant(account({CITY: 10, WEST: -10}, {EAST: 7}), CITY, EAST) == 0
    assert grant(account({CITY: 12, WEST: -10}, {EAST: 7}), CITY, EAST) == 1


@given(
    balances=st.dictionaries(st.sampled_from([CITY, EAST, WEST, NORTH]), st.integers(-50, 300)),
    wants=st.dictionaries(st.sampled_from([EAST, WEST, NORTH]), st.integers(1, 300)),
)
def test_lending_never_goes_below_nothing(balances: dict[WriterId, int], wants: dict[WriterId, int]) -> None:
    for asker in wants:
        quantity = grant(account(balances, wants), CITY, asker)
        assert 0 <= quantity <= max(0, balances.get(CITY, 0))


def test_a_station_asks_when_half_its_share_is_used() -> None:
    assert to_want(holding(0)) == 50
    assert to_want(holding(26)) == 0
    assert to_want(holding(25)) == 25
    assert to_want(holding(0, total=3)) == 3
    assert to_want(holding(0, total=0)) == 0
    assert to_want(holding(0, is_origin=True)) == 0


def test_an_open_request_is_made_anew_only_when_it_has_doubled() -> None:
    assert to_want(holding(0, waiting=26)) == 0
    assert to_want(holding(0, waiting=25)) == 50


def test_what_can_go_back() -> None:
    assert to_return(holding(7)) == 7
    assert to_return(holding(-7)) == 0
    assert to_return(holding(7, is_origin=True)) == 0


def test_what_does_not_add_up_is_named() -> None:
    assert list(faults(account({CITY: 3, EAST: 0}, {}))) == []
    found = StockAccount(GIFT, 10, 12, CITY, {CITY: 3, EAST: -5}, {CITY: 10, EAST: 7}, {})
    assert list(faults(found)) == [OverStock(GIFT, 10, 12), Overdrawn(GIFT, EAST, 7, 12)]
