"""The layout of the COSE working group's examples: a JSON file with `input`, `intermediates`, `output`, perhaps `fail`.

The product reads COSE_Sign1 messages; other kinds of message are said not to be judged, and must not pass for one.
"""

import base64
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from station_core.credential import cose
from station_core.credential.public_keys import UnusableKey, ec_key, okp_key, rsa_key
from station_core.credential.signatures import PublicKey

from devtools.vectors.finding import Step, attempted, expect, not_judged

NAME = "cose"
_HASH_BASED = "HSS-LMS"


def recognises(content: Any) -> bool:
    return isinstance(content, Mapping) and isinstance(content.get("input"), Mapping) and "output" in content


def judge(_file: Path, content: Mapping[str, Any]) -> Iterator[Step]:
    signer = content["input"].get("sign0")
    message = attempted(lambda: bytes.fromhex(content["output"]["cbor"]), (ValueError, LookupError, TypeError))
    if not isinstance(message, bytes):
        yield expect("output", message, "a message in hexadecimal")
    elif signer is None:
        yield from _no_sign1(message)
    elif signer.get("alg") == _HASH_BASED or (signer.get("key") or {}).get("kty") == _HASH_BASED:
        yield not_judged("signature", "hash-based signatures are not verified by the product")
    else:
        yield from _sign1(message, signer, content)


def _no_sign1(message: bytes) -> Iterator[Step]:
    """Not counted as passed, since nothing inside is verified; but it must not be taken for a COSE_Sign1 either."""
    came = attempted(lambda: cose.parse_sign1(message, allow_indefinite=True), cose.MalformedCose)
    if isinstance(came, cose.MalformedCose):
        yield not_judged("content", "the product reads COSE_Sign1, and this is another kind of message")
    else:
        yield expect("kind", "COSE_Sign1", "another kind of message")


def _sign1(data: bytes, signer: Mapping[str, Any], content: Mapping[str, Any]) -> Iterator[Step]:
    must_pass = content.get("fail") is not True
    external = bytes.fromhex(signer.get("external") or "")
    key = attempted(lambda: public_key(signer["key"]), (UnusableKey, ValueError, LookupError))
    if not isinstance(key, PublicKey):
        yield expect("key", key, "a key that the product knows")
        return
    message = attempted(lambda: cose.parse_sign1(data, allow_indefinite=True), cose.MalformedCose)
    is_good = isinstance(message, cose.Sign1) and message.verify(key, external=external)
    yield expect("signature", is_good, must_pass)
    stated = (content.get("intermediates") or {}).get("ToBeSign_hex")
    if must_pass and stated and isinstance(message, cose.Sign1):
        yield expect("to be signed", message.to_be_signed(external), bytes.fromhex(stated))


def public_key(key: Mapping[str, str]) -> PublicKey:
    """The key in the examples' form of JWK. Raises UnusableKey, and LookupError where a part is missing."""
    kind, curve = key.get("kty"), key.get("crv", "")
    if kind == "RSA":
        return rsa_key(_part(key, "n"), _part(key, "e"))
    if curve in ("Ed25519", "Ed448"):
        return okp_key(curve, _part(key, "x"))
    return ec_key(curve, _part(key, "x"), _part(key, "y"))


def _part(key: Mapping[str, str], name: str) -> bytes:
    if f"{name}_hex" in key:
        return bytes.fromhex(key[f"{name}_hex"])
    return base64.urlsafe_b64decode(key[name] + "=" * (-len(key[name]) % 4))
