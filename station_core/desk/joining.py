"""From an accepted application to the record that makes somebody a member."""

from station_core.desk.staff import Staff
from station_core.ids import DistrictCode, EventId, MemberNo, PersonId, UnionCode
from station_core.people.application import Accepted
from station_core.records.people import Membership, PersonFields, PersonRegistered


def register(
    accepted: Accepted,
    person: PersonId,
    member_no: MemberNo,
    union: UnionCode,
    district: DistrictCode,
    staff: Staff,
    event: EventId | None,
) -> PersonRegistered:
    """`union` is the one chosen, or the transit union of the person's district; the city may still decline."""
    return PersonRegistered(
        person=person,
        operator=staff.id,
        event=event,
        phone_released_by=accepted.phone_released_by,
        phone_release_reason=accepted.phone_release_reason,
        fields=PersonFields(
            member_no=member_no,
            name=accepted.name,
            id_number=accepted.id_number.number,
            phone=str(accepted.phone),
            occupation=accepted.occupation,
            employer=accepted.employer_or_platform,
            union=union,
            district=district,
            membership=Membership.PENDING,
            consent=accepted.consent_version,
            photo=accepted.photo,
        ),
    )
