"""The enrolment code: 25 characters that somebody reads out and somebody else types.

Five groups of five in Crockford's Base32: 60 bits of secret, 60 bits of the fingerprint of the city's root key, and
a check character (Luhn's scheme, modulo 32) that finds every single wrong character and nearly every swapped pair.
"""

import secrets
from dataclasses import dataclass, field
from hashlib import sha256

from station_core.people.typed import compact
from sync.errors import SyncError, Trouble

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
PART_CHARACTERS = 12
GROUP = 5
LENGTH = 2 * PART_CHARACTERS + 1
_PART_BITS = 5 * PART_CHARACTERS
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, "–": None, "—": None, "_": None, ".": None})


@dataclass(frozen=True, slots=True)
class EnrolmentCode:
    """Both parts in the code's own alphabet. The secret stays out of `repr`."""

    secret: str = field(repr=False)
    fingerprint: str

    def __str__(self) -> str:
        text = self.secret + self.fingerprint
        text += check_character(text)
        return "-".join(text[start : start + GROUP] for start in range(0, LENGTH, GROUP))

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
    text = compact(typed).upper().translate(_READ_AS)
    if len(text) != LENGTH or not set(text) <= set(ALPHABET) or check_character(text[:-1]) != text[-1]:
        raise SyncError(Trouble.BAD_CODE)
    return EnrolmentCode(text[:PART_CHARACTERS], text[PART_CHARACTERS:-1])


def check_character(text: str) -> str:
    total, size = 0, len(ALPHABET)
    for position, character in enumerate(reversed(text)):
        value = ALPHABET.index(character) * (1 if position % 2 else 2)
        total += value // size + value % size
    return ALPHABET[-total % size]


def _text(number: int) -> str:
    return "".join(ALPHABET[(number >> shift) & 31] for shift in range(_PART_BITS - 5, -1, -5))
