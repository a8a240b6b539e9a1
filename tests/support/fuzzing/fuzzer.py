"""Runs attacks and says what they found."""

import faulthandler
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from random import Random

import cbor2
from support.cards import ROOT
from support.fuzzing import world
from support.fuzzing.attacks import attack, identity_text, signed_file

from station_core.credential import identity_qr, statuslist, trust_list
from station_core.credential.certificate import CertificateRefused, read_certificate
from station_core.credential.statuslist import MalformedStatusList, UnverifiedStatusList
from station_core.credential.trust_list import TrustListRefused
from station_core.credential.verify import verify

STUCK_S = 600
MOST_CPU_S = 1.0
"""For one input. It is processor time, so a busy machine does not look like a hang."""


@dataclass(frozen=True, slots=True)
class Found:
    """`problem` is crash, hang, wrong accept or claims shown; the input follows from seed and number again."""

    seed: int
    number: int
    problem: str
    detail: str


@dataclass(slots=True)
class Result:
    inputs: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    verdicts: Counter[str] = field(default_factory=Counter)
    found: list[Found] = field(default_factory=list)
    slowest_s: float = 0.0


def run(seed: int, first: int, count: int) -> Result:
    result = Result()
    for number in range(first, first + count):
        _one(seed, number, result)
    return result


def run_batch(task: tuple[int, int, int]) -> Result:
    """`run` in a process of its own. A library that never comes back is ended with a trace of where it is."""
    faulthandler.dump_traceback_later(STUCK_S, exit=True)
    try:
        return run(*task)
    finally:
        faulthandler.cancel_dump_traceback_later()


def _one(seed: int, number: int, result: Result) -> None:
    chance = Random(f"{seed}/{number}")
    target = _TARGETS[number % len(_TARGETS)]
    started_s = time.process_time()
    try:
        problems = list(target(chance, result))
    except Exception as error:
        problems = [("crash", f"{type(error).__name__}: {error}")]
    took_s = time.process_time() - started_s
    result.slowest_s = max(result.slowest_s, took_s)
    if took_s > MOST_CPU_S:
        problems.append(("hang", f"{took_s:.1f} s of processor time"))
    result.inputs += 1
    result.found += [Found(seed, number, problem, detail) for problem, detail in problems]


Problems = Iterator[tuple[str, str]]


def _card(chance: Random, result: Result) -> Problems:
    tried = attack(chance)
    verdict = verify(tried.text, world.TRUST, world.NOW_MS)
    result.kinds[tried.kind] += 1
    result.verdicts[verdict.reason] += 1
    if verdict.accepted and not tried.may_be_accepted:
        yield "wrong accept", f"{tried.kind}: {tried.text!r}"
    if verdict.claims is not None and not tried.claims_may_show:
        yield "claims shown", f"{tried.kind}: {tried.text!r}"


def _identity(chance: Random, result: Result) -> Problems:
    text = identity_text(chance)
    verdict = identity_qr.verify(text, world.IDENTITY_KEY, world.NOW_MS // 1000)
    result.kinds["claim169"] += 1
    if verdict.document is not None and _claims_in(text) not in _IDENTITY_PAYLOADS:
        yield "wrong accept", f"claim169: {text!r}"


def _claims_in(text: str) -> bytes | None:
    document = identity_qr.read(text)
    return None if document.signature is None else document.signature.payload


_IDENTITY_PAYLOADS = frozenset(_claims_in(text) for text in world.IDENTITIES)


def _files(chance: Random, result: Result) -> Problems:
    good, read, refusals = chance.choice(_FILES)
    data = signed_file(chance, good)
    result.kinds["files"] += 1
    try:
        read(data)
    except refusals:
        return
    if not _is_signed_by_root(data):
        yield "wrong accept", data.hex()


def _is_signed_by_root(data: bytes) -> bool:
    """By another look than the verifier's."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    whole = cbor2.loads(data)
    protected, _, payload, signature = whole.value if isinstance(whole, cbor2.CBORTag) else whole
    signed = cbor2.dumps(["Signature1", protected, b"", payload], canonical=True)
    try:
        Ed25519PublicKey.from_public_bytes(ROOT.public).verify(signature, signed)
    except InvalidSignature:
        return False
    return True


_Refusals = tuple[type[Exception], ...]
_FILES: tuple[tuple[tuple[bytes, ...], Callable[[bytes], object], _Refusals], ...] = (
    (world.CERTIFICATES, lambda data: read_certificate(data, ROOT.public), (CertificateRefused,)),
    (
        world.STATUS_LISTS,
        lambda data: statuslist.read_by(data, ROOT.public),
        (MalformedStatusList, UnverifiedStatusList),
    ),
    (world.TRUST_LISTS, lambda data: trust_list.read(data, ROOT.public), (TrustListRefused,)),
)
_TARGETS = (_card, _card, _card, _card, _card, _card, _card, _identity, _identity, _files)
