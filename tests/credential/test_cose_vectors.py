"""The COSE working group's COSE_Sign1 examples (RFC 8152 and its repository of examples)."""

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed448, ed25519

from station_core.credential import cose
from station_core.credential.signatures import PublicKey

FOLDER = Path(__file__).resolve().parents[2].parent / "shared" / "vectors" / "cose"
CURVES = {"P-256": ec.SECP256R1(), "P-384": ec.SECP384R1(), "P-521": ec.SECP521R1()}
HASH_BASED = "HSS-LMS"


def sign1_examples() -> list[Path]:
    examples = sorted(FOLDER.glob("*/*.json"))
    return [path for path in examples if "sign0" in json.loads(path.read_text())["input"]]


def coordinate(key: dict[str, str], name: str) -> bytes:
    if f"{name}_hex" in key:
        return bytes.fromhex(key[f"{name}_hex"])
    return base64.urlsafe_b64decode(key[name] + "=" * (-len(key[name]) % 4))


def public_key(key: dict[str, str]) -> PublicKey:
    if key["crv"] == "Ed25519":
        return ed25519.Ed25519PublicKey.from_public_bytes(coordinate(key, "x"))
    if key["crv"] == "Ed448":
        return ed448.Ed448PublicKey.from_public_bytes(coordinate(key, "x"))
    x, y = (int.from_bytes(coordinate(key, name), "big") for name in "xy")
    return ec.EllipticCurvePublicNumbers(x, y, CURVES[key["crv"]]).public_key()


def verdict(example: dict[str, Any]) -> bool:
    signer = example["input"]["sign0"]
    try:
        message = cose.parse_sign1(bytes.fromhex(example["output"]["cbor"]))
    except cose.MalformedCose:
        return False
    return message.verify(public_key(signer["key"]), external=bytes.fromhex(signer.get("external", "")))


@pytest.mark.skipif(not FOLDER.is_dir(), reason="the shared COSE vectors are absent")
def test_the_examples_are_there() -> None:
    assert len(sign1_examples()) >= 18


@pytest.mark.parametrize("path", sign1_examples(), ids=lambda path: path.stem)
def test_example(path: Path) -> None:
    example = json.loads(path.read_text())
    if example["input"]["sign0"]["alg"] == HASH_BASED:
        pytest.skip("hash-based signatures are not verified here")
    assert verdict(example) is not example.get("fail", False)


@pytest.mark.skipif(not FOLDER.is_dir(), reason="the shared COSE vectors are absent")
@pytest.mark.parametrize("kind", ["sign", "mac0", "mac", "encrypted", "enveloped"])
def test_other_kinds_of_message_are_no_sign1(kind: str) -> None:
    examples = [json.loads(path.read_text()) for path in sorted(FOLDER.glob("*/*.json"))]
    messages = [example["output"]["cbor"] for example in examples if kind in example["input"] and "output" in example]
    assert messages
    for message in messages:
        with pytest.raises(cose.MalformedCose):
            cose.parse_sign1(bytes.fromhex(message))
