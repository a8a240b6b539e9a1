"""Issuing a member's card and taking cards back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from station_core.credential.card import CardClaims
from station_core.desk.staff import Staff
from station_core.ids import CardId, KeyId, MemberNo, PersonId, UnionCode
from station_core.records.cards import CardIssued, CardRevoked, RevocationReason

VALID_YEARS = 3


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose card it will be."""

    person: PersonId
    member_no: MemberNo
    name: str
    union: UnionCode


@dataclass(frozen=True, slots=True)
class Issue:
    """A new card: what its code says, and the records to write. Earlier cards that still stood are replaced."""

    claims: CardClaims
    records: tuple[CardIssued | CardRevoked, ...]


def issue_card(
    holder: Holder,
    card: CardId,
    issuer: KeyId,
    standing_cards: Iterable[CardId],
    staff: Staff,
    today: date,
    earlier_end_for: RevocationReason = RevocationReason.REPLACED,
) -> Issue:
    """The same for a first card, a renewal and the replacement of a lost one: earlier cards end, for that reason."""
    expires_on = _years_later(today, VALID_YEARS)
    claims = CardClaims(card, holder.member_no, holder.name, holder.union, today, expires_on, issuer)
    issued = CardIssued(card=card, person=holder.person, issued_on=today, expires_on=expires_on, operator=staff.id)
    replaced = tuple(revoke_card(old, earlier_end_for, staff) for old in standing_cards)
    return Issue(claims, (issued, *replaced))


def revoke_card(card: CardId, reason: RevocationReason, staff: Staff) -> CardRevoked:
    return CardRevoked(card=card, reason=reason, operator=staff.id)


def _years_later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)
