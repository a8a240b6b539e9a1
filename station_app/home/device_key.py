"""The device's own way into its store: a key in the operating system's key store, or in a file of its own.

A bare kiosk has no key store (`NoKeyringError`); then the key lies in ``device.key``, mode 0600. That keeps other users
of the computer out, and not somebody who takes the disk: `station staff only-pins` removes it for such places.
"""

import contextlib
from os import urandom
from pathlib import Path

from station_app.home.files import write_private

FILE = "device.key"
SERVICE = "worker-service-station"
_LEAST_PRIORITY = 1


def make(home: Path, name: str) -> bytes:
    """A new device key, kept for later by `name`."""
    key = urandom(32)
    if not _put_into_keyring(name, key):
        write_private(home / FILE, key)
    return key


def find(home: Path, name: str) -> bytes | None:
    """The device key, or None where there is none."""
    file = home / FILE
    if file.is_file():
        return file.read_bytes()
    stored = _from_keyring(name)
    return None if stored is None else bytes.fromhex(stored)


def forget(home: Path, name: str) -> None:
    """Away with it: from now on only PINs open the store."""
    (home / FILE).unlink(missing_ok=True)
    import keyring
    from keyring.errors import KeyringError

    with contextlib.suppress(KeyringError):
        keyring.delete_password(SERVICE, name)


def _put_into_keyring(name: str, key: bytes) -> bool:
    import keyring
    from keyring.errors import KeyringError

    try:
        if keyring.get_keyring().priority < _LEAST_PRIORITY:
            return False
        keyring.set_password(SERVICE, name, key.hex())
    except (KeyringError, RuntimeError):
        return False
    return True


def _from_keyring(name: str) -> str | None:
    import keyring
    from keyring.errors import KeyringError

    with contextlib.suppress(KeyringError, RuntimeError):
        return keyring.get_password(SERVICE, name)
    return None
