"""What the fault suite has found, each by its name."""

from pathlib import Path
from random import Random

from support.faults.disks import FileDisk
from support.faults.ledger import contents
from support.faults.scene import Scene
from support.faults.tally import Tally


def quiet_scene(folder: Path, stations: int) -> Scene:
    """A city with stations that have just been enrolled, on good lines."""
    scene = Scene.new(folder, Random(1), Tally())
    for _ in range(stations):
        scene.enrol()
    return scene


def test_a_revoked_station_names_a_fork_that_is_shorter_than_what_the_city_holds(tmp_path: Path) -> None:
    """Only the pull compared a journal that goes on in the city, and a revoked station is refused the pull: what was
    written on its cloned disk was neither handed in nor named, and the exchange told of no trouble but the revocation.
    Two of 80 histories with copied disks came upon it.
    """
    scene = quiet_scene(tmp_path, stations=1)
    original = scene.stations[0]
    scene.clone(original)
    clone = scene.stations[1]
    for _ in range(3):
        scene.write(original, *scene.acts.register())
    scene.exchange(original, scene.city, smooth=True)
    scene.write(clone, *scene.acts.register())
    scene.revoke(original)
    report = scene.exchange(clone, scene.city, smooth=True)
    assert report is not None
    assert {fork.writer for fork in report.forks} == {clone.writer}
    assert len(contents(clone.store)) == 2
    scene.close()


def test_an_older_disk_is_no_fork(tmp_path: Path) -> None:
    """The same question, asked where the history is the same: the station gets back what its disk lacks."""
    scene = quiet_scene(tmp_path, stations=1)
    station = scene.stations[0]
    assert isinstance(station.disk, FileDisk)
    backup = station.disk.back_up()
    scene.write(station, *scene.acts.register())
    scene.exchange(station, scene.city, smooth=True)
    scene.restore(station, backup)
    report = scene.exchange(station, scene.city, smooth=True)
    assert report is not None
    assert (report.forks, report.error) == (frozenset(), None)
    assert contents(station.store) == contents(scene.city.store)
    scene.close()
