"""The request to be enrolled, as a file: what a station that reaches no city hands over instead of a question.

The one-time code itself is not in it: who finds the stick cannot redeem the code for a device of their own.
"""

import hmac
from hashlib import sha256
from pathlib import Path
from typing import Annotated

import msgspec

from station_core import cbor
from station_core.keys import SigningKey, verify
from sync.bundle.files import new_file, opened
from sync.code import EnrolmentCode
from sync.errors import SyncError, Trouble
from sync.messages import Message, decode, encode

MAX_BYTES = 4_096
_PROOF = b"worker-station enrolment proof 1\0"
_SIGNED = b"worker-station enrolment request 1\0"

Digest = Annotated[bytes, msgspec.Meta(min_length=32, max_length=32)]


class EnrolmentRequest(Message, frozen=True, kw_only=True):
    """`fingerprint` is that of the city's root key, out of the code. `proof` shows that the code was known;
    `signature` is by the key that asks to be certified, over everything else.
    """

    public_key: Digest
    fingerprint: Annotated[str, msgspec.Meta(max_length=12)]
    proof: Digest
    signature: Annotated[bytes, msgspec.Meta(min_length=64, max_length=64)]


def write_request(target: Path, code: EnrolmentCode, key: SigningKey) -> None:
    """Raises SyncError(FILE_UNWRITABLE)."""
    proof = proof_of(code.secret_digest, key.public)
    signature = key.sign(_signed(key.public, code.fingerprint, proof))
    request = EnrolmentRequest(public_key=key.public, fingerprint=code.fingerprint, proof=proof, signature=signature)
    with new_file(target) as file:
        file.write(encode(request))


def read_request(path: Path, fingerprint: str) -> EnrolmentRequest:
    """The request in a file, signed by its key, for the city whose root key has that `fingerprint`.

    Raises SyncError: FILE_UNREADABLE, FILE_NOT_OURS, TOO_OLD, FILE_NOT_FOR_US, FILE_DAMAGED.
    """
    with opened(path) as file:
        body = file.read(MAX_BYTES + 1)
    try:
        request = decode(EnrolmentRequest, body, max_bytes=MAX_BYTES)
    except SyncError as error:
        known = Trouble.TOO_OLD if error.code is Trouble.TOO_OLD else Trouble.FILE_NOT_OURS
        raise SyncError(known) from error
    if request.fingerprint != fingerprint:
        raise SyncError(Trouble.FILE_NOT_FOR_US)
    if not verify(request.public_key, _signed(request.public_key, fingerprint, request.proof), request.signature):
        raise SyncError(Trouble.FILE_DAMAGED)
    return request


def proof_of(secret_digest: bytes, public_key: bytes) -> bytes:
    """HMAC-SHA256 under the digest that the city keeps of a code's secret."""
    return hmac.digest(secret_digest, _PROOF + public_key, sha256)


def knows(request: EnrolmentRequest, secret_digest: bytes) -> bool:
    """Whether whoever wrote the request knew the code with that digest."""
    return hmac.compare_digest(request.proof, proof_of(secret_digest, request.public_key))


def _signed(public_key: bytes, fingerprint: str, proof: bytes) -> bytes:
    return _SIGNED + cbor.encode([public_key, fingerprint, proof])
