"""What a person is told when a store does not open, and that nothing is made or changed then."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from support.worlds import World, person_id, registered

from db import errors
from db.engine import sqlcipher_engine, url_engine
from db.store import Store, prepare
from db.translate import known_error
from resources.texts import Language, say
from station_core.credential.certificate import Role
from station_core.keys import SigningKey
from station_core.records.trust import WriterCertified

KEY, OTHER_KEY = bytes(range(32)), bytes(32)
PAGE = 4096


def all_errors(kind: type[errors.StoreError] = errors.StoreError) -> list[type[errors.StoreError]]:
    return [sub for one in kind.__subclasses__() for sub in (one, *all_errors(one))]


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("kind", all_errors())
def test_every_trouble_has_its_words(kind: type[errors.StoreError], language: Language) -> None:
    assert len(say(language, f"store.{kind.code}")) > 10


def make(path: Path, people: int = 50) -> None:
    """An encrypted store of one station with some people."""
    world, key = World(), SigningKey(bytes([8]) * 32)
    store = world.store(sqlcipher_engine(path, KEY, create=True), key)
    with store.writing() as tx:
        tx.append(WriterCertified(certificate=world.certificate(key, Role.STATION)))
        tx.append(*(registered(person_id(), name=f"王{number}", phone="1380000") for number in range(people)))
    store.close()


def open_and_read(path: Path, key: bytes = KEY) -> int:
    """As a station opens its store, and everything read once; how many people there are."""
    engine = sqlcipher_engine(path, key)
    try:
        prepare(engine)
        store = Store(engine, World().root.public, SigningKey(bytes([8]) * 32), lambda: 0)
        with store.reading() as view:
            assert view.journals.faults(store.own) == []
            view.people.search("王", 10_000)
            return view.overview.counts().people
    finally:
        engine.dispose()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("made") / "store.db"
    make(path)
    return path


@pytest.fixture
def path(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(made, tmp_path / "store.db"))


def overwrite(path: Path, page: int, bytes_: int = 64) -> None:
    with path.open("r+b") as file:
        file.seek(page * PAGE + 100)
        file.write(b"\xa5" * bytes_)


def test_it_opens_with_its_key(path: Path) -> None:
    assert open_and_read(path) == 50


def test_nothing_of_a_person_stands_plainly_in_the_file(path: Path) -> None:
    content = path.read_bytes()
    assert "王1".encode() not in content
    assert b"SQLite" not in content
    assert b"1380000" not in content


def test_another_key_is_told_and_changes_nothing(path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(errors.WrongKeyOrDamaged):
        open_and_read(path, OTHER_KEY)
    assert path.read_bytes() == before
    assert open_and_read(path) == 50


def test_a_key_of_another_length_is_a_mistake_of_ours(path: Path) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        sqlcipher_engine(path, b"short")


def test_a_damaged_beginning(path: Path) -> None:
    overwrite(path, page=0)
    before = path.read_bytes()
    with pytest.raises(errors.WrongKeyOrDamaged):
        open_and_read(path)
    assert path.read_bytes() == before


def test_damage_in_the_middle(path: Path) -> None:
    for page in range(8, path.stat().st_size // PAGE, 3):
        overwrite(path, page)
    with pytest.raises(errors.DamagedStore):
        open_and_read(path)


def test_a_file_cut_short(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(6 * PAGE)
    with pytest.raises((errors.DamagedStore, errors.WrongKeyOrDamaged)):
        open_and_read(path)


@pytest.mark.parametrize("url", [False, True])
def test_an_emptied_file_is_not_taken_for_a_new_store(tmp_path: Path, url: bool) -> None:
    path = tmp_path / "store.db"
    path.touch()
    with pytest.raises(errors.DamagedStore):
        url_engine(f"sqlite:///{path}") if url else sqlcipher_engine(path, KEY)
    assert path.stat().st_size == 0


def test_a_missing_file_is_told_and_none_is_made(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    with pytest.raises(errors.NoStore):
        sqlcipher_engine(path, KEY)
    with pytest.raises(errors.NoStore):
        url_engine(f"sqlite:///{path}")
    assert list(tmp_path.iterdir()) == []


def test_something_else_than_a_store(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    path.write_bytes(b"This is a letter and no store. " * 400)
    with pytest.raises(errors.WrongKeyOrDamaged):
        open_and_read(path)
    with pytest.raises(errors.WrongKeyOrDamaged):
        prepare(url_engine(f"sqlite:///{path}"))


@pytest.mark.parametrize("url", ["nonsense", "mysql://host/name", "postgresql:/"])
def test_an_address_that_is_none(url: str) -> None:
    with pytest.raises((errors.BadAddress, errors.StoreUnreachable)):
        prepare(url_engine(url))


def test_a_database_server_that_is_not_there() -> None:
    with pytest.raises(errors.StoreUnreachable):
        prepare(url_engine("postgresql://station@127.0.0.1:9/none"))


def test_a_store_of_a_newer_version(path: Path) -> None:
    engine = sqlcipher_engine(path, KEY)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    engine.dispose()
    with pytest.raises(errors.NewerStore):
        open_and_read(path)
    engine = sqlcipher_engine(path, KEY)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one() == "9999"
    engine.dispose()


@pytest.fixture
def mount(tmp_path: Path) -> Iterator[Callable[..., Path]]:
    """Mounts a small file system, where the machine lets us."""
    mounted: list[Path] = []

    def do(options: str) -> Path:
        folder = tmp_path / f"mounted-{len(mounted)}"
        folder.mkdir()
        command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder]
        if os.geteuid() != 0 or subprocess.run(command, capture_output=True, check=False).returncode:
            pytest.skip("only root may mount, and not everywhere")
        mounted.append(folder)
        return folder

    yield do
    for folder in mounted:
        subprocess.run(["umount", "--lazy", folder], check=True)


def test_a_full_disk_records_nothing_and_says_so(mount: Callable[..., Path]) -> None:
    path = mount("size=1m") / "store.db"
    make(path, people=1)
    world, key = World(), SigningKey(bytes([8]) * 32)
    store = Store(sqlcipher_engine(path, KEY), world.root.public, key, lambda: 0)
    acknowledged = 0

    def fill() -> None:
        nonlocal acknowledged
        for number in range(2_000):
            with store.writing() as tx:
                tx.append(registered(person_id(), name=f"李{number}", photo=bytes(20_000)))
            acknowledged += 1

    with pytest.raises(errors.DiskFull):
        fill()
    with store.reading() as view:
        assert view.overview.counts().people == 1 + acknowledged
        assert view.journals.faults(store.own) == []
    store.close()
    assert open_and_read(path) == 1 + acknowledged


def test_a_folder_that_is_mounted_read_only(mount: Callable[..., Path], path: Path) -> None:
    folder = mount("size=4m")
    shutil.copy(path, folder / "store.db")
    subprocess.run(["mount", "-o", "remount,ro", folder], check=True)
    with pytest.raises(errors.NoAccess):
        open_and_read(folder / "store.db")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_one_may_not_write_to(path: Path) -> None:
    path.parent.chmod(0o500)
    try:
        with pytest.raises(errors.NoAccess):
            open_and_read(path)
    finally:
        path.parent.chmod(0o700)


WRITE_WITH_A_LIMIT = """
import resource, signal, sys
from pathlib import Path
from support.worlds import World, person_id, registered
from db.engine import sqlcipher_engine
from db.errors import StoreError
from db.store import Store
from station_core.keys import SigningKey

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
store = Store(sqlcipher_engine(Path(sys.argv[1]), bytes(range(32))), World().root.public, SigningKey(bytes([8]) * 32),
              lambda: 0)
resource.setrlimit(resource.RLIMIT_FSIZE, (900_000, 900_000))
done = 0
try:
    while done < 2_000:
        with store.writing() as tx:
            tx.append(registered(person_id(), name="李", photo=bytes(20_000)))
        done += 1
except StoreError as error:
    print(done, type(error).__name__)
"""


def test_a_write_that_the_system_refuses_loses_nothing_acknowledged(path: Path) -> None:
    came = subprocess.run(
        [sys.executable, "-c", WRITE_WITH_A_LIMIT, path], capture_output=True, text=True, check=False, env=with_paths()
    )
    done, error = came.stdout.split()
    assert error in ("DiskFull", "DamagedStore")
    assert int(done) > 3
    assert open_and_read(path) == 50 + int(done)


def with_paths() -> dict[str, str]:
    project = Path(__file__).resolve().parents[2]
    return {**os.environ, "PYTHONPATH": os.pathsep.join((str(project), str(project / "tests")))}


HOLD_THE_LOCK = """
import sys
from pathlib import Path
from db.engine import sqlcipher_engine
engine = sqlcipher_engine(Path(sys.argv[1]), bytes(range(32)))
with engine.begin() as connection:
    print("held", flush=True)
    sys.stdin.readline()
"""


def test_another_process_that_writes_is_waited_for_and_then_named(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("db.engine.BUSY_TIMEOUT_MS", 100)
    store = Store(sqlcipher_engine(path, KEY), World().root.public, SigningKey(bytes([8]) * 32), lambda: 0)
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen([sys.executable, "-c", HOLD_THE_LOCK, path], env=with_paths(), **pipes) as other:  # type: ignore[call-overload]
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(errors.StoreBusy), store.writing() as tx:
            tx.append(registered(person_id(), name="李"))
        with store.reading() as view:
            assert view.overview.counts().people == 50
        other.stdin.write(b"\n")
        other.stdin.flush()
        assert other.wait(20) == 0
    with store.writing() as tx:
        tx.append(registered(person_id(), name="李"))
    store.close()
    assert open_and_read(path) == 51


def test_what_is_no_trouble_of_the_surroundings_stays_a_mistake_of_ours() -> None:
    assert known_error(RuntimeError("no such column: name")) is None
