"""Verifying cards, from the text of a code to the verdict, against bare Ed25519 verification by the library."""

import argparse
import json
import secrets
from collections.abc import Iterator
from itertools import cycle

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from bench._timing import interleaved, middle
from station_core.credential import card, card_status
from station_core.credential.card import CardClaims
from station_core.credential.certificate import Certificate, Role, certify, read_certificate
from station_core.credential.days import day_of, start_s
from station_core.credential.verify import Issuer, Trust, verify
from station_core.ids import DistrictCode, MemberNo, UnionCode
from station_core.keys import SigningKey, key_id

CARDS = 200
AT_ONCE = 50
NOW_S = 1_795_500_000
_DAY_S = 86_400
_NAMES = ("王伟", "李秀英", "欧阳明月", "买买提·阿卜杜热合曼")


def run(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bench verify", description=__doc__)
    parser.add_argument("--rounds", type=int, default=60, help=f"of {AT_ONCE} verifications each (default: 60)")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a sentence")
    options = parser.parse_args(arguments)
    result = _measured(options.rounds)
    print(json.dumps(result) if options.json else _in_words(result))
    return 0


def _measured(rounds: int) -> dict[str, float]:
    station, trust = SigningKey.generate(), Trust()
    issuer = _issuer(station)
    trust.issuers[issuer.certificate.key_id] = issuer
    trust.status_lists[issuer.certificate.key_id] = card_status.list_of(
        "city", issuer.certificate.key_id, {card_status.card_id(CARDS, bytes(5))}, set(), NOW_S
    ).statuses
    texts = list(_cards(station))
    signed = [(message.signature, message.to_be_signed()) for message in map(card.parse, texts)]
    key = Ed25519PublicKey.from_public_bytes(station.public)
    codes, pairs = cycle(texts), cycle(signed)

    def verdicts() -> None:
        for _ in range(AT_ONCE):
            if not verify(next(codes), trust, NOW_S * 1000).accepted:
                raise ValueError("a good card was refused")

    def bare() -> None:
        for _ in range(AT_ONCE):
            key.verify(*next(pairs))

    times = interleaved({"verdict": verdicts, "bare": bare}, rounds)
    verdict_ms, bare_ms = middle(times["verdict"]) / AT_ONCE, middle(times["bare"]) / AT_ONCE
    best_ratio = min(times["verdict"]) / min(times["bare"])
    return {
        "verdicts_per_s": round(1000 / verdict_ms),
        "bare_verifications_per_s": round(1000 / bare_ms),
        "verdict_us": round(verdict_ms * 1000, 1),
        "bare_us": round(bare_ms * 1000, 1),
        "ratio": round(verdict_ms / bare_ms, 2),
        "ratio_of_fastest_rounds": round(best_ratio, 2),
    }


def _issuer(station: SigningKey) -> Issuer:
    """As a station holds it: the certificate read and verified once."""
    root = SigningKey.generate()
    said = Certificate(
        city_id="city",
        city_name="试验市总工会",
        public_key=station.public,
        label="物流园东门",
        district=DistrictCode("210106"),
        writer_number=17,
        role=Role.STATION,
        valid_from_ms=(NOW_S - 30 * _DAY_S) * 1000,
        valid_until_ms=(NOW_S + 300 * _DAY_S) * 1000,
    )
    return Issuer(read_certificate(certify(said, root), root.public))


def _cards(station: SigningKey) -> Iterator[str]:
    today = day_of(NOW_S)
    for number in range(CARDS):
        claims = CardClaims(
            card_id=card_status.card_id(number, secrets.token_bytes(card_status.RANDOM_BYTES)),
            member_no=MemberNo(f"{210106000000 + number}"),
            name=_NAMES[number % len(_NAMES)],
            union_code=UnionCode("210106012"),
            issued_on=today,
            expires_on=day_of(start_s(today) + 1000 * _DAY_S),
            issuer=key_id(station.public),
        )
        yield card.issue(claims, station)


def _in_words(result: dict[str, float]) -> str:
    return (
        f"{result['verdicts_per_s']:,} verdicts a second ({result['verdict_us']} µs each), "
        f"{result['bare_verifications_per_s']:,} bare verifications ({result['bare_us']} µs): ratio {result['ratio']} "
        f"(of the fastest rounds {result['ratio_of_fastest_rounds']})"
    )
