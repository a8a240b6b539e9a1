"""Whom the verifier under attack trusts, and the good things that the attacks begin with."""

import zlib
from dataclasses import replace

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from support.cards import CERTIFICATE, CLAIMS, DAY, NOON_MS, ROOT, STATION

from station_core.credential import base45, card, card_status, cose, cwt, statuslist, trust_list
from station_core.credential.card import CardClaims
from station_core.credential.certificate import Certificate, Role, certify
from station_core.credential.statuslist import SignedStatusList
from station_core.credential.verify import Issuer, Trust
from station_core.ids import CardId, KeyId, MemberNo, UnionCode
from station_core.keys import SigningKey, key_id

NOW_MS = NOON_MS
NEIGHBOUR, HUB, REVOKED, STRANGER = (SigningKey(bytes([seed]) * 32) for seed in (10, 11, 12, 13))
LOST, LISTED = CardId(b"lost-001"), card_status.card_id(3, b"lists")


def _certificate(key: SigningKey, role: Role = Role.STATION) -> Certificate:
    return replace(CERTIFICATE, public_key=key.public, role=role)


_HELD = {
    key_id(STATION.public): Issuer(_certificate(STATION)),
    key_id(NEIGHBOUR.public): Issuer(_certificate(NEIGHBOUR)),
    key_id(HUB.public): Issuer(_certificate(HUB, Role.HUB)),
    key_id(REVOKED.public): Issuer(_certificate(REVOKED), revoked_since_ms=0),
}
_STATUSES = card_status.list_of("shenyang", key_id(STATION.public), {LISTED}, set(), 0)
TRUST = Trust(_HELD, {LOST: "lost"}, {key_id(STATION.public): _STATUSES.statuses})

ISSUERS = (STATION, NEIGHBOUR)
"""Whose cards may be accepted."""
KNOWN = (*ISSUERS, HUB, REVOKED)
"""Whose claims may be shown."""
EVERYBODY = (*KNOWN, STRANGER, ROOT)


def claims_by(key: SigningKey, name: str, number: int) -> CardClaims:
    return replace(
        CLAIMS,
        card_id=card_status.card_id(number, b"fuzzy"),
        member_no=MemberNo(f"2101060{number:05}"),
        name=name,
        union_code=UnionCode("210106012"),
        issuer=key_id(key.public),
        issued_on=DAY,
    )


NAMES = ("王伟", "李秀英", "买买提·阿卜杜热合曼", "𠮷野", "a")
CARDS = tuple(card.issue(claims_by(key, name, 10 + place), key) for key in ISSUERS for place, name in enumerate(NAMES))
GOOD = frozenset(CARDS)

IDENTITY_KEY = Ed25519PublicKey.from_public_bytes(STATION.public)
IDENTITIES = tuple(
    base45.encode(
        zlib.compress(
            cose.sign(
                cwt.encode(cwt.Claims(issuer="i", expires_at_s=NOW_MS // 1000 + 9, others={169: {1: "7", 4: name}})),
                STATION,
                {4: key_id(STATION.public)},
            )
        )
    )
    for name in NAMES
)
CERTIFICATES = tuple(certify(_certificate(key), ROOT) for key in ISSUERS)
STATUS_LISTS = (
    statuslist.sign(_STATUSES, ROOT),
    statuslist.sign(SignedStatusList(statuslist.make(1000, {7: 3, 900: 1}, bits=2), "x/y", 5, 9, 3), ROOT),
)
TRUST_LISTS = (
    trust_list.sign(
        CERTIFICATES, {KeyId(key_id(HUB.public)): 7}, {key_id(STATION.public): STATUS_LISTS[0]}, NOW_MS, ROOT
    ),
)
