"""A station asks the city for its part of a stock, by itself, and hands back what is left."""

import secrets
from datetime import date, timedelta

from support.cities import RunningCity, Station
from support.worlds import STAFF

from city_server.publishing import event_of, publish_event
from station_app.station.clock import local_day, now_ms
from station_app.station.stock import keep_stock
from station_core.ids import DistrictCode, RecordId, ServiceCode
from station_core.records.documents import EventPublished
from station_core.records.services import ServiceGiven

BAG, DISTRICT = ServiceCode("liudong.goods_bag"), DistrictCode("210106")


def event(first_day: date, last_day: date, total: int = 100) -> EventPublished:
    return event_of("park", "东园", "物流园", DISTRICT, (first_day, last_day), ("liudong",), {BAG: total})


def exchange(station: Station) -> bool:
    """As `exchange_with_city` does it; whether there was anything to ask for or to hand back."""
    assert station.exchange().error is None
    wrote = keep_stock(station.store, DISTRICT)
    if wrote:
        assert station.exchange().error is None
    return wrote


def held(station: Station, published: EventPublished) -> int:
    with station.store.reading() as view:
        return view.stock.held(published, station.store.own)[BAG]


def give(station: Station, quantity: int) -> None:
    station.write(
        ServiceGiven(
            id=RecordId(secrets.token_bytes(16)),
            service=BAG,
            on=local_day(now_ms()),
            operator=STAFF,
            event=event(local_day(0), local_day(0)).event,
            quantity=quantity,
        )
    )


def test_a_part_is_fetched_filled_up_and_handed_back(city: RunningCity) -> None:
    today = local_day(now_ms())
    running = event(today, today)
    publish_event(city.city, running)
    one, other = city.station("一号车"), city.station("二号车")
    assert exchange(one)
    assert exchange(other)
    assert (held(one, running), held(other, running)) == (25, 25)
    assert not exchange(one)

    give(one, 20)
    assert exchange(one)
    assert held(one, running) == 25

    over = event(today - timedelta(days=2), today - timedelta(days=1))
    publish_event(city.city, over)
    for station in (one, other):
        assert exchange(station)
        assert held(station, over) == 0
        assert not exchange(station)
    with city.city.store.reading() as view:
        (account,) = view.stock.accounts(over)
    assert (account.balance(city.city.store.own), account.given, dict(account.wants)) == (80, 20, {})


def test_a_station_asks_for_tomorrows_event_and_for_no_later_one(sqlite_city: RunningCity) -> None:
    today = local_day(now_ms())
    station = sqlite_city.station()
    later = event(today + timedelta(days=2), today + timedelta(days=2))
    publish_event(sqlite_city.city, later)
    assert not exchange(station)
    tomorrow = event(today + timedelta(days=1), today + timedelta(days=2))
    publish_event(sqlite_city.city, tomorrow)
    assert exchange(station)
    assert held(station, tomorrow) == 25


def test_a_revoked_station_is_lent_nothing(sqlite_city: RunningCity) -> None:
    from city_server.revoking import revoke_station

    today = local_day(now_ms())
    station = sqlite_city.station()
    station.exchange()
    publish_event(sqlite_city.city, event(today, today))
    station.exchange()
    revoke_station(sqlite_city.city.store, station.enrolled.certificate.writer_number, "lost")
    keep_stock(station.store, DISTRICT)
    station.exchange()
    with sqlite_city.city.store.reading() as view:
        (account,) = view.stock.accounts(event(today, today))
    assert dict(account.balances) == {sqlite_city.city.store.own: 100}
