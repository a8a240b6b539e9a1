"""The member card."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from printing.layout import Content, Layout, draw, draw_pages
from printing.refusals import MissingField
from resources.texts import Language
from station_core.ids import MemberNo
from station_core.people.member_no import grouped

CARD_LAYOUT = "member-card"


@dataclass(frozen=True, slots=True, repr=False)
class MemberCard:
    """What stands on a card. All but the photo must be there. `repr` shows nothing, since all of it is about
    a person."""

    name: str
    member_no: str
    union_name: str
    city_title: str
    qr_text: str
    """What the signed code says: Base45, so that it goes in the QR code's alphanumeric mode."""
    issued_on: date
    expires_on: date
    photo: bytes | None = None
    """PNG or JPEG."""
    language: Language = Language.CHINESE
    """Of the labels."""
    event: str = ""
    """What the holder takes part in; only a badge shows it."""


def card_pdf(card: MemberCard, layout: Layout) -> bytes:
    """One page of the layout's size. Raises the refusals of `printing.refusals`."""
    return draw(layout, card_content(card))


def cards_pdf(cards: Iterable[MemberCard], layout: Layout) -> bytes:
    """A page for each. Raises the same."""
    return draw_pages(layout, (card_content(card) for card in cards))


def card_content(card: MemberCard) -> Content:
    """The card's fields for a layout. Raises MissingField for the first that is empty, whether or not the
    layout shows it."""
    texts = {
        "name": card.name,
        "member_no": grouped(MemberNo(card.member_no)),
        "union_name": card.union_name,
        "city_title": card.city_title,
    }
    for field, text in (*texts.items(), ("qr_text", card.qr_text)):
        if not text or not text.strip():
            raise MissingField(field)
    for field, day in (("issued_on", card.issued_on), ("expires_on", card.expires_on)):
        texts[field] = day.isoformat()
    texts["event"] = card.event
    pictures = {"photo": card.photo or b""}
    return Content(card.language, texts, codes={"qr_text": card.qr_text}, pictures=pictures)
