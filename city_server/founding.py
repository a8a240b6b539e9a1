"""Making a city: its folder, its database, and the first entries of its journal."""

import contextlib
from dataclasses import replace
from pathlib import Path

from city_server.certifying import city_certificate
from city_server.city import wall_ms
from city_server.errors import CityError
from city_server.files import PRIVATE
from city_server.home import Description, Home, refuse_taken, remove_home, write_home
from city_server.unions import city_code, place_name, unions_records
from db.engine import url_engine
from db.store import Store, prepare
from resources.texts import Language, say
from station_core.catalogue import shipped_ids, shipped_pack
from station_core.keys import SigningKey, key_id
from station_core.people.regions import region
from station_core.records.base import Record
from station_core.records.documents import CataloguePublished, CityDescribed, NoticePublished
from station_core.records.trust import WriterCertified

NOTICE_VERSION = "1"
_SQLITE = "sqlite:///"


def found_city(
    folder: Path, db: str | None, *, name: str | None = None, title: str | None = None, region_code: str = ""
) -> Home:
    """Make a city in `folder` with its database at `db` (None: an SQLite file in the folder).

    `region_code` is the city's (six digits); its districts' transit unions are published along. All or nothing: what
    was begun is taken back. Raises CityError: city_exists, database_taken, unknown_region, home_unwritable; and
    StoreError.
    """
    _check_region(region_code)
    refuse_taken(folder)
    db_url, sqlite_file = _database(folder, db)
    home = _new_home(folder, db_url, name, title, region_code)
    is_new_file = sqlite_file is not None and not sqlite_file.exists()
    write_home(home)
    try:
        if sqlite_file is not None and is_new_file:
            sqlite_file.touch(mode=PRIVATE)
        _write_founding(home)
    except BaseException:
        remove_home(home)
        if sqlite_file is not None and is_new_file:
            _remove_database(sqlite_file)
        raise
    return home


def _check_region(code: str) -> None:
    if code and (region(code) is None or city_code(code) != code):
        raise CityError("unknown_region", code=code)


def _database(folder: Path, db: str | None) -> tuple[str, Path | None]:
    """The database's address, which holds wherever a command is given from, and its file where it is one."""
    if db is not None and not db.startswith(_SQLITE):
        return db, None
    file = Path(db.removeprefix(_SQLITE)) if db else folder / "city.db"
    file = file.absolute()
    if not file.parent.is_dir() and file.parent != folder.absolute():
        raise CityError("no_folder", folder=str(file.parent))
    return f"{_SQLITE}{file}", file


def _new_home(folder: Path, db_url: str, name: str | None, title: str | None, region_code: str) -> Home:
    root, key = SigningKey.generate(), SigningKey.generate()
    where = place_name(region_code) if region_code else _say("some_city")
    about = Description(
        id=f"city-{region_code or 'cn'}-{key_id(root.public).hex()[:6]}",
        name=name or _say("default_name", place=where),
        title=title or _say("default_title"),
        region=region_code,
        db=db_url,
    )
    home = Home(folder, about, root, key)
    return replace(home, folder=folder.absolute())


def _write_founding(home: Home) -> None:
    engine = url_engine(home.about.db, create=True)
    try:
        prepare(engine)
        store = Store(engine, home.root.public, home.key, wall_ms)
        with store.writing() as tx:
            if tx.journals.heads():
                raise CityError("database_taken")
            tx.append(*founding_records(home, wall_ms()))
    finally:
        engine.dispose()


def founding_records(home: Home, now_ms: int) -> list[Record]:
    """What a city's journal begins with: certificate, names, privacy notice, unions, and every shipped pack."""
    records: list[Record] = [
        WriterCertified(certificate=city_certificate(home, now_ms)),
        CityDescribed(name=home.about.name, title=home.about.title),
        NoticePublished(version=NOTICE_VERSION, texts=notice_texts(home.about.name)),
    ]
    if home.about.region:
        records += unions_records(home.about.region)
    return records + [CataloguePublished(pack=pack, content=shipped_pack(pack).to_dict()) for pack in shipped_ids()]


def notice_texts(city_name: str) -> dict[str, str]:
    """The privacy notice by language (``zh``, ``en``)."""
    return {language.value: say(language, "city.notice", city=city_name) for language in Language}


def _say(key: str, **params: str) -> str:
    """Names that go onto cards are Chinese."""
    return say(Language.CHINESE, f"city.{key}", **params)


def _remove_database(file: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        with contextlib.suppress(OSError):
            Path(f"{file}{suffix}").unlink()
