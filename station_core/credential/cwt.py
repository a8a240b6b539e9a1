"""CBOR Web Token claims (RFC 8392): who said it, about whom, and from when until when it holds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from station_core import cbor
from station_core.credential.cose import MAX_BYTES, MAX_DEPTH

LATEST_DATE_S = 253_402_300_799
"""9999-12-31T23:59:59Z, the last second that the calendar can name."""


class Claim(IntEnum):
    """Keys of the IANA registry of CWT claims."""

    ISSUER = 1
    SUBJECT = 2
    EXPIRES_AT = 4
    NOT_BEFORE = 5
    ISSUED_AT = 6
    TOKEN_ID = 7
    CONFIRMATION = 8
    IDENTITY = 169
    STATUS_LIST = 65533
    TIME_TO_LIVE = 65534
    STATUS = 65535


class MalformedClaims(ValueError):
    """The payload is not a map of claims, or a claim is of the wrong kind."""


@dataclass(frozen=True, slots=True)
class Claims:
    """Times are whole seconds since 1970 UTC; fractions, which RFC 8392 allows, are cut off."""

    issuer: str | None = None
    subject: str | None = None
    expires_at_s: int | None = None
    not_before_s: int | None = None
    issued_at_s: int | None = None
    token_id: bytes | None = None
    others: Mapping[Any, Any] = field(default_factory=dict)

    def has_begun_at(self, at_s: int) -> bool:
        """Whether the token holds already: neither its `nbf` nor, in doubt, its `iat` lies ahead."""
        starts_s = self.not_before_s if self.not_before_s is not None else self.issued_at_s
        return starts_s is None or starts_s <= at_s

    def has_ended_at(self, at_s: int) -> bool:
        """Whether the token holds no more (RFC 8392 §3.1.4: not on or after `exp`)."""
        return self.expires_at_s is not None and at_s >= self.expires_at_s


def encode(claims: Claims) -> bytes:
    """Deterministic CBOR of the claims that are not None."""
    registered = {
        Claim.ISSUER: claims.issuer,
        Claim.SUBJECT: claims.subject,
        Claim.EXPIRES_AT: claims.expires_at_s,
        Claim.NOT_BEFORE: claims.not_before_s,
        Claim.ISSUED_AT: claims.issued_at_s,
        Claim.TOKEN_ID: claims.token_id,
    }
    present = {int(claim): value for claim, value in registered.items() if value is not None}
    return cbor.encode(present | {int(claim): value for claim, value in claims.others.items()})


def decode(payload: bytes, *, max_bytes: int = MAX_BYTES, allow_indefinite: bool = False) -> Claims:
    """The claims in `payload`. Raises MalformedClaims."""
    try:
        found = cbor.decode(payload, max_depth=MAX_DEPTH, max_bytes=max_bytes, allow_indefinite=allow_indefinite)
    except cbor.MalformedCbor as error:
        raise MalformedClaims(str(error)) from error
    if not isinstance(found, Mapping):
        raise MalformedClaims("the payload is not a map of claims")
    rest = dict(found)
    return Claims(
        issuer=_text(rest.pop(Claim.ISSUER, None)),
        subject=_text(rest.pop(Claim.SUBJECT, None)),
        expires_at_s=_date_s(rest.pop(Claim.EXPIRES_AT, None)),
        not_before_s=_date_s(rest.pop(Claim.NOT_BEFORE, None)),
        issued_at_s=_date_s(rest.pop(Claim.ISSUED_AT, None)),
        token_id=_bytes(rest.pop(Claim.TOKEN_ID, None)),
        others=rest,
    )


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    raise MalformedClaims("a claim that is a text holds something else")


def _bytes(value: Any) -> bytes | None:
    if value is None or isinstance(value, bytes):
        return value
    raise MalformedClaims("a claim that is bytes holds something else")


def _date_s(value: Any) -> int | None:
    if value is None:
        return None
    if type(value) in (int, float) and 0 <= value <= LATEST_DATE_S:  # also refuses NaN and the infinities
        return int(value)
    raise MalformedClaims("a date is not a number of seconds since 1970")
