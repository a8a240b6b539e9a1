"""The token that a device signs for one request, in the manner of RFC 7523: short-lived, for one city, for one body.

It is a CWT in a COSE_Sign1 of its own type. It is bound to the request's purpose and to the digest of its body, so that
whoever sees it can at most send the same request again, which changes nothing.
"""

import base64
import binascii
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from station_core.credential import cose, cwt
from station_core.credential.cose import Header
from station_core.ids import WriterId
from station_core.keys import SigningKey, key_id, writer_id
from sync.errors import ClockOff, SyncError, Trouble

TYPE = "application/worker-station-request+cwt"
AUDIENCE_CLAIM = 3
REQUEST_CLAIM = -70_170
"""Private claim (below -65536, RFC 8392 §9.1): ``{1: purpose, 2: SHA-256 of the request's body}``."""

LIFE_S = 300
TOLERANCE_S = 120
"""How far the two clocks may be apart before the answer is CLOCK_OFF."""

MAX_BYTES = 1_024
_PURPOSE, _DIGEST = 1, 2


@dataclass(frozen=True, slots=True)
class Verified:
    """Who asks, and the digest that the request's body must have."""

    writer: WriterId
    digest: bytes

    def check_body(self, body: bytes) -> None:
        """Raises SyncError(REFUSED) where `body` is not what was signed."""
        if sha256(body).digest() != self.digest:
            raise SyncError(Trouble.REFUSED)


def make_token(key: SigningKey, audience: str, purpose: str, body: bytes, now_ms: int) -> str:
    """The token for sending `body` to the city `audience`, as base64url text."""
    now_s = now_ms // 1_000
    claims = cwt.Claims(
        subject=writer_id(key.public).hex(),
        issued_at_s=now_s,
        expires_at_s=now_s + LIFE_S,
        token_id=secrets.token_bytes(16),
        others={
            AUDIENCE_CLAIM: audience,
            REQUEST_CLAIM: {_PURPOSE: purpose, _DIGEST: sha256(body).digest()},
        },
    )
    header: dict[int, Any] = {Header.KEY_ID: key_id(key.public), Header.TYPE: TYPE}
    signed = cose.sign(cwt.encode(claims), key, header, tagged=False)
    return base64.urlsafe_b64encode(signed).decode().rstrip("=")


def check_token(
    token: str,
    key_of: Callable[[WriterId], bytes | None],
    audience: str,
    purpose: str,
    now_ms: int,
) -> Verified:
    """Who signed `token`. `key_of` gives the certified public key of a writer.

    Raises SyncError: REFUSED for what is no token, a wrong signature or another purpose; NOT_ENROLLED for a writer
    without a certified key; OTHER_CITY; CLOCK_OFF where the clocks are too far apart. Signature before content.
    """
    message, claims = _parse(token)
    writer = _writer(claims)
    public_key = key_of(writer)
    if public_key is None:
        raise SyncError(Trouble.NOT_ENROLLED)
    if not message.verify_ed25519(public_key):
        raise SyncError(Trouble.REFUSED)
    if claims.others.get(AUDIENCE_CLAIM) != audience:
        raise SyncError(Trouble.OTHER_CITY)
    _check_time(claims, now_ms)
    match claims.others.get(REQUEST_CLAIM):
        case {1: str(said), 2: bytes(digest)} if said == purpose and len(digest) == 32:
            return Verified(writer, digest)
    raise SyncError(Trouble.REFUSED)


def _parse(token: str) -> tuple[cose.Sign1, cwt.Claims]:
    try:
        raw = base64.urlsafe_b64decode(token.encode("ascii") + b"=" * (-len(token) % 4))
        message = cose.parse_sign1(raw, max_bytes=MAX_BYTES)
        if message.protected.get(Header.TYPE) != TYPE:
            raise SyncError(Trouble.REFUSED)
        return message, cwt.decode(message.payload)
    except (UnicodeEncodeError, binascii.Error, cose.MalformedCose, cwt.MalformedClaims) as error:
        raise SyncError(Trouble.REFUSED) from error


def _writer(claims: cwt.Claims) -> WriterId:
    try:
        writer = bytes.fromhex(claims.subject or "")
    except ValueError:
        raise SyncError(Trouble.REFUSED) from None
    if len(writer) != 16:
        raise SyncError(Trouble.REFUSED)
    return WriterId(writer)


def _check_time(claims: cwt.Claims, now_ms: int) -> None:
    issued_s, expires_s, now_s = claims.issued_at_s, claims.expires_at_s, now_ms // 1_000
    if issued_s is None or expires_s is None or not 0 < expires_s - issued_s <= LIFE_S:
        raise SyncError(Trouble.REFUSED)
    if issued_s > now_s + TOLERANCE_S or expires_s < now_s - TOLERANCE_S:
        raise ClockOff(now_ms - issued_s * 1_000)
