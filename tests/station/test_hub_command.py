"""`station hub` and `station sync --hub`, as programs."""

import subprocess
import sys
from pathlib import Path

import pytest
from support.hubs import hub_process, new_world
from support.stations import MEMBERS, make_station

from station_app.cli import main
from station_app.station.neighbour import takes_over
from station_app.station.station import Station


def people(home: Path) -> int:
    station = Station.open(home)
    try:
        with station.store.reading() as view:
            return view.overview.counts().people
    finally:
        station.close()


def test_a_station_serves_and_another_fetches(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    world = new_world()
    hub = make_station(tmp_path / "hub", world, "中心站")
    guest = make_station(tmp_path / "guest", world, "二号台", has_heard=False)
    with hub_process(hub.home) as (process, address):
        assert main(["sync", "--hub", str(address), "--home", str(guest.home), "--json"]) == 0
        said = capsys.readouterr().out
        assert '"ok": true' in said
        wrong = str(address)[:-1] + ("0" if str(address)[-1] != "0" else "1")
        assert main(["sync", "--hub", wrong, "--home", str(guest.home)]) == 3
        assert "Another device answers at this address" in capsys.readouterr().err
        process.terminate()
        assert process.wait(30) == 0
    assert people(guest.home) == len(MEMBERS)
    assert main(["sync", "--hub", str(address), "--home", str(guest.home)]) == 3
    assert "cannot be reached" in capsys.readouterr().err


def test_what_is_printed_for_people_has_a_code_to_scan(tmp_path: Path) -> None:
    made = make_station(tmp_path / "hub", new_world())
    command = [sys.executable, "-m", "station_app.cli", "hub", "--home", str(made.home)]
    with subprocess.Popen([*command, "--host", "127.0.0.1", "--port", "0"], stdout=subprocess.PIPE, text=True) as hub:
        assert hub.stdout is not None
        lines = []
        while not lines or not lines[-1].startswith("Serving"):
            line = hub.stdout.readline()
            assert line, lines
            lines.append(line)
        hub.terminate()
    assert lines[0].startswith("Hub address: https://127.0.0.1:")
    fingerprint = lines[0].partition("#fp=")[2].strip()
    assert lines[1].replace(" ", "").strip() == f"Fingerprint:{fingerprint}"
    assert sum(line.count("█") for line in lines) > 100
    assert hub.returncode == 0


def test_taking_a_hubs_place_is_switched_off_and_on(tmp_path: Path) -> None:
    made = make_station(tmp_path / "station", new_world())
    for word, is_so in (("off", False), ("on", True)):
        assert main(["hub", "--take-over", word, "--home", str(made.home)]) == 0
        station = made.open()
        assert takes_over(station.store) is is_so
        station.close()
