"""Which entry of which status list is a card's: the list is its issuer's, the entry stands in the card's own id.

So a card needs no reference to a list in its code (30 bytes or more), and a verifier no table of a million ids.
"""

import re
from collections.abc import Iterable

from station_core.credential import statuslist
from station_core.credential.statuslist import SignedStatusList, StatusList
from station_core.ids import CardId, KeyId

INDEX_BYTES = 3
"""The first bytes of a card's id, big-endian; the rest is random, so that ids stay unique across issuers."""
RANDOM_BYTES = 5
MAX_INDEX = (1 << 8 * INDEX_BYTES) - 1
LISTED = "listed"
"""The reason code of a card that a list takes back: a list says that, and not why."""
_KEY_ID = re.compile(r"[0-9a-f]{16}", re.ASCII)


def index_of(card: CardId) -> int:
    return int.from_bytes(card[:INDEX_BYTES], "big")


def card_id(index: int, random: bytes) -> CardId:
    """The id of an issuer's card number `index`, with 5 random bytes. ValueError where it does not fit."""
    if not 0 <= index <= MAX_INDEX or len(random) != RANDOM_BYTES:
        raise ValueError("a card's index has 3 bytes, and 5 random ones follow")
    return CardId(index.to_bytes(INDEX_BYTES, "big") + random)


def next_card_id(last: CardId | None, random: bytes) -> CardId:
    """The id of the card that an issuer issues after `last`.

    An issuer whose numbers are used up, or that once gave ids with no number in front, goes on with random ones: two of
    its cards may then share an entry, which `list_of` bears.
    """
    index = 0 if last is None else index_of(last) + 1
    if index > MAX_INDEX:
        index = int.from_bytes(random[:INDEX_BYTES], "big")
    return card_id(index, random)


def list_uri(city_id: str, issuer: KeyId) -> str:
    """What the list of the cards that `issuer` signed is called."""
    return f"{city_id}/cards/{issuer.hex()}"


def issuer_of(uri: str) -> KeyId | None:
    """Whose cards the list of that name is about; None for a name of another form."""
    city, kind, issuer = (["", "", *uri.split("/")])[-3:]
    is_ours = bool(city) and kind == "cards" and _KEY_ID.fullmatch(issuer) is not None
    return KeyId(bytes.fromhex(issuer)) if is_ours else None


def list_of(
    city_id: str, issuer: KeyId, revoked: Iterable[CardId], standing: Iterable[CardId], issued_at_s: int
) -> SignedStatusList:
    """The list of the cards of one issuer, as long as it has to be.

    Two cards of one issuer can share an index where its disk was copied; then the list spares the one that stands, and
    the other is refused where its revocation itself has arrived.
    """
    taken_back = {index_of(card) for card in revoked} - {index_of(card) for card in standing}
    size = max(taken_back, default=-1) + 1
    statuses = statuslist.make(size, dict.fromkeys(taken_back, statuslist.INVALID))
    return SignedStatusList(statuses, list_uri(city_id, issuer), issued_at_s)


def is_taken_back(statuses: StatusList, card: CardId) -> bool:
    """Whether the list says that `card` holds no more.

    Beyond its end a list says nothing: such a card was issued after it, perhaps at a station with no network.
    """
    index = index_of(card)
    return index < len(statuses) and statuses.status(index) != statuslist.VALID
