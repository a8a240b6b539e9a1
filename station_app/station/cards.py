"""Cards: issuing them, their codes, and what is printed on them."""

import secrets
from dataclasses import dataclass
from datetime import date

from db.values import Person
from db.view import View
from printing.card import CARD_LAYOUT, MemberCard
from printing.paper import Printout, printout
from printing.printers import Medium
from printing.testpage import CODE_TEXT
from resources.texts import Language
from station_app.station.joining import published_unions, union_name
from station_app.station.settings import CARD_LAYOUT_SETTING, OWN_LAYOUTS
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
    """An issued card. `pdf` is one page of the size of `medium`."""

    card: CardId
    face: MemberCard
    pdf: bytes
    medium: Medium
    replaced: tuple[CardId, ...] = ()
    """The earlier ones, which are void by it."""


class Cards:
    def __init__(self, station: Station) -> None:
        self._station = station

    def issue(
        self,
        person: PersonId,
        staff: Staff,
        language: Language = Language.CHINESE,
        earlier_end_for: RevocationReason = RevocationReason.REPLACED,
        *,
        layout: str | None = None,
    ) -> NewCard | Refusal | None:
        """A new card for `person`, replacing the earlier ones; None where nobody is known by that id. `layout` is one
        of `printing.paper.card_layouts`, and that of the settings where it is None.

        It is drawn before anything is recorded: what cannot be printed is not issued, and replaces no earlier card.
        Raises PrintRefusal, LayoutError, and CardTooLarge where the name does not fit a code that can be read.
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
            face = self._face(tx, known, (issue.claims.issued_on, issue.claims.expires_on), text, language)
            out = self._drawn(tx, face, layout)
            tx.append(*issue.records)
            return NewCard(issue.claims.card_id, face, out.pdf, out.medium, tuple(standing))

    def specimen(self, person: PersonId, language: Language, layout: str | None = None) -> Printout | None:
        """How a card of `person` would look. Nothing is issued: its code is as dense as a card's and says nothing.
        Raises what `issue` raises."""
        with self._station.store.reading() as view:
            known = view.people.get(person)
            if known is None:
                return None
            today = self._station.today()
            face = self._face(view, known, (today, today), CODE_TEXT, language)
            return self._drawn(view, face, layout)

    def _drawn(self, view: View, face: MemberCard, layout: str | None) -> Printout:
        name = layout or view.local.setting(CARD_LAYOUT_SETTING) or CARD_LAYOUT
        return printout([face], name, self._station.home / OWN_LAYOUTS)

    def revoke(self, person: PersonId, reason: RevocationReason, staff: Staff) -> int:
        """Take back every card of `person` that still stands; how many there were."""
        with self._station.store.writing() as tx:
            known = tx.people.get(person)
            cards = tx.cards.of_people(known.all_ids) if known else []
            records = [revoke_card(old.id, reason, staff) for old in cards if old.revocation is None]
            if records:
                tx.append(*records)
            return len(records)

    def _face(self, view: View, person: Person, days: tuple[date, date], text: str, language: Language) -> MemberCard:
        unions = published_unions(view)
        return MemberCard(
            name=person.name,
            member_no=person.member_no or "-",
            union_name=union_name(unions, person.union) or self._station.facts.city_title,
            city_title=self._station.facts.city_title,
            qr_text=text,
            issued_on=days[0],
            expires_on=days[1],
            photo=view.people.photo(person.id),
            language=language,
        )


_NO_UNION = UnionCode("-")
"""Stands in a card's code for a member of the city's roster whose union is not known."""
