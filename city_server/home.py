"""The city's folder: who the city is, and its two keys.

``city.json`` says the city's id, its names and where its database is; ``root.key`` certifies devices, ``city.key``
signs the city's own journal. Each key is 32 raw bytes. None of the three is ever written over.
"""

import contextlib
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from city_server.errors import CityError
from city_server.files import write_new
from station_core.keys import SigningKey

DESCRIPTION, ROOT_KEY, CITY_KEY = "city.json", "root.key", "city.key"
KEY_BYTES = 32


class Description(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What stands in ``city.json``. `region` is the city's code of GB/T 2260, empty where none was named."""

    id: str
    name: str
    title: str
    region: str
    db: str


@dataclass(frozen=True, slots=True)
class Home:
    folder: Path
    about: Description
    root: SigningKey = field(repr=False)
    key: SigningKey = field(repr=False)


def read_home(folder: Path) -> Home:
    """The city in `folder`. Raises CityError: no_city, damaged_home."""
    try:
        about = msgspec.json.decode((folder / DESCRIPTION).read_bytes(), type=Description)
    except FileNotFoundError:
        raise CityError("no_city", folder=str(folder)) from None
    except (OSError, msgspec.MsgspecError):
        raise CityError("damaged_home", file=str(folder / DESCRIPTION)) from None
    return Home(folder, about, _read_key(folder / ROOT_KEY), _read_key(folder / CITY_KEY))


def _read_key(file: Path) -> SigningKey:
    try:
        raw = file.read_bytes()
    except OSError:
        raise CityError("damaged_home", file=str(file)) from None
    if len(raw) != KEY_BYTES:
        raise CityError("damaged_home", file=str(file))
    return SigningKey(raw)


def refuse_taken(folder: Path) -> None:
    """Raises CityError(city_exists) where any of a city's files lies in `folder`."""
    if any((folder / name).exists() for name in (DESCRIPTION, ROOT_KEY, CITY_KEY)):
        raise CityError("city_exists", folder=str(folder))


def write_home(home: Home) -> None:
    """Write the three files; the description comes last, so that a folder with one is whole.

    Raises CityError: city_exists, home_unwritable. Whatever was written is taken back then.
    """
    written: list[Path] = []
    contents = (
        (ROOT_KEY, bytes(home.root)),
        (CITY_KEY, bytes(home.key)),
        (DESCRIPTION, msgspec.json.format(msgspec.json.encode(home.about)) + b"\n"),
    )
    try:
        home.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name, content in contents:
            write_new(home.folder / name, content)
            written.append(home.folder / name)
    except OSError as error:
        take_back(written)
        if isinstance(error, FileExistsError):
            raise CityError("city_exists", folder=str(home.folder)) from None
        raise CityError("home_unwritable", folder=str(home.folder)) from None


def remove_home(home: Home) -> None:
    """Take back what `write_home` wrote, for a founding that could not be finished."""
    take_back([home.folder / name for name in (DESCRIPTION, CITY_KEY, ROOT_KEY)])


def take_back(files: list[Path]) -> None:
    for file in files:
        with contextlib.suppress(OSError):
            file.unlink()
