"""A verdict as `station verify` prints it: reason, words in both languages, what to do next."""

from collections.abc import Sequence
from typing import Any

from resources.texts import Language
from station_app.cli.context import Context
from station_core.credential import identity_qr, verify
from station_core.credential.card import CardClaims
from station_core.credential.certificate import Certificate
from station_core.credential.claim169 import Attribute
from station_core.credential.identity_qr import IdentityDocument, IdentityReason
from station_core.credential.signatures import PublicKey
from station_core.credential.verify import Reason, TrustView
from station_core.credential.words import remedy, title
from station_core.people import names

CARD, CLAIM_169, OTHER = "card", "claim169", "other"
_SECOND_MS = 1_000


def of_card(text: str, trust: TrustView, at_ms: int, *, reveal: bool) -> dict[str, Any]:
    """The verdict on the text of a code that is expected to be a card."""
    verdict = verify.verify(text, trust, at_ms)
    system = OTHER if verdict.reason is Reason.OTHER_SYSTEM else CARD
    return _told(verdict.reason, system, verdict.accepted, at_ms) | {
        "revocation": verdict.revocation,
        "claims": None if verdict.claims is None else _card_claims(verdict.claims, reveal),
        "issuer": None if verdict.claims is None else _issuer(verdict.claims, verdict.issued_by),
    }


def of_identity(text: str, keys: Sequence[PublicKey], at_ms: int, *, reveal: bool) -> dict[str, Any]:
    """The verdict on another system's code: the best that one of `keys` gives it.

    What cannot even be unpacked as a claim 169 code is the code of a system that is not known here.
    """
    verdicts = [identity_qr.verify(text, key, at_ms // _SECOND_MS) for key in keys]
    verdict = next((one for one in verdicts if one.document is not None), verdicts[0])
    if verdict.reason is IdentityReason.MALFORMED:
        return _told(Reason.OTHER_SYSTEM, OTHER, False, at_ms) | {"revocation": None, "claims": None, "issuer": None}
    document = verdict.document
    return _told(verdict.reason, CLAIM_169, verdict.accepted, at_ms) | {
        "revocation": None,
        "claims": None if document is None else _identity_claims(document, reveal),
        "issuer": None if document is None else {"name": document.claims.issuer},
    }


def print_verdict(context: Context, verdict: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        context.print_json(verdict)
        return
    language = context.language.value
    print(verdict["title"][language])
    print(verdict["next"][language])
    claims = verdict["claims"] or {}
    if claims:
        print("\t".join(str(value) for value in claims.values() if value is not None))


def _told(reason: Reason | IdentityReason, system: str, accepted: bool, at_ms: int) -> dict[str, Any]:
    return {
        "verdict": reason.value,
        "accepted": accepted,
        "system": system,
        "title": {language.value: title(reason, language) for language in Language},
        "next": {language.value: remedy(reason, language) for language in Language},
        "at_ms": at_ms,
    }


def _card_claims(claims: CardClaims, reveal: bool) -> dict[str, Any]:
    return {
        "member_no": claims.member_no,
        "name": claims.name if reveal else names.mask(claims.name),
        "union": claims.union_code,
        "issued_on": claims.issued_on.isoformat(),
        "expires_on": claims.expires_on.isoformat(),
        "card": claims.card_id.hex(),
    }


def _issuer(claims: CardClaims, certificate: Certificate | None) -> dict[str, Any]:
    """The names are those in the city's certificate; empty where the key itself was handed over."""
    return {
        "key_id": claims.issuer.hex(),
        "city": certificate.city_name if certificate else "",
        "station": certificate.label if certificate else "",
        "number": certificate.writer_number if certificate else None,
    }


def _identity_claims(document: IdentityDocument, reveal: bool) -> dict[str, Any]:
    name = document.identity.text(Attribute.FULL_NAME)
    return {
        "id": document.identity.text(Attribute.ID),
        "name": name if reveal or not name else names.mask(name),
        "expires_at_s": document.claims.expires_at_s,
    }
