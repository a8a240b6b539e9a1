"""The lease by commands alone: `station unlock` here, `city unlock` there, a telephone between them."""

import json
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from support.cities import running_city

from city_server.cli import main as city_main
from city_server.enrolling import invite
from station_app.cli import main as station_main
from station_app.home.lease import Lease
from station_app.station.founding import found_station
from station_app.station.lease import SETTING
from station_app.station.station import Station
from station_core.lease.terms import DAY_MS

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def homes(tmp_path: Path) -> Iterator[tuple[Path, Path]]:
    """A city's folder and a station's, which has been away for 31 days and was not opened since."""
    with running_city(tmp_path / "city") as city:
        code, _ = invite(city.city.store, "一号车", "210106")
        found_station(tmp_path / "station", city.address, str(code))
        yield tmp_path / "city", tmp_path / "station"


def away(home: Path, days: int) -> None:
    station = Station.open(home)
    with station.store.writing() as tx:
        lease = Lease.from_text(tx.local.setting(SETTING))
        tx.local.set_setting(SETTING, replace(lease, since_ms=lease.since_ms - days * DAY_MS).to_text())
    station.close()


@pytest.fixture
def station(homes: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> Run:
    return lambda *words: _called(capsys, station_main, *words, "--home", homes[1])


@pytest.fixture
def city(homes: tuple[Path, Path], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    return lambda *words: _called(capsys, city_main, *words, "--home", homes[0])


def _called(capsys: pytest.CaptureFixture[str], main: Callable[[list[str]], int], *words: object):
    code = main([str(word) for word in words])
    return subprocess.CompletedProcess([], code, *capsys.readouterr())


def test_by_telephone(homes, station, city):
    away(homes[1], 31)
    refused = station("status")
    assert refused.returncode == 3
    assert "station unlock" in refused.stderr
    asked = station("unlock", "--json")
    told = json.loads(asked.stdout)
    assert (asked.returncode, told["locked"], told["number"]) == (1, True, Lease.read(homes[1]).number)
    assert told["challenge"] in station("unlock").stdout
    answered = city("unlock", told["number"], told["challenge"])
    assert (answered.returncode, "一号车" in answered.stderr) == (0, True)
    assert station("unlock", "0000-0000-0000-0001").returncode == 3
    assert station("unlock", answered.stdout.strip()).returncode == 0
    found = json.loads(station("status", "--json").stdout)
    assert found["lease"]["days_left"] == 7
    assert "7 days" in station("status").stdout
    assert (station("unlock").returncode, station("unlock", answered.stdout.strip()).returncode) == (0, 3)


def test_before_it_locks_status_and_doctor_say_so(homes, station):
    away(homes[1], 27)
    assert "locks in 3 days" in station("status").stdout
    lines = [json.loads(line) for line in station("doctor", "--json").stdout.splitlines()]
    assert [(one["state"], one["ok"]) for one in lines if one["what"] == "lease"] == [("ends", False)]


def test_doctor_names_a_locked_station(homes, station):
    away(homes[1], 31)
    lines = [json.loads(line) for line in station("doctor", "--json").stdout.splitlines()]
    assert [one["state"] for one in lines if one["what"] == "station"] == ["locked"]


def test_the_city_sets_the_days_and_stations_hear_of_it(homes, station, city):
    assert json.loads(city("lease", "--json").stdout) == {"days": 30, "warn_days": 7}
    assert "5 days" in city("lease", "--days", 5).stdout
    assert json.loads(city("lease", "--json").stdout) == {"days": 5, "warn_days": 5}
    assert city("lease", "--days", 5, "--warn", 6).returncode == 3
    assert city("lease", "--days", -1).returncode == 3
    assert station("sync").returncode == 0
    assert json.loads(station("status", "--json").stdout)["lease"]["days_left"] == 5
    assert "does not lock" in city("lease", "--days", 0).stdout
    assert station("sync").returncode == 0
    assert json.loads(station("status", "--json").stdout)["lease"] == {"until_ms": None, "days_left": None}


@pytest.mark.parametrize("code", ["", "7F3K", "0000-0000-0001"])
def test_a_code_that_was_misheard_is_named(city, code):
    refused = city("unlock", 10_001, code)
    assert refused.returncode == 3
    assert "compare" in refused.stderr
