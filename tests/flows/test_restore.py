"""A station from its backup: in a new folder, in the place of a damaged one, and what the lock screen says."""

import shutil

import pytest
from support.stations import OPERATOR_PIN
from support.worlds import given

from station_app.cli.main import main
from station_app.flows.lock_flow import LockFlow
from station_app.flows.pin_tries import PinTries
from station_app.home.errors import NoBackup, NoDeviceKey, OtherStation, StationExists
from station_app.home.home import STORE_FILE
from station_app.home.keyslots import KeySlots
from station_app.screens.lock.screen import LockScreen
from station_app.station import doctor
from station_app.station.backup import FOLDER, back_up
from station_app.station.restore import restore_into, restore_latest, restore_new
from station_app.station.station import Station
from station_app.words import Phrase


def damage(home) -> bytes:
    file = home / STORE_FILE
    data = bytearray(file.read_bytes())
    data[:4096] = bytes(4096)
    file.write_bytes(data)
    return bytes(data)


def test_a_damaged_store_is_kept_aside_and_the_last_good_backup_stands_in_its_place(made):
    made_backup = back_up(made.home, made.store_key)
    station = made.open()
    with station.store.writing() as tx:
        tx.append(given(None))
    station.close()
    spoilt = damage(made.home)
    done = restore_latest(made.home)
    assert done.backup == made_backup.place
    assert done.aside is not None
    assert (done.aside / STORE_FILE).read_bytes() == spoilt
    station = made.open()
    with station.store.reading() as view:
        assert view.overview.counts().people == 4
        assert view.overview.counts().services == 0
        assert view.journals.faults(station.store.own) == []
    station.close()


def test_a_power_cut_while_files_change_places_is_gone_on_from(made):
    back_up(made.home, made.store_key)
    spoilt = damage(made.home)
    (made.home / "damaged-2026-01-01-000000").mkdir()
    (made.home / STORE_FILE).rename(made.home / "damaged-2026-01-01-000000" / STORE_FILE)
    restore_latest(made.home)
    made.open().close()
    assert (made.home / "damaged-2026-01-01-000000" / STORE_FILE).read_bytes() == spoilt


def test_a_damaged_backup_is_passed_over_and_never_put_in(made):
    older = back_up(made.home, made.store_key)
    older = older.place.rename(older.place.with_name("2026-01-02-080000"))
    newer = back_up(made.home, made.store_key)
    damage(newer.place)
    assert restore_latest(made.home).backup == older
    shutil.rmtree(made.home / FOLDER)
    before = (made.home / STORE_FILE).read_bytes()
    with pytest.raises(NoBackup):
        restore_latest(made.home)
    assert (made.home / STORE_FILE).read_bytes() == before


def test_a_new_folder_opens_with_pins_alone(made, tmp_path):
    backup = back_up(made.home, made.store_key, tmp_path / "stick")
    new = tmp_path / "new"
    restore_new(backup.place, new)
    with pytest.raises(NoDeviceKey):
        Station.open(new)
    Station.open(new, KeySlots.read(new).slot(made.operator.id).open(OPERATOR_PIN)).close()
    with pytest.raises(StationExists):
        restore_new(backup.place, made.home)
    whole = back_up(made.home, made.store_key, tmp_path / "stick-2", with_device_key=True)
    restore_new(whole.place, tmp_path / "newer")
    Station.open(tmp_path / "newer").close()


def test_another_stations_backup_is_refused(made, tmp_path):
    from support.stations import make_station

    other = make_station(tmp_path / "other")
    backup = back_up(other.home, other.store_key)
    before = (made.home / STORE_FILE).read_bytes()
    with pytest.raises(OtherStation):
        restore_into(backup.place, made.home)
    assert (made.home / STORE_FILE).read_bytes() == before


@pytest.mark.parametrize("backed_up", [True, False])
def test_the_lock_screen_says_what_can_be_done_about_a_damaged_store(made, themed, desk, qtbot, backed_up, tmp_path):
    home = tmp_path / "broken"
    shutil.copytree(made.home, home)
    if backed_up:
        back_up(home, made.store_key)
    damage(home)
    screen = LockScreen()
    qtbot.addWidget(screen)
    flow = LockFlow(screen, home, "一号台", desk.tasks, PinTries())
    with pytest.raises(Exception) as broken:
        Station.open(home, made.store_key)
    assert flow.tell(broken.value)
    trouble = screen._state.trouble
    assert isinstance(trouble, Phrase)
    assert trouble.key == ("repairs.damaged.latest" if backed_up else "lock.trouble.words")
    assert ("restore --latest" in screen._problem.text()) == backed_up


def test_the_commands_back_up_and_restore(made, tmp_path, capsys):
    assert main(["backup", "--home", str(made.home), "--json"]) == 0
    damage(made.home)
    found = {finding.what: finding for finding in doctor.examine(made.home)}
    assert "restore --latest" in found["store"].in_words(doctor.Language.ENGLISH)
    assert main(["restore", "--latest", "--home", str(made.home)]) == 0
    assert "kept in" in capsys.readouterr().out
    assert main(["status", "--home", str(made.home), "--json"]) == 0
    assert main(["restore", "--home", str(tmp_path / "x")]) == 2
    assert main(["restore", str(tmp_path), "--home", str(tmp_path / "x")]) == 3
    assert not (tmp_path / "x").exists()
