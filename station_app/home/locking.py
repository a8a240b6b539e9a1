"""Locking a station's folder: what opens the store is sealed to a key whose other half is in nobody's hands here.

Locking needs no secret, so it can be done before anybody has typed a PIN. It takes in the station's own copies of the
key slots too (backups, what a restored backup replaced). Of copies that were made elsewhere it knows nothing.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

from station_app.home.errors import DamagedHome, HomeError, WrongAnswer
from station_app.home.keyslots import FILE as SLOTS_FILE
from station_app.home.keyslots import KeySlots, LockedSlots, stretch
from station_app.home.lease import Lease
from station_app.home.sealing import CannotOpen, derive, seal, unseal

_PURPOSE = "lease lock"
_COPIES = ("backups/*", "damaged-*")
_PUBLIC_BYTES = 32
STRETCH_KIB, STRETCH_PASSES, STRETCH_LANES = 8 * 1024, 2, 1
"""The answer has 75 bits of its own: a little stretching is enough."""

AnswerTo = Callable[[str], str]
"""The answer to a challenge."""


def new_lock_key(answer: str, challenge: str) -> str:
    """What data is locked with that only `answer` opens (hexadecimal)."""
    return _public(_private(answer, challenge))


def lock(home: Path, lease: Lease) -> None:
    """From now on no PIN and no key of the device opens the store. What is locked already stays as it is."""
    for folder, slots in _folders(home):
        if slots.locked is None:
            sealed = _sealed(slots.to_bytes(), bytes.fromhex(lease.lock_key)).hex()
            _put(slots.locked_as(LockedSlots(lease.number, lease.challenge, lease.lock_key, sealed)), folder, home)


def unlock(home: Path, answer_to: AnswerTo) -> None:
    """Let what opened the store open it again. Raises WrongAnswer; then nothing has changed."""
    locked = KeySlots.read(home).locked
    if locked is None:
        return
    private = _private(answer_to(locked.challenge), locked.challenge)
    if _public(private) != locked.key:
        raise WrongAnswer
    for folder, slots in _folders(home):
        copy = slots.locked
        if copy is not None and copy.key == locked.key:
            _put(KeySlots.from_bytes(_opened(bytes.fromhex(copy.sealed), private)), folder, home)


def _folders(home: Path) -> Iterator[tuple[Path, KeySlots]]:
    """The station's own last: after a power cut on the way it is done again, with the rest."""
    for pattern in _COPIES:
        for folder in sorted(home.glob(pattern)):
            try:
                slots = KeySlots.read(folder)
            except HomeError:
                continue
            yield folder, slots
    yield home, KeySlots.read(home)


def _put(slots: KeySlots, folder: Path, home: Path) -> None:
    """A copy may go at any moment: today's later backup takes the place of the earlier one."""
    try:
        slots.write(folder)
    except FileNotFoundError:
        if folder == home:
            raise


def _private(answer: str, challenge: str) -> bytes:
    return stretch(answer, challenge.encode(), STRETCH_KIB, STRETCH_PASSES, STRETCH_LANES)


def _public(private: bytes) -> str:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw().hex()


def _sealed(secret: bytes, public: bytes) -> bytes:
    """For the holder of `public` (X25519), by a key that is used once."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

    once = X25519PrivateKey.generate()
    agreed = once.exchange(X25519PublicKey.from_public_bytes(public))
    return once.public_key().public_bytes_raw() + seal(derive(agreed, _PURPOSE), _PURPOSE, secret)


def _opened(sealed: bytes, private: bytes) -> bytes:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

    once = X25519PublicKey.from_public_bytes(sealed[:_PUBLIC_BYTES])
    agreed = X25519PrivateKey.from_private_bytes(private).exchange(once)
    try:
        return unseal(derive(agreed, _PURPOSE), _PURPOSE, sealed[_PUBLIC_BYTES:])
    except CannotOpen as error:
        raise DamagedHome(file=SLOTS_FILE) from error
