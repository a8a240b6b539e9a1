"""What all tests share."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from support.postgres import Cluster, NoPostgres, find_programs

PROJECT = Path(__file__).resolve().parents[1]
SHARED = PROJECT.parent / "shared"

# Before Qt is loaded: tests draw into memory unless somebody asks for a screen.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# Nobody's network is searched for hubs; tests of that do it on this machine alone.
os.environ.setdefault("STATION_MDNS", "off")

# No deadlines: a busy machine is no failure. In CI the same examples every time, so that a red run can be repeated.
settings.register_profile("default", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.register_profile("thorough", deadline=None, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") else "default"))


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    """The folder of photographs, vectors and names that lies beside the project."""
    if not SHARED.is_dir():
        pytest.skip("the folder `shared` with photographs and test vectors does not lie beside the project")
    return SHARED


@pytest.fixture(scope="session")
def postgres_cluster() -> Iterator[Cluster]:
    """A server for this test process. Where its programs are missing its tests are skipped; in CI they fail."""
    try:
        programs = find_programs()
    except NoPostgres as reason:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(reason))
    with Cluster(programs) as cluster:
        yield cluster


@pytest.fixture
def postgres_url(postgres_cluster: Cluster) -> Iterator[str]:
    """The address of an empty database that is this test's alone: ``postgresql+psycopg://…``."""
    name = postgres_cluster.create_database()
    yield postgres_cluster.url(name)
    postgres_cluster.drop_database(name)
