"""What the city tells all its stations: events and catalogue packs."""

import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from city_server.city import City
from city_server.enrolling import check_district
from city_server.errors import CityError
from db.view import View
from station_core.catalogue import MalformedPack, Pack, shipped_ids, shipped_pack
from station_core.ids import DistrictCode, EventId, ServiceCode
from station_core.records.documents import CataloguePublished, EventPublished


def publish_event(city: City, event: EventPublished) -> None:
    """Publish or change an event. Raises CityError: unknown_district, unknown_pack, unknown_service."""
    check_district(event.district)
    with city.store.writing() as tx:
        packs = {pack: _published(tx, pack) for pack in event.packs}
        offered = {service.code for pack in packs.values() for service in pack.services}
        for service in event.stock:
            if service not in offered:
                raise CityError("unknown_service", service=service)
        tx.append(event)


def _published(view: View, pack_id: str) -> Pack:
    record = view.documents.get(CataloguePublished, pack_id)
    if record is None:
        raise CityError("unknown_pack", pack=pack_id)
    return Pack.from_dict(record.content)


def event_of(
    event: str,
    name: str,
    place: str,
    district: str,
    days: tuple[date, date],
    packs: tuple[str, ...],
    stock: Mapping[str, int],
) -> EventPublished:
    """Raises CityError(bad_days) where the event ends before it begins."""
    first_day, last_day = days
    if last_day < first_day:
        raise CityError("bad_days")
    return EventPublished(
        event=EventId(event),
        name=name,
        place=place,
        district=DistrictCode(district),
        first_day=first_day,
        last_day=last_day,
        packs=packs,
        stock={ServiceCode(service): number for service, number in stock.items()},
    )


def publish_pack(city: City, named: str) -> Pack:
    """Publish the shipped pack of that id, or the one in the TOML file `named`.

    Raises CityError: unknown_pack, bad_pack; older_pack where the city has a later version already.
    """
    pack = shipped_pack(named) if named in shipped_ids() else _read(Path(named))
    with city.store.writing() as tx:
        held = tx.documents.get(CataloguePublished, pack.id)
        if held is not None and Pack.from_dict(held.content).version > pack.version:
            raise CityError("older_pack", pack=pack.id)
        tx.append(CataloguePublished(pack=pack.id, content=pack.to_dict()))
    return pack


def _read(file: Path) -> Pack:
    try:
        return Pack.from_dict(tomllib.loads(file.read_text(encoding="utf-8")))
    except OSError:
        raise CityError("unknown_pack", pack=str(file)) from None
    except (MalformedPack, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CityError("bad_pack", file=str(file), why=str(error)) from None
