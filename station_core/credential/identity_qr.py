"""Other systems' claim 169 codes: Base45, zlib, COSE (encrypted, signed or both), CWT, claim 169.

`read` says what a code claims, whoever wrote it. `verify` says whether to believe it: signature first, then content.
"""

from dataclasses import dataclass
from enum import StrEnum

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

    @property
    def is_signed(self) -> bool:
        """Whether there is a signature at all, good or not; some systems leave it empty."""
        return self.signature is not None and self.signature.signature != b""


class IdentityReason(StrEnum):
    """The texts are ``credential.<reason>.title`` and ``credential.<reason>.remedy``."""

    VALID = "valid"
    TOO_LARGE = "too_large"
    MALFORMED = "malformed"
    ENCRYPTED = "encrypted"
    UNSIGNED = "unsigned"
    BAD_SIGNATURE = "bad_signature"
    NOT_YET_VALID = "not_yet_valid"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class IdentityVerdict:
    """`document` stands only where the signature is good."""

    reason: IdentityReason
    document: IdentityDocument | None = None

    @property
    def accepted(self) -> bool:
        return self.reason is IdentityReason.VALID


def verify(text: str, key: PublicKey, now_s: int, *, decryption_key: bytes | None = None) -> IdentityVerdict:
    """The verdict on a claim 169 code that the holder of `key` is said to have signed. Raises nothing."""
    try:
        document = _read_if_signed_by(text, key, decryption_key)
    except TextTooLong:
        return IdentityVerdict(IdentityReason.TOO_LARGE)
    except encrypt0.CannotDecrypt:
        return IdentityVerdict(IdentityReason.ENCRYPTED)
    except ValueError:
        return IdentityVerdict(IdentityReason.MALFORMED)
    if isinstance(document, IdentityReason):
        return IdentityVerdict(document)
    if not document.claims.has_begun_at(now_s):
        return IdentityVerdict(IdentityReason.NOT_YET_VALID, document)
    if document.claims.has_ended_at(now_s):
        return IdentityVerdict(IdentityReason.EXPIRED, document)
    return IdentityVerdict(IdentityReason.VALID, document)


def read(text: str, *, decryption_key: bytes | None = None) -> IdentityDocument:
    """What `text` claims.

    Raises, each step its own: TextTooLong, MalformedBase45, MalformedZlib, MalformedCose, CannotDecrypt,
    MalformedClaims, MalformedIdentity. All are ValueErrors.
    """
    return _document(*_open(_unfolded(text), decryption_key))


def _read_if_signed_by(text: str, key: PublicKey, decryption_key: bytes | None) -> IdentityDocument | IdentityReason:
    """The claims are decoded only after the signature."""
    signature, payload = _open(_unfolded(text), decryption_key)
    if signature is None or not signature.signature:
        return IdentityReason.UNSIGNED
    if not signature.verify(key):
        return IdentityReason.BAD_SIGNATURE
    return _document(signature, payload)


def _unfolded(text: str) -> bytes:
    if len(text) > MAX_TEXT:
        raise TextTooLong(f"{len(text)} characters, at most {MAX_TEXT} are accepted")
    return inflate.inflate(base45.decode(text), max_bytes=MAX_BYTES)


def _document(signature: cose.Sign1 | None, payload: bytes) -> IdentityDocument:
    claims = cwt.decode(payload, allow_indefinite=True)
    identity = claim169.decode(claims.others.get(cwt.Claim.IDENTITY))
    return IdentityDocument(claims, identity, signature)


def _open(message: bytes, decryption_key: bytes | None) -> tuple[cose.Sign1 | None, bytes]:
    item = cose.decode_bounded(message, allow_indefinite=True)
    if not encrypt0.is_encrypted(item):
        signature = cose.sign1_of(item, allow_indefinite=True)
        return signature, signature.payload
    if decryption_key is None:
        raise encrypt0.CannotDecrypt("the code is encrypted and no key was given")
    plaintext = encrypt0.decrypt(item, decryption_key)
    try:
        signature = cose.parse_sign1(plaintext, allow_indefinite=True)
    except cose.MalformedCose:
        return None, plaintext
    return signature, signature.payload
