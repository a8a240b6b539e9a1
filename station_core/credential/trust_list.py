"""All that a city says about its cards in one signed file: for verifiers that have its public key and no station.

A COSE_Sign1 of its own type by the city's root key; the certificates and status lists inside bear its signature too.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from station_core import cbor
from station_core.credential import cose, statuslist
from station_core.credential.certificate import CertificateRefused, read_certificate
from station_core.credential.cose import Header
from station_core.credential.signatures import Algorithm
from station_core.credential.statuslist import MalformedStatusList, StatusList, UnverifiedStatusList
from station_core.credential.verify import Issuer, Trust
from station_core.ids import KeyId
from station_core.keys import SigningKey, key_id

TYPE = "application/worker-station-trust+cbor"
MAX_BYTES = 8 * 1024 * 1024
_ISSUED_AT, _CERTIFICATES, _REVOKED, _STATUS_LISTS = 1, 2, 3, 4
_SECOND_MS = 1_000


class TrustListRefused(ValueError):
    """Not such a file, or not signed by the key that was given."""


def sign(
    certificates: Iterable[bytes],
    revoked_since_ms: Mapping[KeyId, int],
    status_lists: Mapping[KeyId, bytes],
    issued_at_ms: int,
    root: SigningKey,
) -> bytes:
    """The file. `certificates` and `status_lists` (by issuer) as they were signed."""
    payload = {
        _ISSUED_AT: issued_at_ms // _SECOND_MS,
        _CERTIFICATES: list(certificates),
        _REVOKED: {bytes(issuer): since_ms for issuer, since_ms in revoked_since_ms.items()},
        _STATUS_LISTS: {bytes(issuer): token for issuer, token in status_lists.items()},
    }
    return cose.sign(cbor.encode(payload), root, {Header.KEY_ID: key_id(root.public), Header.TYPE: TYPE})


def read(data: bytes, root_public_key: bytes) -> Trust:
    """What the holder of the city's root key (32 bytes) says. Raises TrustListRefused."""
    try:
        message = cose.parse_sign1(data, max_bytes=MAX_BYTES)
        header = message.protected
        if header.get(Header.TYPE) != TYPE or header.get(Header.ALGORITHM) != Algorithm.EDDSA:
            raise TrustListRefused("no list of trust")
        if not message.verify_ed25519(root_public_key):
            raise TrustListRefused("this key did not sign it")
        said = cbor.decode(message.payload, max_depth=cose.MAX_DEPTH, max_bytes=MAX_BYTES)
        return _trust(said, root_public_key)
    except (cose.MalformedCose, cbor.MalformedCbor, LookupError, TypeError, AttributeError) as error:
        raise TrustListRefused("no list of trust") from error
    except (CertificateRefused, MalformedStatusList, UnverifiedStatusList) as error:
        raise TrustListRefused("it holds something that the city did not sign") from error


def _trust(said: Any, root_public_key: bytes) -> Trust:
    revoked: dict[bytes, int] = said[_REVOKED]
    issuers = {}
    for data in said[_CERTIFICATES]:
        certificate = read_certificate(data, root_public_key)
        issuers[certificate.key_id] = Issuer(certificate, revoked.get(certificate.key_id))
    lists: dict[KeyId, StatusList] = {
        KeyId(issuer): statuslist.read_by(token, root_public_key).statuses
        for issuer, token in said[_STATUS_LISTS].items()
    }
    return Trust(issuers, status_lists=lists)
