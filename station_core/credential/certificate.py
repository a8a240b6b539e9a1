"""Certificates: the city's root key says whose a key is, what it may write, and from when until when.

A certificate is a CWT in a COSE_Sign1 of its own type: nothing else signed by the same key passes for one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from station_core.credential import cose, cwt
from station_core.credential.cose import Header, Sign1
from station_core.credential.signatures import Algorithm
from station_core.ids import DistrictCode, KeyId, WriterId
from station_core.keys import SigningKey, key_id, writer_id

TYPE = "application/worker-station-certificate+cwt"
WRITER_CLAIM = -70_169
"""Private claim (below -65536, RFC 8392 §9.1): a map of what this product says about a writer."""
MAX_BYTES = 2_048

_COSE_KEY = 1
_KEY_TYPE, _CURVE, _X = 1, -1, -2
_OKP, _ED25519 = 1, 6
_CITY_NAME, _LABEL, _DISTRICT, _NUMBER, _ROLE = 1, 2, 3, 4, 5
_SECOND_MS = 1_000

T = TypeVar("T")


class Role(StrEnum):
    """What a writer may write. A hub passes on what stations of its event wrote and issues nothing itself."""

    STATION = "station"
    CITY = "city"
    HUB = "hub"

    @property
    def may_issue_cards(self) -> bool:
        return self is not Role.HUB


class CertificateFault(StrEnum):
    MALFORMED = "malformed"
    OTHER_CITY = "other_city"
    BAD_SIGNATURE = "bad_signature"


class CertificateRefused(ValueError):
    """`fault` says why; the texts are ``credential.certificate.<fault>``."""

    def __init__(self, fault: CertificateFault, detail: str = "") -> None:
        super().__init__(f"{fault}: {detail}" if detail else str(fault))
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Certificate:
    """`public_key` (32 bytes, Ed25519) belongs to the writer `label`, unique in the city by `writer_number`.

    It holds from `valid_from_ms` to before `valid_until_ms`.
    """

    city_id: str
    city_name: str
    public_key: bytes
    label: str
    district: DistrictCode
    writer_number: int
    role: Role
    valid_from_ms: int
    valid_until_ms: int

    @property
    def key_id(self) -> KeyId:
        return key_id(self.public_key)

    @property
    def writer(self) -> WriterId:
        return writer_id(self.public_key)

    def valid_at(self, at_ms: int) -> bool:
        return self.valid_from_ms <= at_ms < self.valid_until_ms


def certify(certificate: Certificate, root: SigningKey) -> bytes:
    """The certificate signed by the city's root key. Times are cut to whole seconds, the unit of CWT."""
    claims = cwt.Claims(
        issuer=certificate.city_id,
        not_before_s=certificate.valid_from_ms // _SECOND_MS,
        expires_at_s=certificate.valid_until_ms // _SECOND_MS,
        others={
            cwt.Claim.CONFIRMATION: {_COSE_KEY: {_KEY_TYPE: _OKP, _CURVE: _ED25519, _X: certificate.public_key}},
            WRITER_CLAIM: {
                _CITY_NAME: certificate.city_name,
                _LABEL: certificate.label,
                _DISTRICT: str(certificate.district),
                _NUMBER: certificate.writer_number,
                _ROLE: certificate.role.value,
            },
        },
    )
    header: dict[int, Any] = {Header.KEY_ID: key_id(root.public), Header.TYPE: TYPE}
    return cose.sign(cwt.encode(claims), root, header)


def read_certificate(data: bytes, root_public_key: bytes) -> Certificate:
    """The certificate in `data`, if the holder of the city's root key (32 bytes) signed it.

    Raises CertificateRefused. Whether it holds today is the caller's question: `Certificate.valid_at`.
    """
    try:
        message = cose.parse_sign1(data, max_bytes=MAX_BYTES)
    except cose.MalformedCose as error:
        raise CertificateRefused(CertificateFault.MALFORMED, str(error)) from error
    _check_signature(message, root_public_key)
    try:
        return _certificate(cwt.decode(message.payload))
    except (cwt.MalformedClaims, KeyError, ValueError) as error:
        raise CertificateRefused(CertificateFault.MALFORMED, str(error)) from error


def _check_signature(message: Sign1, root_public_key: bytes) -> None:
    header = message.protected
    if header.get(Header.TYPE) != TYPE or header.get(Header.ALGORITHM) != Algorithm.EDDSA:
        raise CertificateRefused(CertificateFault.MALFORMED, "signed for another purpose")
    if message.key_id != key_id(root_public_key):
        raise CertificateRefused(CertificateFault.OTHER_CITY)
    if not message.verify_ed25519(root_public_key):
        raise CertificateRefused(CertificateFault.BAD_SIGNATURE)


def _certificate(claims: cwt.Claims) -> Certificate:
    about = _map(claims.others.get(WRITER_CLAIM))
    if claims.issuer is None or claims.not_before_s is None or claims.expires_at_s is None:
        raise ValueError("a certificate names its city and its first and last moment")
    return Certificate(
        city_id=claims.issuer,
        city_name=_of(about[_CITY_NAME], str),
        public_key=_public_key(claims.others.get(cwt.Claim.CONFIRMATION)),
        label=_of(about[_LABEL], str),
        district=DistrictCode(_of(about[_DISTRICT], str)),
        writer_number=_of(about[_NUMBER], int),
        role=Role(_of(about[_ROLE], str)),
        valid_from_ms=claims.not_before_s * _SECOND_MS,
        valid_until_ms=claims.expires_at_s * _SECOND_MS,
    )


def _public_key(confirmation: Any) -> bytes:
    key = _map(_map(confirmation)[_COSE_KEY])
    x = _of(key[_X], bytes)
    if (key[_KEY_TYPE], key[_CURVE], len(x)) != (_OKP, _ED25519, 32):
        raise ValueError("the certified key is no Ed25519 key")
    return x


def _map(value: Any) -> Mapping[Any, Any]:
    if not isinstance(value, Mapping):
        raise ValueError("a map is missing")
    return value


def _of(value: Any, kind: type[T]) -> T:
    if type(value) is not kind:
        raise ValueError("a value is of the wrong kind")
    return value
