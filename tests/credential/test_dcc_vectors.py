"""Test data of the EU Digital COVID Certificate: ES256 and PS256 as many countries' own software writes them."""

import base64
import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import cbor2
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from station_core import cbor
from station_core.credential import base45, cose, inflate
from station_core.credential.signatures import PublicKey

FOLDER = Path(__file__).resolve().parents[2].parent / "shared" / "vectors" / "dcc"
PREFIX = "HC1:"
HEALTH_CERTIFICATE = -260
MAX_BYTES = 64 * 1024


def cases(expectation: str) -> list[Any]:
    found = []
    for path in sorted(FOLDER.glob("*/*.json")):
        case = json.loads(path.read_text(encoding="utf-8"))
        if expectation in case["EXPECTEDRESULTS"]:
            found.append(pytest.param(case, id=f"{path.parent.name}-{path.stem}"))
    return found


def trusted_key(case: dict[str, Any]) -> tuple[bytes, PublicKey]:
    """Key id (first 8 bytes of the certificate's SHA-256) and public key that the case trusts."""
    der = base64.b64decode(case["TESTCTX"]["CERTIFICATE"])
    key = x509.load_der_x509_certificate(der).public_key()
    assert isinstance(key, ec.EllipticCurvePublicKey | rsa.RSAPublicKey)
    return sha256(der).digest()[:8], key


def unfolded(case: dict[str, Any]) -> bytes:
    if case.get("COSE"):
        return bytes.fromhex(case["COSE"])
    return inflate.inflate(base45.decode(case["PREFIX"].removeprefix(PREFIX)), max_bytes=MAX_BYTES)


def verifies(case: dict[str, Any]) -> bool:
    key_id, key = trusted_key(case)
    try:
        message = cose.parse_sign1(unfolded(case))
    except cose.MalformedCose:
        return False
    return message.key_id == key_id and message.verify(key)


@pytest.mark.skipif(not FOLDER.is_dir(), reason="the shared DCC vectors are absent")
def test_the_cases_are_there() -> None:
    assert len(cases("EXPECTEDVERIFY")) > 300


@pytest.mark.parametrize("case", cases("EXPECTEDVERIFY"))
def test_signature(case: dict[str, Any]) -> None:
    assert verifies(case) is case["EXPECTEDRESULTS"]["EXPECTEDVERIFY"]


@pytest.mark.parametrize("case", cases("EXPECTEDB45DECODE"))
def test_base45(case: dict[str, Any]) -> None:
    text = case["PREFIX"].removeprefix(PREFIX)
    if not case["EXPECTEDRESULTS"]["EXPECTEDB45DECODE"]:
        with pytest.raises(base45.MalformedBase45):
            base45.decode(text)
        return
    data = base45.decode(text)
    assert base45.encode(data) == text
    assert data == bytes.fromhex(case.get("COMPRESSED") or data.hex())


@pytest.mark.parametrize("case", cases("EXPECTEDCOMPRESSION"))
def test_compression(case: dict[str, Any]) -> None:
    data = base45.decode(case["PREFIX"].removeprefix(PREFIX))
    if not case["EXPECTEDRESULTS"]["EXPECTEDCOMPRESSION"]:
        with pytest.raises(inflate.MalformedZlib):
            inflate.inflate(data, max_bytes=MAX_BYTES)
        return
    message = inflate.inflate(data, max_bytes=MAX_BYTES)
    assert message == bytes.fromhex(case.get("COSE") or message.hex())


@pytest.mark.parametrize("case", cases("EXPECTEDDECODE"))
def test_claims(case: dict[str, Any]) -> None:
    """Some cases state all claims and some only the health certificate; CBO1 carries that one as broken bytes."""
    claims = cbor.decode(cose.parse_sign1(unfolded(case)).payload)
    certificate = claims[HEALTH_CERTIFICATE][1]
    if not case["EXPECTEDRESULTS"]["EXPECTEDDECODE"]:
        with pytest.raises(cbor.MalformedCbor):
            cbor.decode(certificate)
    elif case.get("CBOR"):  # written with indefinite lengths by some, which this product's own decoder refuses
        assert cbor2.loads(bytes.fromhex(case["CBOR"])) in (certificate, claims)
