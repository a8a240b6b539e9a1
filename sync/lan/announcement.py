"""A device's word that a TLS certificate is its own: what makes a hub one of the city's."""

from station_core import cbor
from station_core.credential.certificate import Certificate, CertificateRefused, read_certificate
from station_core.keys import SigningKey, verify
from sync.errors import SyncError, Trouble
from sync.messages import HubAnswer

PURPOSE = "worker-station-hub"


def sign_fingerprint(key: SigningKey, city_id: str, fingerprint: bytes) -> bytes:
    """64 bytes: the device with `key` serves the city `city_id` behind the certificate with that fingerprint."""
    return key.sign(_statement(city_id, fingerprint))


def is_signed(public_key: bytes, city_id: str, fingerprint: bytes, signature: bytes) -> bool:
    return verify(public_key, _statement(city_id, fingerprint), signature)


def _statement(city_id: str, fingerprint: bytes) -> bytes:
    return cbor.encode([PURPOSE, 1, city_id, fingerprint])


def proven(answer: HubAnswer, fingerprint: bytes, root_key: bytes, city_id: str, now_ms: int) -> Certificate:
    """The device that `answer` proves to be the one behind the certificate with `fingerprint`.

    Raises SyncError(HUB_UNPROVEN). Whether it has been revoked is for the caller's store to say.
    """
    try:
        certificate = read_certificate(answer.certificate, root_key)
    except CertificateRefused as error:
        raise SyncError(Trouble.HUB_UNPROVEN) from error
    good = (
        certificate.city_id == city_id
        and certificate.valid_at(now_ms)
        and is_signed(certificate.public_key, city_id, fingerprint, answer.signature)
    )
    if not good:
        raise SyncError(Trouble.HUB_UNPROVEN)
    return certificate
