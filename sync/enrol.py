"""A station's first conversation with its city: the code for a certificate."""

from collections.abc import Callable
from dataclasses import dataclass

from station_core.credential.certificate import Certificate, CertificateRefused, read_certificate
from station_core.keys import SigningKey
from sync.code import EnrolmentCode, fingerprint
from sync.errors import ClockOff, SyncError, Trouble
from sync.messages import EnrolAnswer, EnrolRequest, decode, encode
from sync.token import make_token
from sync.transport import Transport

PURPOSE = "enrol"


@dataclass(frozen=True, slots=True)
class Enrolled:
    """What a station keeps: its certificate (signed, and as read), the city's public root key, the city's names.

    The station writes the signed certificate into its own journal as its first entry (`WriterCertified`), so that
    whoever gets that journal can check it without having met the city.
    """

    certificate_bytes: bytes
    certificate: Certificate
    root_key: bytes
    city_id: str
    city_name: str
    city_title: str


def audience_of(code_fingerprint: str) -> str:
    """Whom an enrolment token is for: the city is not known by its id yet, only by its root key's fingerprint."""
    return f"enrol:{code_fingerprint}"


def enrol(transport: Transport, code: EnrolmentCode, key: SigningKey, wall_ms: Callable[[], int]) -> Enrolled:
    """Redeem `code` for a certificate of `key`. Doing it again with the same key gives the same certificate.

    Raises SyncError: CODE_UNKNOWN, CODE_USED, CODE_EXPIRED; WRONG_CITY_KEY where the city's root key is not the one
    that the code names; and what any request can meet.
    """
    body = encode(EnrolRequest(secret=code.secret.encode(), public_key=key.public))
    audience = audience_of(code.fingerprint)
    try:
        raw = transport.post(PURPOSE, body, make_token(key, audience, PURPOSE, body, wall_ms()))
    except ClockOff as told:
        late = make_token(key, audience, PURPOSE, body, wall_ms() + told.offset_ms)
        raw = transport.post(PURPOSE, body, late)
    return checked(decode(EnrolAnswer, raw), code.fingerprint, key)


def checked(answer: EnrolAnswer, code_fingerprint: str, key: SigningKey) -> Enrolled:
    """The `answer` to the holder of `key`, if it is by the city that the code names.

    Raises SyncError: WRONG_CITY_KEY, GARBLED.
    """
    if fingerprint(answer.root_key) != code_fingerprint:
        raise SyncError(Trouble.WRONG_CITY_KEY)
    try:
        certificate = read_certificate(answer.certificate, answer.root_key)
    except CertificateRefused as error:
        raise SyncError(Trouble.WRONG_CITY_KEY) from error
    if certificate.public_key != key.public:
        raise SyncError(Trouble.GARBLED)
    return Enrolled(answer.certificate, certificate, answer.root_key, certificate.city_id, answer.name, answer.title)
