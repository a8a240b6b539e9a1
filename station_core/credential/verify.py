"""Whether a card is to be accepted, decided with no network: signature first, then what the card says.

The order is strict. Until the signature is good, nothing but the key id that it names is looked at, and a
verdict shows no claims.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Protocol

from station_core.credential import card, card_status, days
from station_core.credential.card import CardClaims
from station_core.credential.certificate import Certificate, Role
from station_core.credential.cose import Sign1
from station_core.credential.statuslist import StatusList
from station_core.ids import CardId, DistrictCode, KeyId


class Reason(StrEnum):
    """The texts are ``credential.<reason>.title`` and ``credential.<reason>.remedy``."""

    VALID = "valid"
    OTHER_SYSTEM = "other_system"
    TOO_LARGE = "too_large"
    MALFORMED = "malformed"
    UNKNOWN_ISSUER = "unknown_issuer"
    BAD_SIGNATURE = "bad_signature"
    ISSUER_REVOKED = "issuer_revoked"
    REVOKED = "revoked"
    NOT_YET_VALID = "not_yet_valid"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Issuer:
    """A writer that the city certified. `revoked_since_ms`: from when on the city no longer trusts its key.

    For a key in wrong hands this is 0 (all its cards): whoever holds a key can also date cards back.
    """

    certificate: Certificate
    revoked_since_ms: int | None = None


class TrustView(Protocol):
    """What this station knows of certificates and revocations. The certificates in it have been verified."""

    def issuer(self, key: KeyId) -> Issuer | None: ...

    def card_revocation(self, card_id: CardId, issuer: KeyId) -> str | None:
        """Why the card was revoked (a code), or None where it was not, as far as is known here."""
        ...


@dataclass(frozen=True, slots=True)
class Trust:
    """A TrustView held in memory. The status lists are those of the issuers' cards (`card_status`), and verified."""

    issuers: dict[KeyId, Issuer] = field(default_factory=dict)
    revoked_cards: dict[CardId, str] = field(default_factory=dict)
    status_lists: dict[KeyId, StatusList] = field(default_factory=dict)

    def issuer(self, key: KeyId) -> Issuer | None:
        return self.issuers.get(key)

    def card_revocation(self, card_id: CardId, issuer: KeyId) -> str | None:
        named, statuses = self.revoked_cards.get(card_id), self.status_lists.get(issuer)
        if named is None and statuses is not None and card_status.is_taken_back(statuses, card_id):
            return card_status.LISTED
        return named


def issuer_without_certificate(public_key: bytes) -> Issuer:
    """Somebody whose key (32 bytes) was handed over by a way that is trusted: believed for every day."""
    unsaid = Certificate("", "", public_key, "", DistrictCode(""), 0, Role.STATION, _EARLIEST_MS, _LATEST_MS)
    return Issuer(unsaid)


_EARLIEST_MS, _LATEST_MS = days.start_s(date.min) * 1_000, days.end_s(date.max) * 1_000


@dataclass(frozen=True, slots=True)
class CardVerdict:
    """`claims` and `issued_by` stand only where the signature is good; then also for cards that are refused.

    `revocation` is the reason code of a revoked card.
    """

    reason: Reason
    claims: CardClaims | None = None
    issued_by: Certificate | None = None
    revocation: str | None = None

    @property
    def accepted(self) -> bool:
        return self.reason is Reason.VALID


def verify(text: str, trust: TrustView, now_ms: int) -> CardVerdict:
    """The verdict on the text of a code at `now_ms` (since 1970 UTC). Raises nothing, whatever `text` is."""
    if not card.is_card(text):
        return CardVerdict(Reason.OTHER_SYSTEM)
    if card.is_too_large(text):
        return CardVerdict(Reason.TOO_LARGE)
    try:
        message = card.parse(text)
    except card.MalformedCard:
        return CardVerdict(Reason.MALFORMED)
    return _verify_signature(message, trust, now_ms)


def _verify_signature(message: Sign1, trust: TrustView, now_ms: int) -> CardVerdict:
    issuer = trust.issuer(KeyId(message.key_id or b""))
    if issuer is None:
        return CardVerdict(Reason.UNKNOWN_ISSUER)
    if not message.verify_ed25519(issuer.certificate.public_key):
        return CardVerdict(Reason.BAD_SIGNATURE)
    try:
        claims = card.read_claims(message)
    except card.MalformedCard:
        return CardVerdict(Reason.MALFORMED)
    revocation = trust.card_revocation(claims.card_id, claims.issuer)
    reason = _judge(claims, issuer, revocation is not None, now_ms)
    return CardVerdict(reason, claims, issuer.certificate, revocation if reason is Reason.REVOKED else None)


def _judge(claims: CardClaims, issuer: Issuer, is_revoked: bool, now_ms: int) -> Reason:
    """The gravest objection first: who issued it, then whether it was taken back, then its days."""
    starts_ms, ends_ms = days.start_s(claims.issued_on) * 1_000, days.end_s(claims.expires_on) * 1_000
    if not _was_certified(issuer.certificate, claims):
        return Reason.UNKNOWN_ISSUER
    if issuer.revoked_since_ms is not None and issuer.revoked_since_ms < days.end_s(claims.issued_on) * 1_000:
        return Reason.ISSUER_REVOKED
    if is_revoked:
        return Reason.REVOKED
    if now_ms < starts_ms:
        return Reason.NOT_YET_VALID
    return Reason.EXPIRED if now_ms >= ends_ms else Reason.VALID


def _was_certified(certificate: Certificate, claims: CardClaims) -> bool:
    """Whether the certificate held at some moment of the day of issue, and allowed cards."""
    starts_ms, ends_ms = days.start_s(claims.issued_on) * 1_000, days.end_s(claims.issued_on) * 1_000
    held = certificate.valid_from_ms < ends_ms and starts_ms < certificate.valid_until_ms
    return held and certificate.role.may_issue_cards
