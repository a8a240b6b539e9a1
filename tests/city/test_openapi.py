"""The description of the city's interface holds, whatever is sent."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from support.cities import RunningCity, running_city

from sync.code import fingerprint

PROJECT = Path(__file__).resolve().parents[2]
THOROUGH = os.environ.get("HYPOTHESIS_PROFILE") == "thorough"
EXAMPLES, PHASES = ("300", "examples,coverage,fuzzing") if THOROUGH else ("10", "examples,coverage,fuzzing")


def schemathesis(city: RunningCity, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Its own command, as somebody outside would run it, against the city's socket."""
    station = city.station()
    station.exchange()
    told = {
        "key": bytes(station.key).hex(),
        "city": station.enrolled.city_id,
        "fingerprint": fingerprint(station.enrolled.root_key),
    }
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join((str(PROJECT), str(PROJECT / "tests"))),
        "SCHEMATHESIS_HOOKS": "support.exchange_fuzzing",
        "CITY_FUZZED": json.dumps(told),
        "NO_PROXY": "127.0.0.1",
        "PYTHONWARNINGS": "default",
    }
    command = [sys.executable, "-m", "schemathesis.cli", "run", f"{city.address}/openapi.json", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def test_schemathesis_finds_nothing(request: pytest.FixtureRequest, tmp_path: Path, kind: str) -> None:
    url = None if kind == "sqlite" else request.getfixturevalue("postgres_url")
    with running_city(tmp_path / "city", url) as city:
        found = schemathesis(city, tmp_path, "--checks", "all", "--phases", PHASES, "--max-examples", EXAMPLES)
    assert found.returncode == 0, found.stdout + found.stderr
