"""Cards: issuing them, their codes, and what is printed on them."""

import secrets
from dataclasses import dataclass

from db.store import View
from db.values import Person
from printing.card import CARD_LAYOUT, MemberCard, card_pdf
from printing.layout import load_layout
from resources.texts import Language
from station_app.station.joining import published_unions, union_name
from station_app.station.station import Station
from station_core.credential import card
from station_core.credential.card_status import RANDOM_BYTES, next_card_id
from station_core.desk.cards import Holder, issue_card, revoke_card
from station_core.desk.refusal import Refusal, RefusalCode
from station_core.desk.staff import Staff
from station_core.ids import CardId, PersonId, UnionCode
from station_core.records.cards import RevocationReason
from station_core.records.people import Membership


@dataclass(frozen=True, slots=True)
class NewCard:
    """An issued card. `pdf` is one page of its size."""

    card: CardId
    face: MemberCard
    pdf: bytes


class Cards:
    def __init__(self, station: Station) -> None:
        self._station = station

    def issue(
        self,
        person: PersonId,
        staff: Staff,
        language: Language = Language.CHINESE,
        earlier_end_for: RevocationReason = RevocationReason.REPLACED,
    ) -> NewCard | Refusal | None:
        """A new card for `person`, replacing the earlier ones; None where nobody is known by that id.

        It is drawn before anything is recorded: what cannot be printed is not issued, and replaces no earlier card.
        Raises PrintRefusal, and CardTooLarge where the name does not fit a code that can be read.
        """
        with self._station.store.writing() as tx:
            known = tx.people.get(person)
            if known is None:
                return None
            if known.membership not in (Membership.APPROVED, Membership.PENDING) or not known.member_no:
                return Refusal(RefusalCode.NOT_SERVED)
            standing = [old.id for old in tx.cards.of_people(known.all_ids) if old.revocation is None]
            holder = Holder(known.id, known.member_no, known.name, known.union or _NO_UNION)
            issue = issue_card(
                holder,
                next_card_id(tx.cards.last_id_of(self._station.store.own), secrets.token_bytes(RANDOM_BYTES)),
                self._station.card_key_id,
                standing,
                staff,
                self._station.today(),
                earlier_end_for,
            )
            text = card.issue(issue.claims, self._station.store.key)
            face = self._face(tx, known, issue.claims, text, language)
            pdf = card_pdf(face, load_layout(CARD_LAYOUT))
            tx.append(*issue.records)
            return NewCard(issue.claims.card_id, face, pdf)

    def revoke(self, person: PersonId, reason: RevocationReason, staff: Staff) -> int:
        """Take back every card of `person` that still stands; how many there were."""
        with self._station.store.writing() as tx:
            known = tx.people.get(person)
            cards = tx.cards.of_people(known.all_ids) if known else []
            records = [revoke_card(old.id, reason, staff) for old in cards if old.revocation is None]
            if records:
                tx.append(*records)
            return len(records)

    def _face(self, view: View, person: Person, claims: card.CardClaims, text: str, language: Language) -> MemberCard:
        unions = published_unions(view)
        return MemberCard(
            name=person.name,
            member_no=claims.member_no,
            union_name=union_name(unions, person.union) or self._station.facts.city_title,
            city_title=self._station.facts.city_title,
            qr_text=text,
            issued_on=claims.issued_on,
            expires_on=claims.expires_on,
            photo=view.people.photo(person.id),
            language=language,
        )


_NO_UNION = UnionCode("-")
"""Stands in a card's code for a member of the city's roster whose union is not known."""
