"""Which key this device writes with now.

It begins with the one in ``identity.sealed``. A later epoch's key stands in the store itself, which is as encrypted, so
that a journal and the key that goes on with it change in one transaction and lie in one backup. The files follow
when the station is opened.
"""

from dataclasses import dataclass

from db.store import Transaction
from db.view import View
from station_core.keys import SigningKey

_KEY, _NUMBER = "epoch.key", "epoch.number"
_NEXT_KEY = "epoch.next_key"


@dataclass(frozen=True, slots=True)
class Epoch:
    """A later epoch than the first; `number` is the writer number that goes with `key`."""

    key: SigningKey
    number: int


def present_epoch(view: View) -> Epoch | None:
    """None while the device writes with its first key."""
    key = view.local.setting(_KEY)
    return Epoch(_read(key), int(view.local.setting(_NUMBER))) if key else None


def next_key(tx: Transaction) -> SigningKey:
    """The key of the epoch to come, made at the first asking and then the same until that epoch begins."""
    kept = tx.local.setting(_NEXT_KEY)
    if kept:
        return _read(kept)
    key = SigningKey.generate()
    tx.local.set_setting(_NEXT_KEY, bytes(key).hex())
    return key


def note_epoch(tx: Transaction, epoch: Epoch) -> None:
    tx.local.set_setting(_KEY, bytes(epoch.key).hex())
    tx.local.set_setting(_NUMBER, str(epoch.number))
    tx.local.set_setting(_NEXT_KEY, "")


def _read(text: str) -> SigningKey:
    return SigningKey(bytes.fromhex(text))
