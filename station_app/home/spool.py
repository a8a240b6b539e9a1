"""The station's print jobs, sealed under a key that derives from the store's."""

from pathlib import Path

from printing.spool import Spool, Unreadable
from station_app.home.sealing import CannotOpen, derive, seal, unseal

_PURPOSE = "print jobs"
FOLDER = "jobs"


class StoreKeyBox:
    def __init__(self, store_key: bytes) -> None:
        self._key = derive(store_key, _PURPOSE)

    def seal(self, content: bytes) -> bytes:
        return seal(self._key, _PURPOSE, content)

    def open(self, sealed: bytes) -> bytes:
        try:
            return unseal(self._key, _PURPOSE, sealed)
        except CannotOpen as error:
            raise Unreadable(str(error)) from error


def station_spool(home: Path, store_key: bytes) -> Spool:
    return Spool(home / "spool" / FOLDER, StoreKeyBox(store_key))
