"""The fuzzer's short form; and that it finds what it is there to find, once the verifier is spoilt on purpose."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from support.fuzzing import fuzzer
from support.fuzzing.fuzzer import Result, run

from station_core import cbor
from station_core.credential import base45, card, cose, cwt, identity_qr, verify
from station_core.credential.cose import Sign1

SHORT = 2_000


def problems(result: Result) -> set[str]:
    return {found.problem for found in result.found}


def test_nothing_is_found() -> None:
    result = run(seed=1, first=0, count=SHORT)
    assert result.found == []
    assert result.inputs == SHORT
    assert min(result.kinds.values()) > SHORT // 50
    assert result.verdicts["valid"] > 0
    assert result.verdicts["bad_signature"] > 0


def without_signatures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Sign1, "verify", lambda *_, **__: True)


def with_any_issuer_s_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """Key confusion: the message itself says by which key it is to be verified, and any key of ours will do."""
    trusted = [issuer.certificate.public_key for issuer in fuzzer.world.TRUST.issuers.values()]
    plain = Sign1.verify_ed25519
    monkeypatch.setattr(Sign1, "verify_ed25519", lambda self, _: any(plain(self, key) for key in trusted))


def with_hubs_as_issuers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verify, "_was_certified", lambda *_: True)


def without_dates(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = verify._judge

    def judge(claims: card.CardClaims, issuer: verify.Issuer, is_revoked: bool, _now_ms: int) -> verify.Reason:
        reason = plain(claims, issuer, is_revoked, 0)
        return verify.Reason.VALID if reason is verify.Reason.NOT_YET_VALID else reason

    monkeypatch.setattr(verify, "_judge", judge)


def without_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    blind = replace(fuzzer.world.TRUST, revoked_cards={}, status_lists={})
    monkeypatch.setattr(fuzzer.world, "TRUST", blind)


def with_a_lenient_form(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(card, "_message", cose.parse_sign1)


def with_lenient_base45(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = base45.decode
    monkeypatch.setattr(base45, "decode", lambda text: plain(text.strip().upper()))


@pytest.mark.parametrize(
    "spoil",
    [
        without_signatures,
        with_any_issuer_s_key,
        with_hubs_as_issuers,
        without_dates,
        without_lists,
        with_a_lenient_form,
        with_lenient_base45,
    ],
)
def test_a_spoilt_verifier_is_found(
    spoil: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    spoil(monkeypatch)
    found: set[str] = set()
    for first in range(0, 10 * SHORT, SHORT):
        found |= problems(run(seed=2, first=first, count=SHORT))
        if "wrong accept" in found:
            break
    assert "wrong accept" in found


def test_a_crash_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def decode(payload: bytes, **_: object) -> cwt.Claims:
        return cwt.Claims(**cbor.decode(payload))

    monkeypatch.setattr(cwt, "decode", decode)
    assert "crash" in problems(run(seed=3, first=0, count=SHORT))


def test_a_hang_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fuzzer, "MOST_CPU_S", 0.0)
    assert "hang" in problems(run(seed=4, first=0, count=50))


def test_other_systems_codes_are_attacked_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(identity_qr.cose.Sign1, "verify", lambda *_, **__: True)
    assert any("claim169" in found.detail for found in run(seed=5, first=0, count=SHORT).found)
