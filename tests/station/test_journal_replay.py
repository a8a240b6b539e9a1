"""All tables follow from the journals alone: proven in place, and from an exported file."""

import json
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from support.stations import MEMBERS, MadeStation, make_station, receive_from_city
from support.worlds import World, given, person_id, registered

from db import schema
from station_app.cli.main import main
from station_core.keys import SigningKey
from station_core.records.erasure import PersonErased
from sync.journal_file import MAGIC


@pytest.fixture
def made(tmp_path: Path) -> MadeStation:
    """A station that registered and served people; one of them was erased by the city."""
    world = World()
    made = make_station(tmp_path / "home", world)
    station = made.open()
    try:
        newcomer = person_id()
        with station.store.writing() as tx:
            tx.append(registered(newcomer, name="王小明"), given(newcomer), given(MEMBERS[0].person), given(None))
        receive_from_city(station, world, PersonErased(people=(newcomer,), reason="asked for"))
    finally:
        station.close()
    return made


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, Any]:
    code = main([str(argument) for argument in ("journal", *arguments)])
    said = capsys.readouterr()
    try:
        return code, json.loads(said.out)
    except ValueError:
        return code, said.out + said.err


def spoil(made: MadeStation) -> None:
    """A row that no journal accounts for."""
    station = made.open()
    try:
        with station.store.writing() as tx:
            tx._connection.execute(sa.update(schema.service_given).values(quantity=7))
    finally:
        station.close()


def test_the_tables_follow_from_the_journals(made: MadeStation, capsys: pytest.CaptureFixture[str]) -> None:
    code, told = run(capsys, "verify", "--replay", "--json", "--home", made.home)
    assert (code, told["ok"]) == (0, True)
    assert told["replay"]["differences"] == {}
    assert told["replay"]["entries"] == told["entries"]
    assert told["replay"]["tables"]["person"] == len(MEMBERS)
    assert told["replay"]["tables"]["service_given"] == 3


def test_a_row_that_no_journal_accounts_for_is_found(made: MadeStation, capsys: pytest.CaptureFixture[str]) -> None:
    spoil(made)
    code, told = run(capsys, "verify", "--replay", "--json", "--home", made.home)
    assert (code, told["ok"]) == (1, False)
    assert told["replay"]["differences"] == {"service_given": {"replayed": 3, "held": 3}}
    code, said = run(capsys, "verify", "--replay", "--home", made.home)
    assert code == 1
    assert "service_given: 3 rows from the journals alone, 3 here" in said
    assert run(capsys, "rebuild", "--home", made.home)[0] == 0
    assert run(capsys, "verify", "--replay", "--json", "--home", made.home)[0] == 0


def test_an_exported_file_gives_the_same_tables(
    made: MadeStation, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "journals"
    assert run(capsys, "export", "--out", file, "--home", made.home)[0] == 0
    assert file.stat().st_mode & 0o777 == 0o600
    code, there = run(capsys, "replay", file, "--json", "--home", made.home)
    assert (code, there["compared"], there["differences"], there["refused"]) == (0, True, {}, {})
    code, alone = run(capsys, "replay", file, "--json", "--home", tmp_path / "nowhere")
    assert (code, alone["compared"]) == (0, False)
    assert alone["counts"] == there["counts"]
    assert alone["counts"]["services"] == 3
    spoil(made)
    assert run(capsys, "replay", file, "--json", "--home", made.home)[1]["differences"].keys() == {"service_given"}
    assert run(capsys, "export", "--out", file, "--home", made.home)[0] == 3


@pytest.mark.parametrize("harm", ["cut", "changed", "not one"])
def test_a_harmed_file_is_refused(
    made: MadeStation, tmp_path: Path, capsys: pytest.CaptureFixture[str], harm: str
) -> None:
    file = tmp_path / "journals"
    run(capsys, "export", "--out", file, "--home", made.home)
    content = file.read_bytes()
    harmed = {
        "cut": content[:-33],
        "changed": content[:-1] + bytes([content[-1] ^ 1]),
        "not one": b"something else" + content[len(MAGIC) :],
    }[harm]
    file.write_bytes(harmed)
    code, said = run(capsys, "replay", file, "--home", made.home)
    assert code == 1
    assert ("no file of journals" if harm == "not one" else "damaged or not whole") in said


def test_the_file_of_another_city_is_refused(
    made: MadeStation, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = make_station(tmp_path / "other", World(root=SigningKey(bytes([9]) * 32)))
    file = tmp_path / "journals"
    run(capsys, "export", "--out", file, "--home", other.home)
    code, said = run(capsys, "replay", file, "--home", made.home)
    assert code == 1
    assert "another city" in said
