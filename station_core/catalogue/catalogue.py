"""The packs that are in force at a station, and the ones that the product ships."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Self

from resources import path
from station_core.catalogue.pack import Pack
from station_core.catalogue.reading import MalformedPack
from station_core.catalogue.service import Service
from station_core.ids import ServiceCode


class UnknownService(KeyError):
    """A service code that no pack in force has: most often its pack has not come with a synchronisation yet."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """One pack per id, in order of the ids."""

    packs: tuple[Pack, ...]

    @classmethod
    def of(cls, packs: Iterable[Pack]) -> Self:
        """The newest version of each pack, in whatever order they came."""
        newest: dict[str, Pack] = {}
        for pack in packs:
            held = newest.get(pack.id)
            if held is None or pack.version > held.version:
                newest[pack.id] = pack
        return cls(tuple(newest[key] for key in sorted(newest)))

    @property
    def services(self) -> tuple[Service, ...]:
        return tuple(service for pack in self.packs for service in pack.services)

    def service(self, code: ServiceCode) -> Service:
        """Raises UnknownService."""
        for pack in self.packs:
            if code.startswith(f"{pack.id}."):
                try:
                    return pack.service(code)
                except KeyError:
                    break
        raise UnknownService(code)


def shipped_ids() -> tuple[str, ...]:
    """The ids of the packs in resources, in order of the alphabet."""
    return tuple(sorted(file.stem for file in path("catalogues").glob("*.toml")))


@cache
def shipped_pack(pack_id: str) -> Pack:
    """The pack in ``resources/catalogues/<pack_id>.toml``. Raises KeyError where none is shipped, and MalformedPack."""
    if pack_id not in shipped_ids():
        raise KeyError(pack_id)
    written = path("catalogues", f"{pack_id}.toml").read_text(encoding="utf-8")
    pack = Pack.from_dict(tomllib.loads(written))
    if pack.id != pack_id:
        raise MalformedPack("id", f"must be {pack_id}, as the file is called")
    return pack
