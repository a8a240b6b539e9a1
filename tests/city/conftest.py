"""A running city for each test: on SQLite, and the same tests once more on PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.cities import RunningCity, running_city


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def city(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[RunningCity]:
    url = None if request.param == "sqlite" else request.getfixturevalue("postgres_url")
    with running_city(tmp_path / "city", url) as running:
        yield running
