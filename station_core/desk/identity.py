"""Who stands there, from what a code says and what is known: the verdict of a scan."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from station_core.credential import card
from station_core.credential.card import CardClaims
from station_core.credential.patterns import CodePattern, recognise
from station_core.credential.verify import CardVerdict, TrustView, verify
from station_core.credential.verify import Reason as CardReason
from station_core.ids import MemberNo, PersonId
from station_core.people import member_no as member_numbers
from station_core.records.people import Membership


class CodeKind(StrEnum):
    """What sort of code was read."""

    CARD = "card"
    PLAIN = "plain"
    OTHER = "other"


class Verdict(StrEnum):
    """The texts are ``desk.verdict.<verdict>.title``."""

    VALID = "valid"
    UNKNOWN = "unknown"
    EXPIRED = "expired"
    NOT_YET_VALID = "not_yet_valid"
    REVOKED = "revoked"
    WRONG_SIGNATURE = "wrong_signature"
    UNKNOWN_ISSUER = "unknown_issuer"
    ISSUER_REVOKED = "issuer_revoked"
    UNREADABLE_CARD = "unreadable_card"
    NOT_A_MEMBER_CODE = "not_a_member_code"
    DECLINED = "declined"
    LEFT = "left"
    SEVERAL = "several"


_OF_CARD = {
    CardReason.VALID: Verdict.VALID,
    CardReason.OTHER_SYSTEM: Verdict.NOT_A_MEMBER_CODE,
    CardReason.TOO_LARGE: Verdict.UNREADABLE_CARD,
    CardReason.MALFORMED: Verdict.UNREADABLE_CARD,
    CardReason.UNKNOWN_ISSUER: Verdict.UNKNOWN_ISSUER,
    CardReason.BAD_SIGNATURE: Verdict.WRONG_SIGNATURE,
    CardReason.ISSUER_REVOKED: Verdict.ISSUER_REVOKED,
    CardReason.REVOKED: Verdict.REVOKED,
    CardReason.NOT_YET_VALID: Verdict.NOT_YET_VALID,
    CardReason.EXPIRED: Verdict.EXPIRED,
}


@dataclass(frozen=True, slots=True)
class ReadCode:
    """What a code says before anybody is looked up. `card` stands for our own cards, `member_no` where one is named."""

    kind: CodeKind
    member_no: MemberNo | None = None
    card: CardVerdict | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody known here whom the member number names."""

    person: PersonId
    membership: Membership


@dataclass(frozen=True, slots=True)
class Identity:
    """`person` is whom to serve; a good card of somebody not heard of here has `claims` and no `person`.

    `may_be_served`: whether anything may be given on this code at all.
    """

    verdict: Verdict
    kind: CodeKind
    person: PersonId | None = None
    member_no: MemberNo | None = None
    claims: CardClaims | None = None
    revocation: str | None = None

    @property
    def may_be_served(self) -> bool:
        return self.verdict is Verdict.VALID


def read_code(text: str, trust: TrustView, patterns: Sequence[CodePattern], now_ms: int) -> ReadCode:
    """What the text of a code says; for a card, whether it is to be accepted."""
    if card.is_card(text):
        verdict = verify(text, trust, now_ms)
        return ReadCode(CodeKind.CARD, verdict.claims.member_no if verdict.claims else None, verdict)
    plain = recognise(text.strip(), patterns)
    if plain is None or plain.member_no is None:
        return ReadCode(CodeKind.OTHER)
    return ReadCode(CodeKind.PLAIN, member_numbers.parse(plain.member_no) or plain.member_no)


def identify(code: ReadCode, candidates: Sequence[Candidate]) -> Identity:
    """Who it is; `candidates` are those known here by the code's member number."""
    if code.kind is CodeKind.OTHER:
        return Identity(Verdict.NOT_A_MEMBER_CODE, code.kind)
    claims = code.card.claims if code.card else None
    verdict = Verdict.VALID if code.card is None else _OF_CARD[code.card.reason]
    revocation = code.card.revocation if code.card else None
    person = candidates[0] if len(candidates) == 1 else None
    if verdict is Verdict.VALID:
        verdict = _of_candidates(candidates, has_good_card=claims is not None)
    return Identity(verdict, code.kind, person.person if person else None, code.member_no, claims, revocation)


def _of_candidates(candidates: Sequence[Candidate], *, has_good_card: bool) -> Verdict:
    if not candidates:
        return Verdict.VALID if has_good_card else Verdict.UNKNOWN
    if len(candidates) > 1:
        return Verdict.SEVERAL
    return {Membership.DECLINED: Verdict.DECLINED, Membership.LEFT: Verdict.LEFT}.get(
        candidates[0].membership, Verdict.VALID
    )
