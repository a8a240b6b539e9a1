"""What staff and city do: random records, no two alike, about the same few people, services and cards."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

from support.worlds import DAY

from station_core.ids import (
    CardId,
    DistrictCode,
    EventId,
    MemberNo,
    OperatorId,
    PersonId,
    RecordId,
    ServiceCode,
    UnionCode,
)
from station_core.records.base import Record
from station_core.records.cards import CardIssued, CardRevoked, RevocationReason
from station_core.records.documents import EventPublished, OperatorNamed
from station_core.records.people import Membership, PeopleImported, PersonChanged, PersonFields, PersonRegistered
from station_core.records.roles import Role
from station_core.records.services import RecordVoided, ServiceGiven

_NAMES = ("王小明", "欧阳静", "古丽巴哈尔·阿不都热合曼", "李㐆", "单于春")
_FIRST_MARK = 0x3500
"""Rare characters (extension A), two of which stand in every text about one person and nowhere else."""
_ID_NUMBERS = ("11010119900101001X", "110101199001010029", "")
_SERVICES = (ServiceCode("liudong.haircut"), ServiceCode("zaocan.noodles"))

Act = Callable[[], tuple[Record, ...]]


@dataclass
class Acts:
    """`mark` stands in every record, so that each can be known again wherever it turns up.

    What is written about somebody carries that person's `mark_of`: by it all that is held about them can be found.
    """

    rng: Random
    mark: str = "op"
    people: list[PersonId] = field(default_factory=list)
    services: list[RecordId] = field(default_factory=list)
    cards: list[CardId] = field(default_factory=list)
    _number: int = 0
    _marks: dict[PersonId, str] = field(default_factory=dict)

    def mark_of(self, person: PersonId) -> str:
        first = _FIRST_MARK + 2 * len(self._marks)
        return self._marks.setdefault(person, chr(first) + chr(first + 1))

    def at_a_station(self) -> tuple[Record, ...]:
        """The records of one touch: one, or several that belong together."""
        acts: tuple[tuple[int, Act], ...] = (
            (5, self.register),
            (4, self.change),
            (8, self.serve),
            (3, self.void),
            (3, self.issue),
            (2, self.revoke_card),
            (1, self.publish_event),
            (1, self.name_operator),
        )
        return self.rng.choices([act for _, act in acts], [weight for weight, _ in acts])[0]()

    def in_the_city(self, erased: Collection[PersonId] = ()) -> tuple[Record, ...]:
        """`erased`: people of whom the city knows nothing any more."""
        return self.import_roster(erased) if self.rng.random() < 0.5 else self.publish_event()

    def somebody(self) -> PersonId | None:
        """One of the people about whom something was written lately."""
        return self.rng.choice(self.people[-8:]) if self.people else None

    def register(self) -> tuple[Record, ...]:
        person = PersonId(self.rng.randbytes(16))
        self.people.append(person)
        number = MemberNo(f"{self.rng.randint(1, 9):012}")
        fields = self._fields(person, member_no=number, membership=Membership.APPROVED)
        return (PersonRegistered(person=person, fields=fields, operator=self._staff()),)

    def change(self) -> tuple[Record, ...]:
        person = self._person()
        return (PersonChanged(person=person, fields=self._fields(person), operator=self._staff()),)

    def serve(self) -> tuple[Record, ...]:
        given = []
        for _ in range(self.rng.choice((1, 1, 1, 2, 5))):
            record = RecordId(self.rng.randbytes(16))
            self.services.append(record)
            person = self._person() if self.rng.random() < 0.8 else None
            given.append(
                ServiceGiven(
                    id=record,
                    service=self.rng.choice(_SERVICES),
                    on=DAY + timedelta(days=self.rng.randint(0, 2)),
                    operator=self._staff(),
                    person=person,
                    answers={"said": self.mark_of(person)} if person and self.rng.random() < 0.3 else {},
                )
            )
        return tuple(given)

    def void(self) -> tuple[Record, ...]:
        target = self.rng.choice(self.services) if self.services else RecordId(self.rng.randbytes(16))
        return (RecordVoided(target=target, reason="记错了", operator=self._staff()),)

    def issue(self) -> tuple[Record, ...]:
        card = CardId(self.rng.randbytes(8))
        issued = CardIssued(
            card=card,
            person=self._person(),
            issued_on=DAY,
            expires_on=DAY + timedelta(days=365),
            operator=self._staff(),
        )
        replaced = self._revoked(RevocationReason.REPLACED) if self.cards and self.rng.random() < 0.4 else ()
        self.cards.append(card)
        return (issued, *replaced)

    def revoke_card(self) -> tuple[Record, ...]:
        return self._revoked(self.rng.choice(list(RevocationReason)))

    def publish_event(self) -> tuple[Record, ...]:
        event = EventPublished(
            event=EventId(self.rng.choice(("park", "square"))),
            name=f"活动 {self._staff()}",
            place="物流园",
            district=DistrictCode("210106"),
            first_day=DAY,
            last_day=DAY,
            packs=("liudong",),
            stock={_SERVICES[0]: self.rng.randint(1, 200)},
        )
        return (event,)

    def name_operator(self) -> tuple[Record, ...]:
        return (OperatorNamed(operator=self._staff(), name="赵师傅", role=Role.OPERATOR),)

    def import_roster(self, erased: Collection[PersonId] = ()) -> tuple[PeopleImported, ...]:
        people = [PersonId(self.rng.randbytes(16)) for _ in range(self.rng.randint(1, 4))]
        if self.people and (known := self._person()) not in erased:
            people.append(known)
        self.people += people
        rows = tuple((self._name(one), self.rng.choice(_ID_NUMBERS), self._staff()) for one in people)
        return (PeopleImported(columns=("name", "id_number", "employer"), people=tuple(people), rows=rows),)

    def big(self) -> tuple[Record, ...]:
        """More than a full disk has room for."""
        photo = self.rng.randbytes(60_000)
        return (PersonChanged(person=self._person(), fields=PersonFields(photo=photo), operator=self._staff()),)

    def _revoked(self, reason: RevocationReason) -> tuple[Record, ...]:
        card = self.rng.choice(self.cards) if self.cards else CardId(self.rng.randbytes(8))
        return (CardRevoked(card=card, reason=reason, operator=self._staff()),)

    def _fields(
        self, person: PersonId, member_no: MemberNo | None = None, membership: Membership | None = None
    ) -> PersonFields:
        return PersonFields(
            member_no=member_no,
            membership=membership,
            name=self._name(person),
            id_number=self.rng.choice((None, *_ID_NUMBERS)),
            phone=self.rng.choice((None, "13800000001", "13800000002")),
            union=self.rng.choice((None, UnionCode("tx-transit"))),
            groups=self.rng.choice((None, (), ("hardship",))),
            photo=self.rng.randbytes(200) if self.rng.random() < 0.2 else None,
        )

    def _name(self, person: PersonId) -> str:
        return self.rng.choice(_NAMES) + self.mark_of(person)

    def _person(self) -> PersonId:
        if not self.people or self.rng.random() < 0.1:
            self.people.append(PersonId(self.rng.randbytes(16)))
        return self.rng.choice(self.people[-8:])

    def _staff(self) -> OperatorId:
        self._number += 1
        return OperatorId(f"{self.mark}-{self._number}")
