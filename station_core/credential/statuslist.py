"""Token Status List (IETF OAuth working group, CWT form): the status of many tokens in few bits, compressed.

Status 0 is valid, 1 invalid, 2 suspended; what else a list says is its issuer's agreement with its readers.
"""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from station_core.credential import cose, cwt, inflate
from station_core.credential.cose import Header
from station_core.credential.signatures import PublicKey
from station_core.keys import SigningKey, key_id

TYPE = "application/statuslist+cwt"
MAX_BYTES = 1024 * 1024
MAX_UNFOLDED_BYTES = 4 * 1024 * 1024
"""32 million tokens at one bit, far more than a city has."""

VALID, INVALID, SUSPENDED = 0, 1, 2
_WIDTHS = (1, 2, 4, 8)


class MalformedStatusList(ValueError):
    """Not a status list, or one beyond the bounds."""


class UnverifiedStatusList(ValueError):
    """A status list that the key did not sign."""


@dataclass(frozen=True, slots=True)
class StatusList:
    """`packed` holds statuses of `bits` (1, 2, 4 or 8) each, the first in a byte's lowest bits."""

    bits: int
    packed: bytes

    def __len__(self) -> int:
        """How many statuses fit; the last byte may hold some that no token uses."""
        return len(self.packed) * 8 // self.bits

    def status(self, index: int) -> int:
        """Raises IndexError beyond the list: such a token's status is unknown, never valid."""
        if not 0 <= index < len(self):
            raise IndexError("the list has no such index")
        byte, place = divmod(index * self.bits, 8)
        return self.packed[byte] >> place & (1 << self.bits) - 1


@dataclass(frozen=True, slots=True)
class SignedStatusList:
    """A list with what its issuer says about it. Times are seconds since 1970 UTC."""

    statuses: StatusList
    uri: str
    issued_at_s: int
    expires_at_s: int | None = None
    time_to_live_s: int | None = None


def make(size: int, statuses: Mapping[int, int], *, bits: int = 1) -> StatusList:
    """`size` tokens, valid but for those in `statuses` (index → status). ValueError for what does not fit."""
    if bits not in _WIDTHS or not 0 <= size * bits <= MAX_UNFOLDED_BYTES * 8:
        raise ValueError("a status has 1, 2, 4 or 8 bits, and a list has a bound")
    packed = bytearray((size * bits + 7) // 8)
    for index, status in statuses.items():
        if not (0 <= index < size and 0 <= status < 1 << bits):
            raise ValueError("an index or a status does not fit the list")
        byte, place = divmod(index * bits, 8)
        packed[byte] |= status << place
    return StatusList(bits, bytes(packed))


def sign(signed: SignedStatusList, key: SigningKey) -> bytes:
    """The list as a Status List Token by `key`."""
    statuses = {"bits": signed.statuses.bits, "lst": zlib.compress(signed.statuses.packed, 9)}
    others: dict[int, Any] = {cwt.Claim.STATUS_LIST: statuses}
    if signed.time_to_live_s is not None:
        others[cwt.Claim.TIME_TO_LIVE] = signed.time_to_live_s
    claims = cwt.Claims(
        subject=signed.uri, issued_at_s=signed.issued_at_s, expires_at_s=signed.expires_at_s, others=others
    )
    return cose.sign(cwt.encode(claims), key, {Header.KEY_ID: key_id(key.public), Header.TYPE: TYPE})


def read(data: bytes, key: PublicKey) -> SignedStatusList:
    """The list in `data`. Raises UnverifiedStatusList where `key` did not sign it, MalformedStatusList."""
    try:
        message = cose.parse_sign1(data, max_bytes=MAX_BYTES)
        if message.protected.get(Header.TYPE) != TYPE:
            raise MalformedStatusList("signed for another purpose")
        if not message.verify(key):
            raise UnverifiedStatusList("the key did not sign this list")
        return from_claims(cwt.decode(message.payload, max_bytes=MAX_BYTES))
    except (cose.MalformedCose, cwt.MalformedClaims) as error:
        raise MalformedStatusList(str(error)) from error


def read_by(data: bytes, public_key: bytes) -> SignedStatusList:
    """`read` for the one kind of key that this product signs with, given as its 32 raw bytes."""
    return read(data, Ed25519PublicKey.from_public_bytes(public_key))


def from_claims(claims: cwt.Claims) -> SignedStatusList:
    """What the claims of a Status List Token say. Raises MalformedStatusList."""
    time_to_live = claims.others.get(cwt.Claim.TIME_TO_LIVE)
    if claims.subject is None or claims.issued_at_s is None or not isinstance(time_to_live, int | None):
        raise MalformedStatusList("the list lacks its address or its date")
    return SignedStatusList(
        statuses=unpack(claims.others.get(cwt.Claim.STATUS_LIST)),
        uri=claims.subject,
        issued_at_s=claims.issued_at_s,
        expires_at_s=claims.expires_at_s,
        time_to_live_s=time_to_live,
    )


def unpack(item: Any) -> StatusList:
    """The list in the map ``{"bits": …, "lst": …}``. Raises MalformedStatusList."""
    match item:
        case {"bits": int(bits), "lst": bytes(compressed)} if bits in _WIDTHS:
            try:
                return StatusList(bits, inflate.inflate(compressed, max_bytes=MAX_UNFOLDED_BYTES))
            except inflate.MalformedZlib as error:
                raise MalformedStatusList(str(error)) from error
    raise MalformedStatusList("no status list inside")
