"""Records about people: who they are and how they came to be members."""

from enum import StrEnum
from typing import Annotated, ClassVar

import msgspec

from station_core.clock import MAX_TIME, HybridTime
from station_core.ids import DistrictCode, EventId, MemberNo, OperatorId, PersonId, UnionCode, WriterId
from station_core.records.base import ID, Record


class Membership(StrEnum):
    """Where an application stands; the first two are served."""

    PENDING = "pending"
    APPROVED = "approved"
    DECLINED = "declined"
    LEFT = "left"


class PersonFields(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """What is known of a person. Every field is a last-writer-wins register; None leaves the register alone."""

    member_no: MemberNo | None = None
    name: str | None = None
    id_number: str | None = None
    phone: str | None = None
    occupation: str | None = None
    employer: str | None = None
    union: UnionCode | None = None
    district: DistrictCode | None = None
    household: str | None = None
    groups: tuple[str, ...] | None = None
    membership: Membership | None = None
    consent: str | None = None
    photo: bytes | None = None


class PersonRegistered(Record, frozen=True, omit_defaults=True, kw_only=True):
    """Somebody joined at a counter. `fields.member_no` is theirs from now on.

    `phone_released_by`: the supervisor who confirmed that a phone in use by another member is theirs too, and why.
    """

    kind: ClassVar[str] = "person.registered"
    person: Annotated[PersonId, ID]
    fields: PersonFields
    operator: OperatorId
    event: EventId | None = None
    phone_released_by: OperatorId | None = None
    phone_release_reason: str = ""


class PersonChanged(Record, frozen=True, omit_defaults=True, kw_only=True):
    """Some of a person's fields have new values."""

    kind: ClassVar[str] = "person.changed"
    person: Annotated[PersonId, ID]
    fields: PersonFields
    operator: OperatorId


ROSTER_COLUMNS = (
    "member_no",
    "name",
    "id_number",
    "phone",
    "occupation",
    "employer",
    "union",
    "district",
    "household",
    "groups",
    "membership",
)


class OriginalStamp(msgspec.Struct, frozen=True, array_like=True):
    """When and by whom something was first written that is written again."""

    at: Annotated[HybridTime, msgspec.Meta(ge=0, le=MAX_TIME)]
    writer: Annotated[WriterId, ID]


class PeopleImported(Record, frozen=True, omit_defaults=True, kw_only=True):
    """Many people from a city's roster: `rows[i]` holds, in the order of `columns`, what is known of `people[i]`.

    Imports are big, so that rows are plain arrays; a column that this version does not know is passed over.
    `as_of` says that this repeats rows of an earlier import, which count as if they had been written then.
    """

    kind: ClassVar[str] = "people.imported"
    columns: tuple[str, ...]
    people: tuple[Annotated[PersonId, ID], ...]
    rows: tuple[tuple[str | tuple[str, ...] | None, ...], ...]
    as_of: OriginalStamp | None = None

    def __post_init__(self) -> None:
        if len(self.people) != len(self.rows) or any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError("Rows, people and columns do not fit each other")
