"""What a command works with: the folder, the language, and the station once somebody asks for it."""

import json
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from resources.texts import Language, say

if TYPE_CHECKING:
    from station_app.station.station import Station


class Context:
    def __init__(self, home: Path, language: Language) -> None:
        self.home = home
        self.language = language

    @cached_property
    def station(self) -> "Station":
        """Opened with the device's own key."""
        from station_app.station.station import Station

        return Station.open(self.home)

    @cached_property
    def store_key(self) -> bytes:
        from station_app.home.keyslots import KeySlots

        return KeySlots.read(self.home).open_with_device(self.home)

    def close(self) -> None:
        if "station" in self.__dict__:
            self.station.close()

    def say(self, key: str, **params: object) -> str:
        return say(self.language, key, **params)

    def print_json(self, value: object) -> None:
        print(json.dumps(value, ensure_ascii=False), flush=True)
