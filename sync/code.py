"""The enrolment code: 25 characters that somebody reads out and somebody else types.

Five groups of five in Crockford's Base32: 60 bits of secret, 60 bits of the fingerprint of the city's root key, and
a check character.
"""

import secrets
from dataclasses import dataclass, field
from hashlib import sha256

from station_core import code32
from station_core.code32 import BITS, checked_text, grouped
from sync.errors import SyncError, Trouble

PART_CHARACTERS = 12
GROUP = 5
LENGTH = 2 * PART_CHARACTERS + 1
_PART_BITS = BITS * PART_CHARACTERS


@dataclass(frozen=True, slots=True)
class EnrolmentCode:
    """Both parts in the code's own alphabet. The secret stays out of `repr`."""

    secret: str = field(repr=False)
    fingerprint: str

    def __str__(self) -> str:
        text = self.secret + self.fingerprint
        return grouped(checked_text(text), GROUP)

    @property
    def secret_digest(self) -> bytes:
        """What the city keeps of the secret."""
        return digest_of_secret(self.secret.encode())


def digest_of_secret(secret: bytes) -> bytes:
    return sha256(b"enrolment " + secret).digest()


def new_code(root_key: bytes) -> EnrolmentCode:
    """A fresh code of the city with that public root key."""
    return EnrolmentCode(_text(secrets.randbits(_PART_BITS)), fingerprint(root_key))


def fingerprint(root_key: bytes) -> str:
    """The first 60 bits of the SHA-256 of a public root key."""
    return _text(int.from_bytes(sha256(root_key).digest()[:8]) >> 4)


def parse_code(typed: str) -> EnrolmentCode:
    """The code that somebody typed: blanks, hyphens, small and full-width letters, O for 0 and I or L for 1 are put
    right. Raises SyncError(BAD_CODE).
    """
    text = code32.parse(typed, LENGTH)
    if text is None:
        raise SyncError(Trouble.BAD_CODE)
    return EnrolmentCode(text[:PART_CHARACTERS], text[PART_CHARACTERS:-1])


def _text(number: int) -> str:
    return code32.text_of(number, PART_CHARACTERS)
