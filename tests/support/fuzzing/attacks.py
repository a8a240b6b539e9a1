"""One attack is one input with what the attacker may get for it at most.

`may_be_accepted` is known without asking the verifier: only the card itself, or content that a trusted key really
signed and that an independent look finds in order.
"""

import zlib
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any

import cbor2
from support.cards import ROOT, STATION
from support.fuzzing import world
from support.fuzzing.mutations import ALGORITHMS, change_bytes, change_text, encoded, item

from station_core.credential import base45, card
from station_core.keys import SigningKey, key_id


@dataclass(frozen=True, slots=True)
class Attack:
    """On a card: `claims_may_show` where somebody whom the verifier knows signed the content."""

    kind: str
    text: str
    may_be_accepted: bool = False
    claims_may_show: bool = False


def attack(chance: Random) -> Attack:
    return chance.choice(_ATTACKS)(chance)


def _judged(kind: str, text: str) -> Attack:
    return Attack(kind, text, text in world.GOOD, text in world.GOOD)


def _text(chance: Random) -> Attack:
    text = chance.choice(world.CARDS)
    for _ in range(chance.choice((0, 1, 1, 2, 6))):
        text = change_text(chance, text)
    return _judged("text", text)


def _bytes(chance: Random) -> Attack:
    data = _data(chance.choice(world.CARDS))
    for _ in range(chance.choice((1, 1, 2, 6))):
        data = change_bytes(chance, data)
    return _judged("bytes", _coded(data))


def _packed(chance: Random) -> Attack:
    """Compressed, also into a bomb, as other systems' codes are."""
    data = _data(chance.choice(world.CARDS))
    stream = zlib.compress(data + bytes(chance.choice((0, 0, 1, 10_000))), chance.randrange(10))
    if chance.randrange(2):
        stream = change_bytes(chance, stream)
    return _judged("zlib", _coded(stream))


def _parts(chance: Random) -> Attack:
    """The message's parts exchanged for others, and for parts of another card."""
    ours, theirs = (list(cbor2.loads(_data(chance.choice(world.CARDS)))) for _ in range(2))
    for _ in range(chance.choice((1, 1, 2))):
        place = chance.randrange(4)
        ours[place] = chance.choice((theirs[place], item(chance), ours[chance.randrange(4)]))
    whole = cbor2.dumps(ours[: chance.choice((4, 4, 4, 3, 0))], canonical=True)
    return _judged("parts", _coded(chance.choice((b"", b"", b"\xd2", b"\xd8\x3d\xd2")) + whole))


def _header(chance: Random) -> Attack:
    """Another algorithm, another key's id, an odd header; signed by anybody, or with the signature as it was."""
    protected, unprotected, payload, signature = cbor2.loads(_data(chance.choice(world.CARDS)))
    key, named = chance.choice(world.EVERYBODY), chance.choice(world.EVERYBODY)
    header: dict[Any, Any] = {1: chance.choice(ALGORITHMS), 4: key_id(named.public)}
    header |= chance.choice(({}, {}, {2: [1]}, {16: "application/other"}, {chance.randrange(-9, 9): item(chance)}))
    said = chance.choice((protected, encoded(chance, header), b"", b"\xa0"))
    loose: Any = chance.choice((unprotected, unprotected, {1: -8}, {4: key_id(named.public)}, header, item(chance)))
    made = key.sign(cbor2.dumps(["Signature1", said, b"", payload], canonical=True))
    parts = [said, loose, payload, chance.choice((made, signature, b"", bytes(64), made[:63]))]
    text = _coded(cbor2.dumps(parts, canonical=True))
    fits = said == _protected(key) and loose == {} and parts[3] == made
    is_good = text in world.GOOD
    return Attack("header", text, is_good or (fits and key in world.ISSUERS), is_good or (fits and key in world.KNOWN))


def _signed_claims(chance: Random) -> Attack:
    """Whatever a trusted station might be made to sign: only what is a card in order may be accepted."""
    key = chance.choice(world.EVERYBODY)
    claims: dict[Any, Any] = cbor2.loads(cbor2.loads(_data(chance.choice(world.CARDS)))[2])
    for _ in range(chance.choice((0, 1, 1, 2))):
        _spoil(chance, claims)
    payload = encoded(chance, claims)
    if chance.randrange(6) == 0:
        payload = chance.choice((change_bytes(chance, payload), cbor2.dumps(item(chance)), b""))
    protected = _protected(key)
    signature = key.sign(cbor2.dumps(["Signature1", protected, b"", payload], canonical=True))
    text = _coded(cbor2.dumps([protected, {}, payload, signature], canonical=True))
    return Attack("claims", text, key in world.ISSUERS and _is_in_order(payload, key), key in world.KNOWN)


def _spoil(chance: Random, claims: dict[Any, Any]) -> None:
    now_s, name = world.NOW_MS // 1000, chance.choice(list(claims) or [4])
    values: dict[Any, tuple[Any, ...]] = {
        4: (now_s, now_s + 1, now_s - 1, 0, -1, 2**64, float("nan"), float(now_s + 9), True, now_s + 40 * 86_400),
        6: (now_s, now_s + 1, now_s + 86_400, now_s - 86_400 * 400, 0, "now", None, 253_402_300_799),
        7: (world.LOST, world.LISTED, b"", bytes(7), bytes(9), "card-001", bytes(8)),
        169: ({}, [], {1: "1", 4: "n"}, {1: "1", 4: "", 75: "u"}, {1: 1, 4: "n", 75: "u"}, {4: "n", 75: "u", 9: 7}),
    }
    match chance.randrange(4):
        case 0:
            claims.pop(name, None)
        case 1:
            claims[name] = item(chance)
        case 2:
            claims[chance.choice((1, 2, 5, 8, 99, "x"))] = item(chance)
        case _:
            claims[name] = chance.choice(values.get(name, (None,)))


_TAGGED_IS_NOTHING = {
    number: lambda _value, _immutable: None for number in (0, 1, 2, 3, 4, 5, 25, 28, 29, 30, 35, 37, 258)
}


def _is_in_order(payload: bytes, key: SigningKey) -> bool:
    """Whether a card's claims hold now, by another look than the verifier's: the library alone, and plain sums."""
    try:
        claims = cbor2.loads(payload, semantic_decoders=_TAGGED_IS_NOTHING)
        who, card_id, ends, begins = claims[169], claims[7], claims[4], claims[6]
        texts = [who[1], who[4], who[75]]
    except Exception:  # whatever the library makes of it, this is no card
        return False
    numbers = all(type(one) in (int, float) and one >= 0 for one in (ends, begins))
    if not numbers or not isinstance(card_id, bytes) or not all(isinstance(one, str) and one for one in texts):
        return False
    is_taken_back = card_id == world.LOST or (key is STATION and card_id[:3] == world.LISTED[:3])
    now_s = world.NOW_MS / 1000
    # Days are whole: what begins later today has begun, and what ends today lasts until midnight in China.
    return len(card_id) == 8 and not is_taken_back and begins < now_s + 86_400 and ends > now_s - 86_400


def _malleable(chance: Random) -> Attack:
    """The same signature written otherwise: s + L, the point's other halves, zeros."""
    data = _data(chance.choice(world.CARDS))
    body, signature = data[:-64], data[-64:]
    order = 2**252 + 27742317777372353535851937790883648493
    s = int.from_bytes(signature[32:], "little") + order * chance.choice((1, 2, 3))
    greater = (s % 2**256).to_bytes(32, "little")
    other = chance.choice((greater, bytes(32), signature[:32], (order - 1).to_bytes(32, "little")))
    first = chance.choice((signature[:32], bytes(32), b"\x01" + bytes(31), b"\xff" * 32))
    return _judged("malleable", _coded(body + first + other))


def _data(text: str) -> bytes:
    return base45.decode(text.removeprefix(card.PREFIX))


def _coded(data: bytes) -> str:
    return card.PREFIX + base45.encode(data)


def _protected(key: SigningKey) -> bytes:
    return cbor2.dumps({1: -8, 4: key_id(key.public)}, canonical=True)


_ATTACKS: tuple[Callable[[Random], Attack], ...] = (
    _text,
    _bytes,
    _packed,
    _parts,
    _header,
    _header,
    _signed_claims,
    _signed_claims,
    _malleable,
)


def identity_text(chance: Random) -> str:
    """Another system's code, changed in its text, its stream, its message, or made anew by a stranger."""
    text = chance.choice(world.IDENTITIES)
    way = chance.randrange(4)
    if way == 0:
        return change_text(chance, text)
    stream = base45.decode(text)
    if way == 1:
        return base45.encode(change_bytes(chance, stream))
    message = zlib.decompress(stream)
    if way == 2:
        return base45.encode(zlib.compress(change_bytes(chance, message)))
    tag = cbor2.CBORTag(chance.choice((16, 17, 18, 61)), [cbor2.dumps(item(chance)), item(chance), item(chance), b""])
    return base45.encode(zlib.compress(cbor2.dumps(tag) + bytes(chance.choice((0, 0, 200_000)))))


def signed_file(chance: Random, good: tuple[bytes, ...]) -> bytes:
    """A file that the city signs, changed; or its content by a stranger, or odd content by the city itself."""
    data = chance.choice(good)
    if chance.randrange(2):
        return change_bytes(chance, data)
    protected, unprotected, payload, _ = cbor2.loads(data).value
    key = chance.choice((ROOT, world.STRANGER, world.HUB))
    if key is ROOT:
        payload = chance.choice((change_bytes(chance, payload), cbor2.dumps(item(chance)), encoded(chance, {1: 2})))
    signature = key.sign(cbor2.dumps(["Signature1", protected, b"", payload], canonical=True))
    return cbor2.dumps(cbor2.CBORTag(18, [protected, unprotected, payload, signature]), canonical=True)
