"""Other systems' claim 169 codes: Base45, zlib, COSE (encrypted, signed or both), CWT, claim 169.

Reading says what a code claims. Whether to believe it is `IdentityDocument.signed_by`.
"""

from dataclasses import dataclass

from station_core.credential import base45, claim169, cose, cwt, encrypt0, inflate
from station_core.credential.signatures import PublicKey

MAX_TEXT = 8192
"""More than the largest QR code holds (4,296 alphanumeric characters)."""
MAX_BYTES = 64 * 1024


class TextTooLong(ValueError):
    """Longer than any QR code."""


@dataclass(frozen=True, slots=True)
class IdentityDocument:
    """`signature` is None where the claims were encrypted and not signed."""

    claims: cwt.Claims
    identity: claim169.Identity
    signature: cose.Sign1 | None

    def signed_by(self, key: PublicKey) -> bool:
        return self.signature is not None and self.signature.verify(key)


def read(text: str, *, decryption_key: bytes | None = None) -> IdentityDocument:
    """What `text` claims.

    Raises, each step its own: TextTooLong, MalformedBase45, MalformedZlib, MalformedCose, CannotDecrypt,
    MalformedClaims, MalformedIdentity. All are ValueErrors.
    """
    if len(text) > MAX_TEXT:
        raise TextTooLong(f"{len(text)} characters, at most {MAX_TEXT} are accepted")
    unfolded = inflate.inflate(base45.decode(text), max_bytes=MAX_BYTES)
    signature, payload = _open(unfolded, decryption_key)
    claims = cwt.decode(payload)
    identity = claim169.decode(claims.others.get(cwt.Claim.IDENTITY))
    return IdentityDocument(claims, identity, signature)


def _open(message: bytes, decryption_key: bytes | None) -> tuple[cose.Sign1 | None, bytes]:
    item = cose.decode_bounded(message)
    if not encrypt0.is_encrypted(item):
        signature = cose.sign1_of(item)
        return signature, signature.payload
    if decryption_key is None:
        raise encrypt0.CannotDecrypt("the code is encrypted and no key was given")
    plaintext = encrypt0.decrypt(item, decryption_key)
    try:
        signature = cose.parse_sign1(plaintext)
    except cose.MalformedCose:
        return None, plaintext
    return signature, signature.payload
