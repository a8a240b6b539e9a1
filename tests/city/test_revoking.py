"""A station is taken out of service since an earlier moment: what it wrote after that counts nowhere."""

import secrets
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from support.cities import RunningCity, Station, running_city
from support.worlds import STAFF, given, person_id

from city_server.city import wall_ms as now_ms
from city_server.cli import main
from city_server.errors import CityError
from city_server.revoking import revoke_station
from db.store import Store
from station_app.station.trust import StoreTrust
from station_core.clock import wall_ms
from station_core.credential.card import CardClaims, issue
from station_core.credential.days import day_of
from station_core.credential.verify import Reason, verify
from station_core.ids import CardId, MemberNo, UnionCode
from station_core.keys import key_id
from station_core.records.cards import CardIssued
from sync.errors import Trouble

DAY = timedelta(days=1)


@pytest.fixture
def city(tmp_path: Path) -> Iterator[RunningCity]:
    with running_city(tmp_path / "city") as running:
        yield running


def card(station: Station, days_ago: int = 0) -> str:
    """A card of the station's issue, as recorded and as shown."""
    issued = day_of(int(datetime.now(UTC).timestamp())) - days_ago * DAY
    card_id, expires = CardId(secrets.token_bytes(8)), issued + 300 * DAY
    station.write(CardIssued(card=card_id, person=person_id(), issued_on=issued, expires_on=expires, operator=STAFF))
    claims = CardClaims(
        card_id, MemberNo("100010000014"), "王德明", UnionCode("tx"), issued, expires, key_id(station.key.public)
    )
    return issue(claims, station.key)


def verdict(store: Store, text: str) -> Reason:
    with store.reading() as view:
        return verify(text, StoreTrust(view, store.root_key), store.now_ms()).reason


def last_ms(station: Station) -> int:
    with station.store.reading() as view:
        return wall_ms(view.journals.heads()[station.store.own].at)


def number_of(station: Station) -> int:
    return station.enrolled.certificate.writer_number


def test_what_was_written_since_is_set_aside_everywhere_and_counted(city):
    stolen, other = city.station(), city.station("二号车")
    before = card(stolen, days_ago=1)
    stolen.write(given(None), given(None))
    since_ms = last_ms(stolen) + 1
    while now_ms() <= since_ms:
        """The clock goes on."""
    stolen.write(*(given(None) for _ in range(3)))
    after = card(stolen)
    stolen.exchange()
    other.exchange()
    assert verdict(other.store, after) is Reason.VALID
    revoked = revoke_station(city.city.store, number_of(stolen), "密钥被盗", since_ms)
    assert (revoked.entries, revoked.cards) == (4, 1)
    other.exchange()
    for store in (city.city.store, other.store):
        with store.reading() as view:
            aside = [one for one in view.journals.set_aside() if one.writer == stolen.store.own]
            assert view.overview.counts().services == 2
        assert {one.reason for one in aside} == {"writer_revoked"}
        assert len(aside) == 4
        assert [verdict(store, text) for text in (before, after)] == [Reason.VALID, Reason.ISSUER_REVOKED]
    assert stolen.exchange().error.code is Trouble.REVOKED


def test_an_earlier_moment_takes_the_place_of_a_standing_revocation_and_a_later_one_cannot(city):
    stolen = city.station()
    began_ms = last_ms(stolen)
    stolen.write(given(None))
    stolen.exchange()
    assert revoke_station(city.city.store, number_of(stolen), "遗失").entries == 0
    assert revoke_station(city.city.store, number_of(stolen), "早已遗失", began_ms).entries == 1
    with pytest.raises(CityError, match="revoked_already"):
        revoke_station(city.city.store, number_of(stolen), "遗失")
    with pytest.raises(CityError, match="revoked_already"):
        revoke_station(city.city.store, number_of(stolen), "遗失", began_ms)


def test_nobody_is_revoked_from_tomorrow_on(city):
    with pytest.raises(CityError, match="since_ahead"):
        revoke_station(city.city.store, number_of(city.station()), "遗失", city.city.store.now_ms() + 60_000)


def test_the_command_says_how_much_is_concerned(city, capsys, monkeypatch):
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    stolen = city.station()
    card(stolen)
    stolen.write(given(None))
    stolen.exchange()
    command = ["revoke", str(number_of(stolen)), "--reason", "lost", "--home", str(city.city.home.folder)]
    assert main([*command, "--since", "yesterday"]) == 2
    assert main([*command, "--since", "2026-01-01"]) == 0
    said = capsys.readouterr().out
    assert "2026-01-01 00:00: 2 entries" in said
    assert "1." in said
    assert main([*command, "--since", "2026-01-01T12:30"]) == 3
