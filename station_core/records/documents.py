"""Records that hold one document each: the whole of it is replaced by the next with the same key."""

from datetime import date
from typing import Annotated, Any, ClassVar

import msgspec

from station_core.ids import DistrictCode, EventId, OperatorId, ServiceCode, UnionCode
from station_core.records.base import Record
from station_core.records.roles import Role

MOST_DAYS = 3_650


class CataloguePublished(Record, frozen=True, omit_defaults=True, kw_only=True):
    """A catalogue pack (`station_core.catalogue`), as the plain map that it is parsed from."""

    kind: ClassVar[str] = "catalogue.published"
    pack: str
    content: dict[str, Any]


class EventPublished(Record, frozen=True, omit_defaults=True, kw_only=True):
    """A pop-up event: where, when, which packs it carries, and how much there is of what is limited."""

    kind: ClassVar[str] = "event.published"
    event: EventId
    name: str
    place: str
    district: DistrictCode
    first_day: date
    last_day: date
    packs: tuple[str, ...]
    stock: dict[ServiceCode, int] = {}


class NoticePublished(Record, frozen=True, omit_defaults=True, kw_only=True):
    """The privacy notice that people consent to, by version."""

    kind: ClassVar[str] = "notice.published"
    version: str
    texts: dict[str, str]


class UnionOrganisation(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """`transit`: the district's 周转库, for people without an employer's union."""

    code: UnionCode
    name: str
    district: DistrictCode
    transit: bool = False


class UnionsPublished(Record, frozen=True, omit_defaults=True, kw_only=True):
    """All union organisations of one district."""

    kind: ClassVar[str] = "unions.published"
    district: DistrictCode
    unions: tuple[UnionOrganisation, ...]


class CityDescribed(Record, frozen=True, omit_defaults=True, kw_only=True):
    """What the city calls itself on cards and screens."""

    kind: ClassVar[str] = "city.described"
    name: str
    title: str


class LeaseSet(Record, frozen=True, omit_defaults=True, kw_only=True):
    """How long a station may go without contact with the city until its data locks (`station_core.lease`).

    `days` is 0 where none locks; staff are warned in the last `warn_days`.
    """

    kind: ClassVar[str] = "lease.set"
    days: Annotated[int, msgspec.Meta(ge=0, le=MOST_DAYS)]
    warn_days: Annotated[int, msgspec.Meta(ge=0, le=MOST_DAYS)]


class OperatorNamed(Record, frozen=True, omit_defaults=True, kw_only=True):
    """A member of staff. Their PIN stays on the station and is in no journal."""

    kind: ClassVar[str] = "operator.named"
    operator: OperatorId
    name: str
    role: Role
    active: bool = True
