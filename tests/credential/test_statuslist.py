import re
import zlib
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from station_core import cbor
from station_core.credential import cose, cwt, statuslist
from station_core.credential.statuslist import MalformedStatusList, SignedStatusList, UnverifiedStatusList
from station_core.keys import SigningKey

FOLDER = Path(__file__).resolve().parents[2].parent / "shared" / "vectors" / "status-list"
ENTRIES = 2**20

# The draft lists the statuses that are not 0 (its section on test vectors).
ONE_BIT = dict.fromkeys(
    [0, 1993, 25460, 159495, 495669, 554353, 645645, 723232, 854545, 934534, 1000345],
    1,
)
TWO_BITS = ONE_BIT | {1993: 2, 159495: 3, 645645: 2, 934534: 2, 1000345: 3}
FOUR_BITS = {
    0: 1, 1993: 2, 35460: 3, 459495: 4, 595669: 5, 754353: 6, 845645: 7, 923232: 8, 924445: 9, 934534: 10,
    1004534: 11, 1000345: 12, 1030203: 13, 1030204: 14, 1030205: 15,
}  # fmt: skip

needs_vectors = pytest.mark.skipif(not FOLDER.is_dir(), reason="the shared status list vectors are absent")


def vector(name: str) -> bytes:
    text = (FOLDER / name).read_text(encoding="utf-8")
    return bytes.fromhex(re.sub(r"\s", "", text.rpartition("encoded:")[2]))


def nonzero(statuses: statuslist.StatusList) -> dict[int, int]:
    return {index: status for index in range(len(statuses)) if (status := statuses.status(index))}


@needs_vectors
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("status_list_encoding_cbor.md", [1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1]),
        ("status_list_encoding2_cbor.md", [1, 2, 0, 3, 0, 1, 0, 1, 1, 2, 3, 3]),
    ],
)
def test_short_lists_of_the_draft(name: str, expected: list[int]) -> None:
    statuses = statuslist.unpack(cbor.decode(vector(name)))
    assert [statuses.status(index) for index in range(len(statuses))] == expected


@needs_vectors
@pytest.mark.parametrize(
    ("name", "bits", "expected"),
    [
        ("status_list_encoding1_long_cbor.md", 1, ONE_BIT),
        ("status_list_encoding2_long_cbor.md", 2, TWO_BITS),
        ("status_list_encoding4_cbor.md", 4, FOUR_BITS),
    ],
)
def test_long_lists_of_the_draft(name: str, bits: int, expected: dict[int, int]) -> None:
    statuses = statuslist.unpack(cbor.decode(vector(name)))
    assert (statuses.bits, len(statuses)) == (bits, ENTRIES)
    assert nonzero(statuses) == expected
    assert statuslist.make(ENTRIES, expected, bits=bits) == statuses


@needs_vectors
def test_the_list_of_eight_bits_uses_every_status() -> None:
    statuses = statuslist.unpack(cbor.decode(vector("status_list_encoding8_cbor.md")))
    assert (statuses.bits, len(statuses)) == (8, ENTRIES)
    assert set(nonzero(statuses).values()) == set(range(1, 256))


@needs_vectors
def test_token_of_the_draft() -> None:
    message = cose.parse_sign1(vector("status_list_cwt.md"))
    assert message.protected[cose.Header.TYPE] == statuslist.TYPE
    signed = statuslist.from_claims(cwt.decode(message.payload))
    assert signed.uri == "https://example.com/statuslists/1"
    assert (signed.issued_at_s, signed.expires_at_s, signed.time_to_live_s) == (1686920170, 2291720170, 43200)
    assert nonzero(signed.statuses) == dict.fromkeys([0, 3, 4, 5, 7, 8, 9, 13, 15], 1)


@needs_vectors
def test_token_that_refers_to_a_list() -> None:
    claims = cwt.decode(cose.parse_sign1(vector("referenced_token_cwt.md")).payload)
    assert claims.others[cwt.Claim.STATUS] == {"status_list": {"idx": 0, "uri": "https://example.com/statuslists/1"}}


@given(st.sampled_from([1, 2, 4, 8]), st.integers(1, 300), st.data())
def test_statuses_come_back_from_a_signed_list(bits: int, size: int, data: st.DataObject) -> None:
    statuses = data.draw(st.dictionaries(st.integers(0, size - 1), st.integers(0, 2**bits - 1)))
    signed = SignedStatusList(statuslist.make(size, statuses, bits=bits), "cards", 1_700_000_000, 1_800_000_000, 3600)
    assert statuslist.read(statuslist.sign(signed, KEY), PUBLIC) == signed
    assert all(signed.statuses.status(index) == statuses.get(index, 0) for index in range(size))


KEY = SigningKey(bytes(range(32)))
PUBLIC = Ed25519PublicKey.from_public_bytes(KEY.public)


def test_a_million_members_at_one_percent_revoked_are_few_bytes() -> None:
    revoked = {index * 100 + index * 37 % 100: statuslist.INVALID for index in range(10_000)}
    signed = SignedStatusList(statuslist.make(1_000_000, revoked), "cards", 1_700_000_000)
    assert len(statuslist.sign(signed, KEY)) < 20_000


def test_an_index_beyond_the_list_is_never_valid() -> None:
    statuses = statuslist.make(8, {})
    for index in (8, -1):
        with pytest.raises(IndexError):
            statuses.status(index)


def test_another_key_or_another_purpose_is_refused() -> None:
    signed = SignedStatusList(statuslist.make(8, {3: 1}), "cards", 1_700_000_000)
    with pytest.raises(UnverifiedStatusList):
        statuslist.read(statuslist.sign(signed, SigningKey.generate()), PUBLIC)
    payload = cose.parse_sign1(statuslist.sign(signed, KEY)).payload
    with pytest.raises(MalformedStatusList):
        statuslist.read(cose.sign(payload, KEY, {}), PUBLIC)


@pytest.mark.parametrize(
    "item",
    [
        None,
        {"bits": 1},
        {"bits": 3, "lst": zlib.compress(b"x")},
        {"bits": 1, "lst": b"x"},
        {"bits": 1, "lst": zlib.compress(bytes(statuslist.MAX_UNFOLDED_BYTES + 1))},
    ],
)
def test_what_is_no_list_is_refused(item: object) -> None:
    with pytest.raises(MalformedStatusList):
        statuslist.unpack(item)


@pytest.mark.parametrize(
    ("size", "statuses", "bits"), [(8, {8: 1}, 1), (8, {0: 2}, 1), (8, {}, 3), (8, {-1: 1}, 1), (-1, {}, 1)]
)
def test_what_does_not_fit_is_not_made(size: int, statuses: dict[int, int], bits: int) -> None:
    with pytest.raises(ValueError):
        statuslist.make(size, statuses, bits=bits)
