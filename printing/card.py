"""The member card."""

from dataclasses import dataclass
from datetime import date

from printing.layout import Content, Layout, draw
from printing.refusals import MissingField
from resources.texts import Language

CARD_LAYOUT = "member-card"
_GROUP_DIGITS = 4


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


def card_pdf(card: MemberCard, layout: Layout) -> bytes:
    """One page of the layout's size. Raises the refusals of `printing.refusals`."""
    return draw(layout, card_content(card))


def card_content(card: MemberCard) -> Content:
    """The card's fields for a layout. Raises MissingField for the first that is empty, whether or not the
    layout shows it."""
    texts = {
        "name": card.name,
        "member_no": grouped(card.member_no),
        "union_name": card.union_name,
        "city_title": card.city_title,
    }
    for field, text in (*texts.items(), ("qr_text", card.qr_text)):
        if not text or not text.strip():
            raise MissingField(field)
    for field, day in (("issued_on", card.issued_on), ("expires_on", card.expires_on)):
        texts[field] = day.isoformat()
    pictures = {"photo": card.photo or b""}
    return Content(card.language, texts, codes={"qr_text": card.qr_text}, pictures=pictures)


def grouped(member_no: str) -> str:
    """A number of digits in groups of four, as it is read out; any other number as it is."""
    if not (member_no.isascii() and member_no.isdigit()) or len(member_no) < 2 * _GROUP_DIGITS:
        return member_no
    return " ".join(member_no[start : start + _GROUP_DIGITS] for start in range(0, len(member_no), _GROUP_DIGITS))
