"""Claim 169's own test vectors: what each code says, which step refuses it, and whose signature it bears."""

import base64
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519

from station_core.credential import base45, claim169, cose, cwt, identity_qr, inflate
from station_core.credential.claim169 import Attribute, Biometric
from station_core.credential.signatures import PublicKey

FOLDER = Path(__file__).resolve().parents[2].parent / "shared" / "vectors" / "claim169" / "test-vectors"
REFUSALS = {
    "Base45Decode": base45.MalformedBase45,
    "Decompress": inflate.MalformedZlib,
    "CoseParse": cose.MalformedCose,
    "Claim169NotFound": claim169.MalformedIdentity,
}

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the shared claim 169 vectors are absent")


def vectors(choose: Callable[[dict[str, Any]], bool]) -> list[Any]:
    found = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*/*.json"))]
    return [pytest.param(vector, id=vector["name"]) for vector in found if choose(vector)]


def read(vector: dict[str, Any]) -> identity_qr.IdentityDocument:
    key = vector.get("encryption_key", {}).get("symmetric_key_hex")
    return identity_qr.read(vector["qr_data"], decryption_key=bytes.fromhex(key) if key else None)


def signing_key(vector: dict[str, Any]) -> PublicKey:
    raw = bytes.fromhex(vector["signing_key"]["public_key_hex"])
    if vector["signing_key"]["algorithm"] == "EdDSA":
        return ed25519.Ed25519PublicKey.from_public_bytes(raw)
    return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), raw)


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


# The vector with-face states other bytes than its code carries: FF FD FE E0 for FF D8 FF E0, the head of a JPEG.
MISSTATED_FACE, CARRIED_FACE = "//3+4AAQ", "/9j/4AAQ"


def expected_claims(vector: dict[str, Any]) -> dict[str, Any]:
    expected: dict[str, Any] = vector["expected_claim169"]
    for sample in expected.get("face", []):
        if sample.get("data") == MISSTATED_FACE:
            sample["data"] = CARRIED_FACE
    return expected


def as_far_as_stated(found: dict[str, Any], expected: dict[str, Any]) -> dict[str, Any]:
    """The vectors leave out the bytes of large samples, and one of them all its samples."""
    for sample in found.get("face", []):
        if "face" in expected and "data" not in expected["face"][0]:
            del sample["data"]
    return {name: value for name, value in found.items() if name in expected or isinstance(value, str | int)}


@pytest.mark.parametrize("vector", vectors(lambda vector: "expected_claim169" in vector))
def test_what_a_code_says(vector: dict[str, Any]) -> None:
    document = read(vector)
    expected = expected_claims(vector)
    assert as_far_as_stated(as_json(document.identity), expected) == expected
    assert meta(document.claims) == vector["expected_cwt_meta"]


def meta(claims: cwt.Claims) -> dict[str, Any]:
    stated = {
        "issuer": claims.issuer,
        "subject": claims.subject,
        "expiresAt": claims.expires_at_s,
        "notBefore": claims.not_before_s,
        "issuedAt": claims.issued_at_s,
    }
    return {name: value for name, value in stated.items() if value is not None}


@pytest.mark.parametrize("vector", vectors(lambda vector: "expected_error" in vector))
def test_which_step_refuses(vector: dict[str, Any]) -> None:
    with pytest.raises(REFUSALS[vector["expected_error"]]):
        read(vector)


@pytest.mark.parametrize("vector", vectors(lambda vector: "signing_key" in vector))
def test_a_signed_code_verifies(vector: dict[str, Any]) -> None:
    document = read(vector)
    assert document.signed_by(signing_key(vector))
    assert not document.signed_by(ed25519.Ed25519PrivateKey.generate().public_key())


def is_unsigned(vector: dict[str, Any]) -> bool:
    return "expected_claim169" in vector and "signing_key" not in vector


@pytest.mark.parametrize("vector", vectors(is_unsigned))
def test_an_unsigned_code_is_read_and_believed_by_nobody(vector: dict[str, Any]) -> None:
    document = read(vector)
    for signed in vectors(lambda other: "signing_key" in other):
        assert not document.signed_by(signing_key(signed.values[0]))


@pytest.mark.parametrize("vector", vectors(lambda vector: "encryption_key" in vector))
def test_an_encrypted_code_needs_its_key(vector: dict[str, Any]) -> None:
    for key in (None, bytes(32), bytes(16)):
        with pytest.raises(ValueError):
            identity_qr.read(vector["qr_data"], decryption_key=key)
