"""The description of the city's interface holds, whatever is sent."""

import json
import os
import subprocess
import sys
from pathlib import Path

from fastapi.openapi.utils import get_openapi
from support.cities import RunningCity, running_city

from city_server.app import create_app
from sync.code import fingerprint

PROJECT = Path(__file__).resolve().parents[2]
THOROUGH = os.environ.get("HYPOTHESIS_PROFILE") == "thorough"
EXAMPLES = ("--max-examples", "300" if THOROUGH else "10", *(("--seed", "1") if os.environ.get("CI") else ()))


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


def test_schemathesis_finds_nothing(tmp_path: Path) -> None:
    with running_city(tmp_path / "city") as city:
        found = schemathesis(city, tmp_path, "--checks", "all", "--phases", "coverage,fuzzing", *EXAMPLES)
    assert found.returncode == 0, found.stdout + found.stderr


def test_every_route_is_described_and_nothing_else(tmp_path: Path) -> None:
    with running_city(tmp_path / "city") as city:
        app = create_app(city.city)
        served = get_openapi(title="", version="", routes=app.routes)["paths"]
    described = app.openapi()["paths"]
    described = dict(described)
    page = described.pop("/")
    assert set(page) == {"get"}
    assert {path: set(by_method) for path, by_method in described.items()} == {
        path: set(by_method) for path, by_method in served.items()
    }


def test_metrics_that_are_served_elsewhere_are_not_described(tmp_path: Path) -> None:
    with running_city(tmp_path / "city") as city:
        app = create_app(city.city, shows_metrics=False)
    assert "/metrics" not in app.openapi()["paths"]
