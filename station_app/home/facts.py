"""What a station may know of itself before its store is open."""

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Self

from station_app.home.errors import DamagedHome, NoStation
from station_app.home.files import write_private
from station_core.ids import DistrictCode

FILE = "station.json"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class StationFacts:
    """`root_key` is the city's public root key (hex). Nothing in it is secret or about a person."""

    label: str
    district: DistrictCode
    writer_number: int
    city_id: str
    city_name: str
    city_title: str
    city_url: str
    root_key: str

    @property
    def root_key_bytes(self) -> bytes:
        return bytes.fromhex(self.root_key)

    def write(self, home: Path) -> None:
        content = {"format": FORMAT, **asdict(self)}
        write_private(home / FILE, json.dumps(content, ensure_ascii=False, indent=1).encode())

    @classmethod
    def read(cls, home: Path) -> Self:
        """Raises NoStation, DamagedHome."""
        try:
            content = json.loads((home / FILE).read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise NoStation(home=str(home)) from None
        except ValueError as error:
            raise DamagedHome(file=FILE) from error
        try:
            return cls(**{field.name: content[field.name] for field in fields(cls)})
        except (KeyError, TypeError) as error:
            raise DamagedHome(file=FILE) from error
