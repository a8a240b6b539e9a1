"""The layout of claim 169's test vectors: a JSON file a code, with the claims or the error that must come."""

import base64
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from station_core.credential import base45, claim169, cose, cwt, encrypt0, identity_qr, inflate
from station_core.credential.claim169 import Attribute, Biometric
from station_core.credential.identity_qr import IdentityDocument, IdentityReason
from station_core.credential.public_keys import UnusableKey, read_public_key
from station_core.credential.signatures import PublicKey

from devtools.vectors.finding import Outcome, Step, attempted, expect, not_judged

NAME = "claim169"

_REFUSALS: dict[str, tuple[type[Exception], ...]] = {
    "Base45Decode": (base45.MalformedBase45, identity_qr.TextTooLong),
    "Decompress": (inflate.MalformedZlib,),
    "DecompressLimitExceeded": (inflate.MalformedZlib,),
    "CoseParse": (cose.MalformedCose,),
    "UnsupportedCoseType": (cose.MalformedCose,),
    "CborParse": (cose.MalformedCose, cwt.MalformedClaims),
    "CwtParse": (cwt.MalformedClaims,),
    "Claim169NotFound": (claim169.MalformedIdentity,),
    "Claim169Invalid": (claim169.MalformedIdentity,),
    "DecryptionFailed": (encrypt0.CannotDecrypt,),
}
"""The error that a vector states → what the product's step raises."""
_VERDICTS = {"SignatureInvalid": {IdentityReason.BAD_SIGNATURE, IdentityReason.UNSIGNED}}
"""Errors that are no refusal to read but a verdict."""


def recognises(content: Any) -> bool:
    return isinstance(content, Mapping) and "qr_data" in content


def judge(_file: Path, content: Mapping[str, Any]) -> Iterator[Step]:
    text, error = str(content["qr_data"]), content.get("expected_error")
    try:
        opened_with = _hex(content, "encryption_key", "symmetric_key_hex")
    except ValueError:
        yield Step("encryption_key", Outcome.FAILED, "the key is not hexadecimal")
        return
    if error is not None:
        yield _refusal(text, str(error), content, opened_with)
        return
    if "expected_claim169" not in content:
        yield not_judged("claims", "nothing is stated")
        return
    document = attempted(lambda: identity_qr.read(text, decryption_key=opened_with), ValueError)
    if not isinstance(document, IdentityDocument):
        yield expect("claims", document, content["expected_claim169"])
        return
    yield from _claims(document, content)
    yield from _signature(text, document, content, opened_with)


def _refusal(text: str, error: str, content: Mapping[str, Any], opened_with: bytes | None) -> Step:
    if error in _VERDICTS:
        key = _signing_key(content)
        if not isinstance(key, PublicKey):
            return not_judged("expected_error", "no key is stated to verify with")
        verdict = identity_qr.verify(text, key, 0, decryption_key=opened_with)
        return expect("expected_error", verdict.reason in _VERDICTS[error], True)
    if error not in _REFUSALS:
        return not_judged("expected_error", f"no step of the product answers {error}")
    came = attempted(lambda: identity_qr.read(text, decryption_key=opened_with), ValueError)
    if isinstance(came, _REFUSALS[error]):
        return Step("expected_error", Outcome.PASSED)
    return expect("expected_error", came, error)


def _claims(document: IdentityDocument, content: Mapping[str, Any]) -> Iterator[Step]:
    stated = _mended(content["expected_claim169"])
    yield expect("claims", as_far_as_stated(as_json(document.identity), stated), stated)
    if "expected_cwt_meta" in content:
        yield expect("meta", meta(document.claims), content["expected_cwt_meta"])


def _signature(
    text: str, document: IdentityDocument, content: Mapping[str, Any], opened_with: bytes | None
) -> Iterator[Step]:
    """Where a key is stated it must have signed, and another must not; where none is, nobody may be believed."""
    at_s = document.claims.issued_at_s or document.claims.not_before_s or 0

    def verdict(key: PublicKey) -> IdentityReason:
        return identity_qr.verify(text, key, at_s, decryption_key=opened_with).reason

    if "signing_key" not in content:
        refused = verdict(_strangers_key())
        yield expect("unsigned is refused", refused in (IdentityReason.UNSIGNED, IdentityReason.BAD_SIGNATURE), True)
        return
    key = _signing_key(content)
    if not isinstance(key, PublicKey):
        yield expect("signature", key, "a key to verify with")
        return
    good = (IdentityReason.VALID, IdentityReason.EXPIRED, IdentityReason.NOT_YET_VALID)
    reason = verdict(key)
    yield expect("signature", reason, reason if reason in good else IdentityReason.VALID)
    yield expect("another key is refused", verdict(_strangers_key()), IdentityReason.BAD_SIGNATURE)


def _signing_key(content: Mapping[str, Any]) -> PublicKey | Exception:
    try:
        return read_public_key(_hex(content, "signing_key", "public_key_hex") or b"")
    except (UnusableKey, ValueError) as error:
        return error


def _hex(content: Mapping[str, Any], part: str, field: str) -> bytes | None:
    stated = (content.get(part) or {}).get(field)
    return bytes.fromhex(stated) if stated else None


@cache
def _strangers_key() -> PublicKey:
    return Ed25519PrivateKey.generate().public_key()


def as_json(identity: claim169.Identity) -> dict[str, Any]:
    """In the shape of the vectors: camel case, bytes in Base64. The photo is left out there and so here."""
    return {
        camel(attribute): plain(value)
        for attribute, value in identity.attributes.items()
        if attribute is not Attribute.PHOTO
    }


def camel(attribute: Attribute) -> str:
    first, *rest = attribute.name.lower().split("_")
    return first + "".join(word.capitalize() for word in rest)


def plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    if isinstance(value, Biometric):
        shown = {"data": base64.b64encode(value.data).decode(), "format": value.format}
        return shown | ({} if value.sub_format is None else {"subFormat": value.sub_format})
    return value


def meta(claims: cwt.Claims) -> dict[str, Any]:
    said = {
        "issuer": claims.issuer,
        "subject": claims.subject,
        "expiresAt": claims.expires_at_s,
        "notBefore": claims.not_before_s,
        "issuedAt": claims.issued_at_s,
    }
    return {name: value for name, value in said.items() if value is not None}


def as_far_as_stated(found: dict[str, Any], stated: Mapping[str, Any]) -> dict[str, Any]:
    """Vectors leave out the bytes of large samples, and some leave out all samples."""
    kept = {name: value for name, value in found.items() if name in stated or isinstance(value, str | int)}
    return {name: _samples_as_stated(value, stated.get(name)) for name, value in kept.items()}


def _samples_as_stated(value: Any, stated: Any) -> Any:
    if not (isinstance(value, list) and isinstance(stated, list) and len(value) == len(stated)):
        return value
    return [
        {field: part for field, part in sample.items() if field != "data" or "data" in wanted}
        if isinstance(sample, dict) and isinstance(wanted, dict)
        else sample
        for sample, wanted in zip(value, stated, strict=True)
    ]


_MISSTATED, _CARRIED = "//3+4AAQ", "/9j/4AAQ"
"""The vector with-face states other bytes than its code carries: FF FD FE E0 for FF D8 FF E0, the head of a JPEG."""


def _mended(stated: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: [
            sample | {"data": _CARRIED} if isinstance(sample, dict) and sample.get("data") == _MISSTATED else sample
            for sample in value
        ]
        if isinstance(value, list)
        else value
        for name, value in stated.items()
    }
