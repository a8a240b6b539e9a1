"""Every kind of record by its name, and which role may write it."""

from station_core.credential.certificate import Role
from station_core.records.base import Record
from station_core.records.cards import CardIssued, CardRevoked, CardStatusesPublished
from station_core.records.documents import (
    CataloguePublished,
    CityDescribed,
    EventPublished,
    LeaseSet,
    NoticePublished,
    OperatorNamed,
    UnionsPublished,
)
from station_core.records.erasure import PersonErased
from station_core.records.people import PeopleImported, PersonChanged, PersonRegistered
from station_core.records.services import RecordVoided, ServiceGiven
from station_core.records.stock import StockTransferred, StockWanted
from station_core.records.trust import WriterCertified, WriterRevoked, WriterSucceeded

_STATION: tuple[type[Record], ...] = (
    PersonRegistered,
    PersonChanged,
    ServiceGiven,
    RecordVoided,
    CardIssued,
    CardRevoked,
    EventPublished,
    OperatorNamed,
    StockTransferred,
    StockWanted,
)
_CITY_ONLY: tuple[type[Record], ...] = (
    PeopleImported,
    PersonErased,
    WriterRevoked,
    WriterSucceeded,
    CataloguePublished,
    NoticePublished,
    UnionsPublished,
    CityDescribed,
    LeaseSet,
    CardStatusesPublished,
)

_ALL: tuple[type[Record], ...] = (*_STATION, *_CITY_ONLY, WriterCertified)
KINDS: dict[str, type[Record]] = {record.kind: record for record in _ALL}

_MAY_WRITE: dict[Role, frozenset[str]] = {
    Role.STATION: frozenset(record.kind for record in _STATION),
    Role.CITY: frozenset(KINDS),
    Role.HUB: frozenset(),
}


def may_write(role: Role, kind: str) -> bool:
    return kind in _MAY_WRITE[role]
