"""A hub's address as it is shown, typed, or read from a QR code: ``https://192.168.1.5:8655/#fp=0123…``."""

import re
from dataclasses import dataclass

from station_core.people.typed import compact
from sync.errors import SyncError, Trouble
from sync.transport import checked_address

PORT = 8655
FINGERPRINT_BYTES = 16
"""Half a SHA-256: whoever wants another certificate with the same has to try 2^128 of them."""

_MARK = "#fp="
_PORT = re.compile(r":\d+$")
_SEPARATORS = re.compile(r"[\s:-]")


@dataclass(frozen=True, slots=True)
class HubAddress:
    """`fingerprint` belongs to the certificate that must answer there; None where whoever typed it left it out."""

    url: str
    fingerprint: bytes | None = None

    def __str__(self) -> str:
        return f"{self.url}/{_MARK}{self.fingerprint.hex()}" if self.fingerprint else self.url


def parse_address(typed: str) -> HubAddress:
    """What somebody typed or a camera read; https and the usual port may be left out. Raises SyncError."""
    text, mark, fingerprint = compact(typed).partition(_MARK)
    if "://" not in text:
        text = f"https://{text}"
    if not text.lower().startswith("https://"):
        raise SyncError(Trouble.INSECURE)
    authority = text[len("https://") :].partition("/")[0]
    if not _PORT.search(authority):
        authority = f"{authority}:{PORT}"
    return HubAddress(checked_address(f"https://{authority}"), _fingerprint(fingerprint) if mark else None)


def is_hub_code(text: str) -> bool:
    """Whether `text`, read from a code, is a hub's whole address."""
    try:
        return text.startswith("https://") and parse_address(text).fingerprint is not None
    except SyncError:
        return False


def _fingerprint(text: str) -> bytes:
    try:
        fingerprint = bytes.fromhex(_SEPARATORS.sub("", text))
    except ValueError:
        raise SyncError(Trouble.BAD_ADDRESS) from None
    if len(fingerprint) != FINGERPRINT_BYTES:
        raise SyncError(Trouble.BAD_ADDRESS)
    return fingerprint
