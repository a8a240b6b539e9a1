"""A station is killed at any moment: what it acknowledged is there, once, and its journal verifies."""

import os
import random
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from support.stations import make_station

from station_app.station.station import Station

PROJECT = Path(__file__).resolve().parents[2]
RECORDINGS = 200
MOST_AT_ONCE = 40


def record_and_kill(home: Path, chance: random.Random) -> list[str]:
    """The ids of the records that a process acknowledged before it was killed in the midst of the next ones."""
    enough = chance.randint(1, MOST_AT_ONCE)
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    command = [sys.executable, Path(__file__).with_name("recording_child.py"), home]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        acknowledged = [child.stdout.readline().strip() for _ in range(enough)]
        time.sleep(chance.random() * 0.005)
        child.kill()
        rest = child.stdout.read()
    assert child.returncode == -9
    # The last line may have been cut by the kill: what a reader did not get whole was not acknowledged.
    whole = rest[: rest.rfind("\n") + 1].split()
    return acknowledged + whole


def test_every_acknowledged_record_is_there_exactly_once(tmp_path: Path) -> None:
    made = make_station(tmp_path / "station")
    chance = random.Random()
    acknowledged: list[str] = []
    restarts = 0
    while len(acknowledged) < RECORDINGS:
        acknowledged += record_and_kill(made.home, chance)
        restarts += 1
    station = Station.open(made.home)
    try:
        with station.store.reading() as view:
            faults = view.journals.faults(station.store.own)
            stored = [record.id.hex() for record in view.services.recent(None, 10_000)]
            aside = view.journals.set_aside()
            written = view.journals.count_after(station.store.own, 0)["service.given"]
    finally:
        station.close()
    assert restarts >= RECORDINGS // (MOST_AT_ONCE + 20)
    assert (faults, aside) == ([], [])
    assert set(acknowledged) <= set(stored)
    assert max(Counter(stored).values()) == 1
    # What was on disk when the process died before it could say so: at most the one in work at each kill.
    assert len(stored) == written
    assert 0 <= len(stored) - len(acknowledged) <= restarts


def test_after_a_kill_the_tables_are_those_of_the_journal(tmp_path: Path) -> None:
    made = make_station(tmp_path / "station")
    record_and_kill(made.home, random.Random())
    station = Station.open(made.home)
    try:
        with station.store.reading() as view:
            before = view.overview.counts()
        with station.store.writing() as tx:
            tx.rebuild()
            assert tx.overview.counts() == before
    finally:
        station.close()
