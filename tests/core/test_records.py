"""How records become bodies and back, and who may write what."""

from datetime import date
from hashlib import sha256
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.fold.judge import EntryState, Reason, Standing, judge, objection_to
from station_core import cbor
from station_core.clock import HybridTime
from station_core.credential.certificate import Role
from station_core.ids import CardId, MemberNo, OperatorId, PersonId, RecordId, ServiceCode, WriterId
from station_core.journal.body import body_digest, parts_of, redact_body, split_body
from station_core.journal.entry import EMPTY, seal
from station_core.keys import SigningKey
from station_core.records.base import MalformedRecord, Record, decode_body, encode_body
from station_core.records.cards import CardRevoked, RevocationReason
from station_core.records.documents import CataloguePublished
from station_core.records.faults import MAX_TEXT_CHARS
from station_core.records.people import PeopleImported, PersonFields, PersonRegistered
from station_core.records.registry import KINDS, may_write
from station_core.records.services import ServiceGiven
from station_core.records.trust import WriterRevoked

SALT = bytes(range(16))
PERSON = PersonId(bytes(16))
STAFF = OperatorId("op-1")
SECRET = "440101199001011234"

texts = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=20)
persons = st.builds(
    PersonRegistered,
    person=st.binary(min_size=16, max_size=16).map(PersonId),
    operator=texts.map(OperatorId),
    fields=st.builds(
        PersonFields,
        name=st.none() | texts,
        phone=st.none() | texts,
        groups=st.none() | st.lists(texts, max_size=3).map(tuple),
        photo=st.none() | st.binary(max_size=20),
    ),
)
services = st.builds(
    ServiceGiven,
    id=st.binary(min_size=16, max_size=16).map(RecordId),
    service=texts.map(ServiceCode),
    on=st.dates(),
    operator=texts.map(OperatorId),
    member_no=st.none() | texts.map(MemberNo),
    quantity=st.integers(1, 99),
    answers=st.dictionaries(
        texts, texts | st.integers(-(2**62), 2**62) | st.booleans() | st.floats(allow_nan=False), max_size=3
    ),
)


@given(persons | services, st.binary(min_size=16, max_size=16))
def test_a_record_comes_back_from_its_body(record: Record, salt: bytes) -> None:
    body = encode_body(record, salt)
    assert decode_body(type(record), body) == record
    assert cbor.encode(cbor.decode(body)) == body


@given(persons | services, st.binary(min_size=16, max_size=16))
def test_redacting_keeps_the_digest_and_nothing_about_a_person(record: Record, salt: bytes) -> None:
    body = encode_body(record, salt)
    left = redact_body(body)
    if isinstance(record, ServiceGiven):
        assert left is not None
        assert body_digest(left) == body_digest(body)
        assert decode_body(ServiceGiven, left) == msgspec.structs.replace(record, member_no=None, answers={})
        assert redact_body(left) == left
    else:
        assert left is None


def test_a_field_in_the_wrong_part_is_refused() -> None:
    open_part = {"id": bytes(16), "service": "a.cut", "on": "2026-11-24", "operator": "op-1"}
    for misplaced in ((open_part | {"member_no": "1"}, {}), (open_part, {"quantity": 5})):
        with pytest.raises(MalformedRecord, match="wrong part"):
            decode_body(ServiceGiven, split_body(*map(cbor.encode, misplaced)))
    with pytest.raises(MalformedRecord, match="is whole"):
        decode_body(ServiceGiven, cbor.encode(open_part))
    with pytest.raises(MalformedRecord, match="is split"):
        decode_body(CardRevoked, split_body(cbor.encode({}), cbor.encode({})))


def test_another_spelling_of_the_same_parts_is_another_body() -> None:
    open_part, sealed = cbor.encode({"a": 1}), cbor.encode({"b": 2})
    body = split_body(open_part, sealed)
    longer = b"\x82\x58" + bytes([len(open_part)]) + open_part + body[2 + len(open_part) :]
    assert cbor.decode(longer) == cbor.decode(body)
    assert body_digest(longer) != body_digest(body)
    assert redact_body(longer) is None
    assert redact_body(body + b"x") is None


@pytest.mark.parametrize("size", [0, 23, 24, 255, 256, 65_535, 65_536])
def test_parts_of_any_length_come_back(size: int) -> None:
    body = split_body(bytes(size), b"s" * size)
    assert cbor.decode(body) == [bytes(size), b"s" * size]
    assert parts_of(body) == (bytes(size), b"s" * size)
    left = redact_body(body)
    assert left is not None
    assert parts_of(left) == (bytes(size), None)
    assert cbor.decode(left) == [bytes(size), None, sha256(b"s" * size).digest()]


def test_the_salt_makes_digests_of_equal_records_differ() -> None:
    record = CardRevoked(card=CardId(bytes(8)), reason=RevocationReason.LOST, operator=STAFF)
    assert encode_body(record, SALT) != encode_body(record, bytes(16))
    assert cbor.decode(encode_body(record, SALT))["s"] == SALT
    with pytest.raises(ValueError, match="16 bytes"):
        encode_body(record, b"short")


def fields(**changes: Any) -> bytes:
    content = {"id": bytes(16), "service": "a.cut", "on": "2026-11-24", "operator": "op-1", "s": SALT, **changes}
    given = {key: value for key, value in content.items() if value is not ...}
    is_open = {key: value for key, value in given.items() if key in ServiceGiven.open_fields}
    return split_body(cbor.encode(is_open), cbor.encode({key: given[key] for key in given if key not in is_open}))


def test_fields_that_this_version_does_not_know_are_passed_over() -> None:
    record = decode_body(ServiceGiven, fields(weather="rain", more={"a": [1, 2**70]}))
    assert (record.service, record.on, record.quantity) == ("a.cut", date(2026, 11, 24), 1)


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"service": 7}, "service"),
        ({"service": ...}, "service"),
        ({"service": "x" * (MAX_TEXT_CHARS + 1)}, "service"),
        ({"on": "yesterday"}, "on"),
        ({"on": 20}, "on"),
        ({"id": "text"}, "id"),
        ({"id": bytes(15)}, "id"),
        ({"person": bytes(17)}, "person"),
        ({"quantity": 0}, "quantity"),
        ({"quantity": 2**31}, "quantity"),
        ({"quantity": 2**70}, "quantity"),
        ({"quantity": "2"}, "quantity"),
        ({"member_no": SECRET + "\0"}, "member_no"),
        ({"answers": {"pulse": "x\0"}}, "answers"),
        ({"answers": {"pulse": 2**64}}, "answers"),
        ({"answers": {"pulse": [SECRET]}}, "answers"),
    ],
)
def test_what_does_not_fit_is_refused_by_the_name_of_its_field(changes: dict[str, Any], named: str) -> None:
    with pytest.raises(MalformedRecord) as refused:
        decode_body(ServiceGiven, fields(**changes))
    assert f"{named}" in str(refused.value)
    assert SECRET not in str(refused.value)


def test_a_refusal_never_has_the_value() -> None:
    body = cbor.encode({"card": bytes(8), "reason": SECRET, "operator": "op-1"})
    with pytest.raises(MalformedRecord, match=r"`\$.reason`") as refused:
        decode_body(CardRevoked, body)
    assert SECRET not in str(refused.value)
    twice = b"\xa2" + cbor.encode(SECRET) + b"\x01" + cbor.encode(SECRET) + b"\x02"
    with pytest.raises(MalformedRecord) as refused:
        decode_body(CardRevoked, twice)
    assert SECRET not in str(refused.value)


@given(st.binary(max_size=60))
def test_noise_is_refused(body: bytes) -> None:
    with pytest.raises(MalformedRecord):
        decode_body(ServiceGiven, body)


@pytest.mark.parametrize(
    ("people", "rows"),
    [([PERSON], []), ([], [["王小明"]]), ([PERSON], [[]]), ([PERSON], [["王小明", "more"]])],
)
def test_a_roster_with_rows_that_do_not_fit_is_refused(people: list[bytes], rows: list[list[str]]) -> None:
    body = cbor.encode({"columns": ["name"], "people": people, "rows": rows})
    with pytest.raises(MalformedRecord, match="do not fit"):
        decode_body(PeopleImported, body)


def test_a_value_that_no_record_has_is_refused_in_a_document_too() -> None:
    body = cbor.encode({"pack": "a", "content": {"x": [2**70]}})
    with pytest.raises(MalformedRecord, match="content"):
        decode_body(CataloguePublished, body)
    long = decode_body(CataloguePublished, cbor.encode({"pack": "a", "content": {"x": ["long" * 1_000, 1.5, None]}}))
    assert long.content["x"][1:] == [1.5, None]


def test_who_may_write_what() -> None:
    assert may_write(Role.STATION, ServiceGiven.kind)
    assert not may_write(Role.STATION, PeopleImported.kind)
    assert not may_write(Role.STATION, WriterRevoked.kind)
    assert all(may_write(Role.CITY, kind) for kind in KINDS)
    assert not any(may_write(Role.HUB, kind) for kind in KINDS)
    assert all(record.kind == kind for kind, record in KINDS.items())


STATION = Standing(Role.STATION, None)
REVOKED = Standing(Role.CITY, HybridTime(100))


@pytest.mark.parametrize(
    ("kind", "at", "standing", "objection"),
    [
        ("service.given", 1, STATION, None),
        ("service.given", 1, Standing(None, None), Reason.UNCERTIFIED),
        ("writer.certified", 1, Standing(None, None), None),
        ("writer.certified", 101, REVOKED, None),
        ("weather.noted", 1, STATION, Reason.UNKNOWN_KIND),
        ("people.imported", 1, STATION, Reason.NOT_ALLOWED),
        ("people.imported", 100, REVOKED, None),
        ("people.imported", 101, REVOKED, Reason.WRITER_REVOKED),
        ("writer.revoked", 101, REVOKED, None),
        ("person.erased", 101, REVOKED, None),
        ("person.erased", 1, STATION, Reason.NOT_ALLOWED),
    ],
)
def test_what_keeps_an_entry_from_counting(kind: str, at: int, standing: Standing, objection: Reason | None) -> None:
    assert objection_to(kind, HybridTime(at), standing) is objection


def test_a_body_that_is_malformed_is_set_aside_with_its_reason() -> None:
    key = SigningKey(bytes([5]) * 32)
    entry = seal(key, EMPTY, HybridTime(1), ServiceGiven.kind, fields(quantity=0))
    judgement = judge(entry, STATION)
    assert (judgement.state, judgement.record) == (EntryState.ASIDE, None)
    assert judgement.reason == "malformed: Expected `int` >= 1 - at `$.quantity`"
    waiting = judge(entry, Standing(None, None))
    assert (waiting.state, waiting.reason) == (EntryState.WAITING, Reason.UNCERTIFIED)


def test_ids_have_their_sizes() -> None:
    with pytest.raises(MalformedRecord, match="writer"):
        decode_body(WriterRevoked, cbor.encode({"writer": WriterId(b"x"), "since": 1, "reason": ""}))
