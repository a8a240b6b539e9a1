"""The member card's code: claims signed by the station that issued it, as the text of a QR code.

The format, with examples to the byte, is docs/credential.md.

A card has one form. What is not exactly as `issue` would have written it is malformed, so nobody can change a
character of a card and still hold a card.
"""

from dataclasses import dataclass
from datetime import date

from station_core.credential import base45, claim169, cose, cwt, days
from station_core.credential.claim169 import Attribute
from station_core.credential.cose import Header, Sign1
from station_core.credential.signatures import Algorithm
from station_core.ids import CardId, KeyId, MemberNo, UnionCode
from station_core.keys import SigningKey, key_id

PREFIX = "GHK1:"
"""工会卡 (union card), version 1. All of it stands in Base45's alphabet, so the code stays alphanumeric."""

MAX_BYTES = 256
"""Before Base45: a code of 25×25 mm that is still readable (version 13 at level M)."""

UNION_CODE = 75
"""Our attribute in claim 169, from the range that the specification leaves to closed ecosystems."""

_CARD_ID_BYTES = 8
_KEY_ID_BYTES = 8
_SIGNATURE_BYTES = 64

_EMPTY_MAP, _BYTES, _SHORT = b"\xa0", 0x40, 24
"""In CBOR: an empty map; the head of bytes, to which their length is added below 24, and 24 where it follows."""
_HEADER_HEAD = bytes.fromhex("844da201270448")
"""An array of four, its first item 13 bytes: the map of 1 (algorithm) to -8 (EdDSA) and of 4 (key id) to 8 bytes."""
_SIGNATURE_HEAD = bytes([_BYTES + _SHORT, _SIGNATURE_BYTES])
_ISSUER = slice(len(_HEADER_HEAD), len(_HEADER_HEAD) + _KEY_ID_BYTES)
_HEADER = slice(2, _ISSUER.stop)
_PAYLOAD_ITEM = _ISSUER.stop + len(_EMPTY_MAP)

_MAX_TEXT = len(PREFIX) + MAX_BYTES // 2 * 3


class CardTooLarge(ValueError):
    """The name, number or union code is too long for a code that can be read."""


class MalformedCard(ValueError):
    """It begins like a card and is none."""


@dataclass(frozen=True, slots=True)
class CardClaims:
    """What a card says. It holds from the beginning of `issued_on` to the end of `expires_on`, China time.

    `issuer` names the key that signed.
    """

    card_id: CardId
    member_no: MemberNo
    name: str
    union_code: UnionCode
    issued_on: date
    expires_on: date
    issuer: KeyId


def issue(claims: CardClaims, key: SigningKey) -> str:
    """The text of the QR code.

    Raises CardTooLarge, and a plain ValueError where the claims contradict themselves or name another issuer
    than `key`.
    """
    if claims.issuer != key_id(key.public):
        raise ValueError("the claims name another issuer than the key that signs")
    if len(claims.card_id) != _CARD_ID_BYTES or claims.expires_on < claims.issued_on:
        raise ValueError("a card id has 8 bytes, and no card expires before it is issued")
    if not (claims.member_no and claims.name and claims.union_code):
        raise ValueError("a card needs a member number, a name and a union code")
    message = cose.sign(_payload(claims), key, {Header.KEY_ID: claims.issuer}, tagged=False)
    if len(message) > MAX_BYTES:
        raise CardTooLarge(f"{len(message)} bytes, at most {MAX_BYTES} fit a code that can be read")
    return PREFIX + base45.encode(message)


def is_card(text: str) -> bool:
    """Whether `text` says that it is one of our cards, of this version."""
    return text.startswith(PREFIX)


def is_too_large(text: str) -> bool:
    return len(text) > _MAX_TEXT


def parse(text: str) -> Sign1:
    """The signed message in the text of a card: only its form has been checked. Raises MalformedCard."""
    if not is_card(text) or is_too_large(text):
        raise MalformedCard("not the text of a card")
    try:
        data = base45.decode(text.removeprefix(PREFIX))
    except base45.MalformedBase45 as error:
        raise MalformedCard(str(error)) from error
    return _message(data)


def read_claims(message: Sign1) -> CardClaims:
    """What a card says; ask only after its signature has been verified. Raises MalformedCard."""
    try:
        claims = cwt.decode(message.payload)
        identity = claim169.decode(claims.others.get(cwt.Claim.IDENTITY))
        return _card_claims(claims, identity, message.key_id)
    except ValueError as error:
        raise MalformedCard(str(error)) from error


def _payload(claims: CardClaims) -> bytes:
    identity = {
        int(Attribute.ID): str(claims.member_no),
        int(Attribute.FULL_NAME): claims.name,
        UNION_CODE: str(claims.union_code),
    }
    return cwt.encode(
        cwt.Claims(
            issued_at_s=days.start_s(claims.issued_on),
            expires_at_s=days.end_s(claims.expires_on),
            token_id=claims.card_id,
            others={cwt.Claim.IDENTITY: identity},
        )
    )


def _message(data: bytes) -> Sign1:
    """The parts of the one form that `data` is; before the signature no decoder sees what a stranger wrote.

    All lengths but the payload's are fixed, so the payload is what is left: the parts are cut out, put together again
    and compared.
    """
    end = len(data) - len(_SIGNATURE_HEAD) - _SIGNATURE_BYTES
    item = data[_PAYLOAD_ITEM:end]
    payload = item[1:] if len(item) <= _SHORT else item[2:]
    head = bytes([_BYTES + len(payload)]) if len(payload) < _SHORT else bytes([_BYTES + _SHORT, len(payload)])
    issuer, signature = data[_ISSUER], data[end + len(_SIGNATURE_HEAD) :]
    if end < _PAYLOAD_ITEM or data != b"".join(
        (_HEADER_HEAD, issuer, _EMPTY_MAP, head, payload, _SIGNATURE_HEAD, signature)
    ):
        raise MalformedCard("not the one encoding of a card")
    header = {int(Header.ALGORITHM): int(Algorithm.EDDSA), int(Header.KEY_ID): issuer}
    return Sign1(data[_HEADER], header, {}, payload, signature)


def _card_claims(claims: cwt.Claims, identity: claim169.Identity, issuer: bytes | None) -> CardClaims:
    member_no, name = identity.text(Attribute.ID), identity.text(Attribute.FULL_NAME)
    union_code = identity.unassigned.get(UNION_CODE)
    if not (issuer and member_no and name and isinstance(union_code, str)):
        raise MalformedCard("a card needs a member number, a name and a union code")
    if claims.token_id is None or len(claims.token_id) != _CARD_ID_BYTES:
        raise MalformedCard("a card needs an id of 8 bytes")
    if not claims.issued_at_s or not claims.expires_at_s:
        raise MalformedCard("a card needs the days on which it is issued and expires")
    return CardClaims(
        card_id=CardId(claims.token_id),
        member_no=MemberNo(member_no),
        name=name,
        union_code=UnionCode(union_code),
        issued_on=days.day_of(claims.issued_at_s),
        expires_on=days.day_of(claims.expires_at_s - 1),
        issuer=KeyId(issuer),
    )
