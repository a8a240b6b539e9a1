"""The two codes of a locked station: the one that staff read out, and the one that the city answers with.

The answer follows from the challenge and a secret that only the station's key and the city's root key share. While the
station is locked its own key lies behind the lock, so nobody but the city can tell the answer.
"""

import secrets
from typing import TYPE_CHECKING

from station_core import code32

if TYPE_CHECKING:
    from station_core.keys import SigningKey

GROUP = 4
CHALLENGE_LENGTH = 12
"""55 bits at random and a check character: no challenge comes twice."""
ANSWER_LENGTH = 16
"""75 bits and a check character. Whoever has the disk may try answers without limit, so they are stretched as well."""
_PURPOSE = "worker-station-unlock"


def new_challenge() -> str:
    return code32.checked_text(code32.text_of(secrets.randbits(60), CHALLENGE_LENGTH - 1))


def parse_challenge(typed: str) -> str | None:
    return code32.parse(typed, CHALLENGE_LENGTH)


def parse_answer(typed: str) -> str | None:
    return code32.parse(typed, ANSWER_LENGTH)


def shown(code: str) -> str:
    """A code as people see it and read it out."""
    return code32.grouped(code, GROUP)


def answer_of_station(key: "SigningKey", root_key: bytes, challenge: str) -> str:
    """The answer that opens the lock of the station with `key`, for as long as it can work it out itself."""
    return _answer(key, root_key, [key.public, root_key, challenge])


def answer_of_city(root: "SigningKey", station_key: bytes, challenge: str) -> str:
    """The same answer, by the city's root key and the station's public key. Raises ValueError for a malformed key."""
    return _answer(root, station_key, [station_key, root.public, challenge])


def _answer(key: "SigningKey", other: bytes, about: list[bytes | str]) -> str:
    """The libraries are loaded when they are needed: the lock screen stands before that."""
    from station_core import cbor
    from station_core.lease.agreement import shared_secret

    secret = shared_secret(key, other, cbor.encode([_PURPOSE, 1, *about]), 10)
    return code32.checked_text(code32.text_of(int.from_bytes(secret), ANSWER_LENGTH - 1))
