"""The code that a city gives and a station brings, and what comes of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.cities import RunningCity, memory_store

from city_server.city import wall_ms
from city_server.enrolling import CODE_DAYS, invite
from station_core.code32 import ALPHABET
from station_core.credential.certificate import Role
from station_core.keys import SigningKey, key_id
from station_core.records.trust import WriterCertified
from sync.code import LENGTH, EnrolmentCode, fingerprint, new_code, parse_code
from sync.enrol import Enrolled, enrol
from sync.errors import SyncError, Trouble
from sync.transport import Transport

ROOT = SigningKey(bytes(32)).public
codes = st.builds(lambda _: new_code(ROOT), st.integers())
positions = st.integers(0, LENGTH - 1)


def redeem(city: RunningCity, code: EnrolmentCode, key: SigningKey) -> Enrolled:
    with Transport(city.address) as transport:
        return enrol(transport, code, key, wall_ms)


def trouble(city: RunningCity, code: EnrolmentCode, key: SigningKey | None = None) -> Trouble:
    with pytest.raises(SyncError) as told:
        redeem(city, code, key or SigningKey.generate())
    return told.value.code


def test_a_station_gets_what_the_city_wrote_down_for_it(city: RunningCity) -> None:
    code, enrolment = invite(city.city.store, " 浑南  一号车 ", "210112")
    key = SigningKey.generate()
    enrolled = redeem(city, parse_code(str(code)), key)
    certificate = enrolled.certificate
    assert (certificate.label, certificate.district, certificate.role) == ("浑南 一号车", "210112", Role.STATION)
    assert certificate.writer_number == enrolment.number == 10_001
    assert certificate.key_id == key_id(key.public)
    assert certificate.valid_at(wall_ms())
    assert enrolled.root_key == city.city.home.root.public
    assert enrolled.city_name == "沈阳市总工会"
    with memory_store(enrolled.root_key, key).writing() as tx:
        tx.append(WriterCertified(certificate=enrolled.certificate_bytes))
        own = tx.writers.get(certificate.writer)
    assert own is not None
    assert own.role is Role.STATION


def test_every_station_has_a_number_of_its_own(city: RunningCity) -> None:
    numbers = [city.station(f"{count}号车").enrolled.certificate.writer_number for count in range(3)]
    assert numbers == [10_001, 10_002, 10_003]


def test_a_code_counts_once_and_a_lost_answer_is_given_again(city: RunningCity) -> None:
    code, _ = invite(city.city.store, "一号车", "210106")
    key = SigningKey.generate()
    first = redeem(city, code, key)
    assert redeem(city, code, key) == first
    assert trouble(city, code) is Trouble.CODE_USED
    assert trouble(city, code, city.station("二号车").key) is Trouble.CODE_USED


def test_one_device_cannot_have_two_numbers(sqlite_city: RunningCity) -> None:
    key = SigningKey.generate()
    redeem(sqlite_city, invite(sqlite_city.city.store, "一", "210106")[0], key)
    assert trouble(sqlite_city, invite(sqlite_city.city.store, "二", "210106")[0], key) is Trouble.CODE_USED


def test_a_code_that_was_never_given(sqlite_city: RunningCity) -> None:
    assert trouble(sqlite_city, new_code(sqlite_city.city.store.root_key)) is Trouble.CODE_UNKNOWN


def test_a_code_that_is_too_old(sqlite_city: RunningCity, monkeypatch: pytest.MonkeyPatch) -> None:
    code, _ = invite(sqlite_city.city.store, "一号车", "210106")
    store = sqlite_city.city.store
    monkeypatch.setattr("city_server.enrolling.CODE_DAYS", -1)
    assert CODE_DAYS > 0
    assert trouble(sqlite_city, code) is Trouble.CODE_EXPIRED
    with store.reading() as view:
        assert [enrolment.writer for enrolment in view.enrolments.all()] == [None]


def test_another_citys_code_is_not_for_this_one(sqlite_city: RunningCity) -> None:
    """The token names the fingerprint that the station expects; a city with another key says no."""
    mine, _ = invite(sqlite_city.city.store, "一号车", "210106")
    assert trouble(sqlite_city, EnrolmentCode(mine.secret, fingerprint(ROOT))) is Trouble.OTHER_CITY


def test_a_server_with_another_root_key_is_found_out(sqlite_city: RunningCity, monkeypatch: pytest.MonkeyPatch) -> None:
    """It accepts whatever is asked, and answers with a certificate by a key that the code does not name."""
    mine, _ = invite(sqlite_city.city.store, "一号车", "210106")
    wanted = EnrolmentCode(mine.secret, fingerprint(ROOT))
    monkeypatch.setattr("city_server.http.enrol_routes.fingerprint", lambda _: wanted.fingerprint)
    assert trouble(sqlite_city, wanted) is Trouble.WRONG_CITY_KEY


def test_a_wrong_clock_keeps_nobody_from_enrolling(sqlite_city: RunningCity) -> None:
    code, _ = invite(sqlite_city.city.store, "一号车", "210106")
    with Transport(sqlite_city.address) as transport:
        enrolled = enrol(transport, code, SigningKey.generate(), lambda: wall_ms() - 10**10)
    assert enrolled.certificate.label == "一号车"


def test_the_secret_is_kept_as_a_digest_alone(sqlite_city: RunningCity) -> None:
    code, enrolment = invite(sqlite_city.city.store, "一号车", "210106")
    assert code.secret not in repr((code, enrolment))
    assert enrolment.code_digest == code.secret_digest


@given(codes)
def test_a_code_is_read_however_it_is_typed(code: EnrolmentCode) -> None:
    text = str(code)
    assert [len(group) for group in text.split("-")] == [5] * 5
    assert parse_code(text) == code
    typed = text.lower().replace("0", "o").replace("1", "l").replace("-", " ")
    assert parse_code(f"  {typed} ") == code
    full_width = "".join(chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else one for one in text)
    assert parse_code(full_width) == code


@given(codes, positions, st.sampled_from(ALPHABET))
def test_one_wrong_character_is_always_found(code: EnrolmentCode, at: int, other: str) -> None:
    text = list(str(code).replace("-", ""))
    if text[at] != other:
        text[at] = other
        with pytest.raises(SyncError) as told:
            parse_code("".join(text))
        assert told.value.code is Trouble.BAD_CODE


@pytest.mark.parametrize("typed", ["", "hello", "U" * 25, "0" * 24, "1" * 26, "零" * 25])
def test_what_is_no_code(typed: str) -> None:
    with pytest.raises(SyncError):
        parse_code(typed)
