"""A city that stations meet by files alone: on SQLite, and where it matters once more on PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.sticks import StickCity, StickStation, stick_city


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def either_city(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[StickCity]:
    url = None if request.param == "sqlite" else request.getfixturevalue("postgres_url")
    with stick_city(tmp_path, url) as city:
        yield city


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StickCity]:
    with stick_city(tmp_path_factory.mktemp("bundle")) as city:
        yield city


@pytest.fixture
def station(city: StickCity) -> Iterator[StickStation]:
    station = city.station()
    yield station
    station.station.close()
