"""Getting through to a hub: its certificate is pinned, then its device proven, and only then is anything told."""

from collections.abc import Callable
from dataclasses import dataclass

from station_core.credential.certificate import Certificate
from station_core.ids import WriterId
from sync.errors import SyncError, Trouble
from sync.lan.address import HubAddress
from sync.lan.announcement import proven
from sync.lan.certificate import fingerprint
from sync.lan.pinning import certificate_at, trusting_only
from sync.messages import HubAnswer, decode
from sync.transport import Transport

ANSWER_S = 15.0
"""On a local network nobody waits for a minute; a hub that has left is to be noticed soon."""


@dataclass(frozen=True, slots=True)
class Link:
    """A proven hub. `address` carries its fingerprint. Close the transport."""

    address: HubAddress
    certificate: Certificate
    transport: Transport


def connect(
    address: HubAddress, root_key: bytes, city_id: str, now_ms: int, is_revoked: Callable[[WriterId], bool]
) -> Link:
    """A link to the hub at `address`, if it is a device of the city with `root_key`.

    Raises SyncError: WRONG_FINGERPRINT, HUB_UNPROVEN, HUB_REVOKED, and what any request can meet.
    """
    shown = certificate_at(address)
    pinned = HubAddress(address.url, fingerprint(shown))
    transport = Transport(address.url, tls=trusting_only(shown), answer_s=ANSWER_S)
    try:
        answer = decode(HubAnswer, transport.get("hub"))
        certificate = proven(answer, fingerprint(shown), root_key, city_id, now_ms)
        if is_revoked(certificate.writer):
            raise SyncError(Trouble.HUB_REVOKED)
    except BaseException:
        transport.close()
        raise
    return Link(pinned, certificate, transport)
