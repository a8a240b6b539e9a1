"""A server with too much to do says so at once and when to come again, and who was turned away does."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import httpx
import pytest
from support.cities import RunningCity
from support.worlds import given

from city_server import app
from city_server.exchange_store import CityExchangeStore
from station_core.journal.batch import Batch
from station_core.journal.receipt import Received
from sync import patience
from sync.errors import Busy, SyncError, Trouble
from sync.patience import TRIES, ask_patiently
from sync.serving.turnstile import FIRST_S, LONGEST_S, Gate
from sync.transport import PATH, _problem
from sync.wire import MAX_BODY_BYTES


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "LONGEST_S", 0.05)


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """One push at once, and none that waits."""
    monkeypatch.setattr(app, "PUSHES", (1, 0))


@contextmanager
def busy_pushing(city: RunningCity, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], None]]:
    """A push of a station's is under way for as long as the block lasts, or until what it gives is called."""
    begun, may_end = threading.Event(), threading.Event()
    receive = CityExchangeStore.receive

    def slow(store: CityExchangeStore, batch: Batch) -> Received:
        begun.set()
        assert may_end.wait(30)
        return receive(store, batch)

    first = city.station("慢一号")
    with monkeypatch.context() as patch:
        patch.setattr(CityExchangeStore, "receive", slow)
        thread = threading.Thread(target=first.exchange)
        thread.start()
        assert begun.wait(30)
        yield may_end.set
        may_end.set()
        thread.join()


@pytest.mark.usefixtures("narrow")
def test_one_push_too_many_is_turned_away_at_once(
    monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    city: RunningCity = request.getfixturevalue("sqlite_city")
    second = city.station("二号")
    with busy_pushing(city, monkeypatch):
        refused = httpx.post(f"{city.address}{PATH}/push", content=bytes(MAX_BODY_BYTES), trust_env=False, timeout=30)
        assert (refused.status_code, refused.json()["code"]) == (503, "busy")
        assert int(refused.headers["Retry-After"]) > 0
        with second.client() as client:
            assert client.heads({}) == {}
            with pytest.raises(Busy):
                client.push([b""])
        assert httpx.get(city.address, trust_env=False, timeout=30).status_code == 200


@pytest.mark.usefixtures("narrow")
def test_who_was_turned_away_comes_again_by_itself(
    monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    city: RunningCity = request.getfixturevalue("sqlite_city")
    second = city.station("二号")
    second.write(given(None))
    turned_away = Counting()
    monkeypatch.setattr(patience, "_wait", turned_away.waits(patience._wait))
    with busy_pushing(city, monkeypatch) as let_it_end:
        turned_away.then = let_it_end
        report = second.exchange()
    assert report.error is None
    assert report.pushed.entries == 2
    assert turned_away.count >= 1


@dataclass
class Counting:
    count: int = 0
    then: Callable[[], None] = field(default=lambda: None)

    def waits(self, wait: Callable[..., None]) -> Callable[..., None]:
        def noting(seconds: float, go_on: Callable[[], None]) -> None:
            self.count += 1
            self.then()
            wait(seconds, go_on)

        return noting


def test_a_city_that_stays_busy_ends_the_exchange() -> None:
    asked = []

    def ask() -> None:
        asked.append(1)
        raise Busy(1)

    with pytest.raises(Busy):
        ask_patiently(ask, lambda: None)
    assert len(asked) == TRIES


def test_a_wait_can_be_broken_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "LONGEST_S", 60.0)

    def stop() -> None:
        raise SyncError(Trouble.STOPPED)

    def ask() -> None:
        raise Busy(60)

    with pytest.raises(SyncError) as told:
        ask_patiently(ask, stop)
    assert told.value.code is Trouble.STOPPED


@pytest.mark.parametrize(("header", "seconds"), [("7", 7), ("", 5), ("soon", 5), ("-3", 5), ("9" * 40, 5)])
def test_what_the_city_asks_for_is_read_carefully(header: str, seconds: float) -> None:
    said = httpx.ByteStream(b'{"code": "busy"}')
    error = _problem(httpx.Response(503, headers={"Retry-After": header}, stream=said))
    assert isinstance(error, Busy)
    assert error.retry_after_s == seconds


def test_each_who_is_turned_away_is_given_a_later_moment() -> None:
    gate = Gate(at_once=2, waiting=0, clock=lambda: 100.0)
    told = [gate.come_again_in_s() for _ in range(1_000)]
    assert told[0] == FIRST_S
    assert told == sorted(told)
    assert told[-1] == pytest.approx(1_000 * gate._took_s / 2, abs=1)
    assert max(gate.come_again_in_s() for _ in range(10_000)) <= LONGEST_S
