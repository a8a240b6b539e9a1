"""Registering a newcomer: from the form to a member with a number, served at once."""

import secrets
from dataclasses import dataclass

from db.store import Transaction
from db.values import Person
from db.view import View
from station_app.station.station import Station
from station_core.desk.joining import register
from station_core.desk.staff import Staff
from station_core.ids import DistrictCode, MemberNo, PersonId, UnionCode
from station_core.people import id_number, joining, member_no, phone
from station_core.people.application import Accepted, Application, Known, KnownMember, Refused
from station_core.people.id_number import IdNumber
from station_core.people.problems import Field, Problem, ProblemCode
from station_core.records.documents import NoticePublished, UnionOrganisation, UnionsPublished

LAST_SERIAL = "last_serial"


@dataclass(frozen=True, slots=True)
class Joined:
    """A new member. `notices` hold nothing up but are worth knowing."""

    person: PersonId
    member_no: MemberNo
    notices: tuple[Problem, ...] = ()


class Joining:
    def __init__(self, station: Station) -> None:
        self._station = station

    def notice(self) -> NoticePublished | None:
        """The privacy notice to consent to."""
        with self._station.store.reading() as view:
            return view.documents.latest(NoticePublished)

    def unions(self) -> tuple[UnionOrganisation, ...]:
        """Every union organisation that the city has published."""
        with self._station.store.reading() as view:
            return published_unions(view)

    def check(self, application: Application) -> Accepted | Refused:
        """What would come of it; nothing is saved."""
        with self._station.store.reading() as view:
            return joining.decide(application, self._known(view, application), self._station.today())

    def register(self, application: Application, staff: Staff) -> Joined | Refused:
        """Save it; on disk when this returns."""
        with self._station.store.writing() as tx:
            accepted = joining.decide(application, self._known(tx, application), self._station.today())
            if isinstance(accepted, Refused):
                return accepted
            union = _union_of(accepted, published_unions(tx), self._station.facts.district)
            if union is None:
                return Refused((Problem(Field.UNION, ProblemCode.UNION_UNKNOWN),))
            number = self._next_number(tx)
            event = self._station.offer(tx).event_id
            record = register(
                accepted, PersonId(secrets.token_bytes(16)), number, union.code, union.district, staff, event
            )
            tx.append(record)
            return Joined(record.person, number, accepted.notices)

    def _next_number(self, tx: Transaction) -> MemberNo:
        """A number that was given once is not given again, also when the city has since changed the member's."""
        writer = self._station.facts.writer_number
        serial = 1 + max(tx.people.last_serial(writer), int(tx.local.setting(LAST_SERIAL, "0")))
        tx.local.set_setting(LAST_SERIAL, str(serial))
        return member_no.make(writer, serial)

    def _known(self, view: View, application: Application) -> Known:
        number = id_number.parse(application.id_number, self._station.today())
        mobile = phone.parse(application.phone)
        same_person = view.people.with_id_number(number.number) if isinstance(number, IdNumber) else []
        same_phone = view.people.with_phone(str(mobile)) if mobile else []
        notice = view.documents.latest(NoticePublished)
        return Known(
            notice_version=notice.version if notice else "",
            union_codes=frozenset(union.code for union in published_unions(view)),
            with_id_number=next(iter(_members(same_person)), None),
            with_phone=_members(same_phone),
        )


def _members(people: list[Person]) -> tuple[KnownMember, ...]:
    return tuple(KnownMember(person.id, person.member_no) for person in people if person.member_no)


def published_unions(view: View) -> tuple[UnionOrganisation, ...]:
    """Every union organisation that the city has published, whatever its district."""
    return tuple(union for published in view.documents.all(UnionsPublished) for union in published.unions)


def _union_of(
    accepted: Accepted, unions: tuple[UnionOrganisation, ...], own_district: DistrictCode
) -> UnionOrganisation | None:
    """The union that was chosen, or the transit union (周转库) of the chosen district."""
    if accepted.union_code is not None:
        return next((union for union in unions if union.code == accepted.union_code), None)
    district = accepted.district_code or own_district
    return next((union for union in unions if union.transit and union.district == district), None)


def union_name(unions: tuple[UnionOrganisation, ...], code: UnionCode | None) -> str:
    """What `code` is called; the code itself where its list has not arrived here."""
    if code is None:
        return ""
    return next((union.name for union in unions if union.code == code), str(code))
