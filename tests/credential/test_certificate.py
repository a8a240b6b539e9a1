import pytest
from hypothesis import given
from hypothesis import strategies as st

from resources.texts import Language, say
from station_core import cbor
from station_core.credential import cose, cwt
from station_core.credential.certificate import (
    TYPE,
    Certificate,
    CertificateFault,
    CertificateRefused,
    Role,
    certify,
    read_certificate,
)
from station_core.ids import DistrictCode
from station_core.keys import SigningKey, key_id, writer_id

ROOT = SigningKey(bytes([7]) * 32)
STATION = SigningKey(bytes([9]) * 32)


def certificate(**changes: object) -> Certificate:
    values: dict[str, object] = {
        "city_id": "shenyang",
        "city_name": "沈阳市总工会",
        "public_key": STATION.public,
        "label": "物流园东门",
        "district": DistrictCode("210106"),
        "writer_number": 17,
        "role": Role.STATION,
        "valid_from_ms": 1_790_000_000_000,
        "valid_until_ms": 1_850_000_000_000,
    }
    return Certificate(**(values | changes))  # type: ignore[arg-type]


def fault(data: bytes, root: SigningKey = ROOT) -> CertificateFault:
    with pytest.raises(CertificateRefused) as refused:
        read_certificate(data, root.public)
    return refused.value.fault


@pytest.mark.parametrize("role", list(Role))
def test_a_certificate_comes_back(role: Role) -> None:
    issued = certificate(role=role)
    read = read_certificate(certify(issued, ROOT), ROOT.public)
    assert read == issued
    assert (read.key_id, read.writer) == (key_id(STATION.public), writer_id(STATION.public))


def test_times_are_cut_to_seconds() -> None:
    read = read_certificate(certify(certificate(valid_from_ms=1_790_000_000_999), ROOT), ROOT.public)
    assert read.valid_from_ms == 1_790_000_000_000


def test_it_holds_from_its_first_to_before_its_last_moment() -> None:
    held = certificate()
    moments = (held.valid_from_ms - 1, held.valid_from_ms, held.valid_until_ms - 1, held.valid_until_ms)
    assert [held.valid_at(moment) for moment in moments] == [False, True, True, False]


def test_a_hub_issues_no_cards() -> None:
    assert [role for role in Role if not role.may_issue_cards] == [Role.HUB]


def test_another_city_is_named() -> None:
    assert fault(certify(certificate(), SigningKey(bytes(32)))) is CertificateFault.OTHER_CITY


def test_a_key_that_only_claims_to_be_the_root_is_refused() -> None:
    forged = cose.sign(b"\xa0", SigningKey(bytes(32)), {4: key_id(ROOT.public), 16: TYPE})
    assert fault(forged) is CertificateFault.BAD_SIGNATURE


def test_what_the_root_signed_for_another_purpose_is_no_certificate() -> None:
    payload = cose.parse_sign1(certify(certificate(), ROOT)).payload
    for header in ({4: key_id(ROOT.public)}, {4: key_id(ROOT.public), 16: "application/statuslist+cwt"}):
        assert fault(cose.sign(payload, ROOT, header)) is CertificateFault.MALFORMED


@pytest.mark.parametrize(
    "change",
    [
        lambda claims: claims.pop(1),
        lambda claims: claims.pop(4),
        lambda claims: claims.pop(8),
        lambda claims: claims[8][1].update({-1: 4}),
        lambda claims: claims[8][1].update({-2: b"short"}),
        lambda claims: claims.pop(-70_169),
        lambda claims: claims[-70_169].update({5: "president"}),
        lambda claims: claims[-70_169].update({4: "17"}),
        lambda claims: claims[-70_169].pop(3),
    ],
)
def test_signed_content_that_lacks_something_is_malformed(change: object) -> None:
    claims = thawed(cbor.decode(cose.parse_sign1(certify(certificate(), ROOT)).payload))
    change(claims)  # type: ignore[operator]
    data = cose.sign(cbor.encode(claims), ROOT, {4: key_id(ROOT.public), 16: TYPE})
    assert fault(data) is CertificateFault.MALFORMED


def thawed(item: object) -> object:
    return {key: thawed(value) for key, value in item.items()} if hasattr(item, "items") else item


@given(st.data())
def test_any_changed_bit_is_refused(data: st.DataObject) -> None:
    signed = bytearray(certify(certificate(), ROOT))
    position = data.draw(st.integers(0, len(signed) * 8 - 1))
    signed[position // 8] ^= 1 << position % 8
    with pytest.raises(CertificateRefused):
        read_certificate(bytes(signed), ROOT.public)


@given(st.binary(max_size=200))
def test_arbitrary_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(CertificateRefused):
        read_certificate(data, ROOT.public)


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("reason", list(CertificateFault))
def test_every_fault_has_a_text(language: Language, reason: CertificateFault) -> None:
    assert say(language, f"credential.certificate.{reason}")


def test_cwt_claims_of_a_certificate_are_the_registered_ones() -> None:
    claims = cwt.decode(cose.parse_sign1(certify(certificate(), ROOT)).payload)
    assert (claims.issuer, claims.not_before_s, claims.expires_at_s) == ("shenyang", 1_790_000_000, 1_850_000_000)
    assert claims.others[cwt.Claim.CONFIRMATION] == {1: {1: 1, -1: 6, -2: STATION.public}}
