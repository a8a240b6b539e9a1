"""A station that never had a network becomes one of the city's: a request goes out, the answer comes back."""

import json
from pathlib import Path

import pytest
from support.sticks import StickCity, StickStation, stick_city

from city_server.bundles import answer_request
from city_server.enrolling import answer_to, invite
from city_server.exchange_store import CityExchangeStore
from demo.programs import as_json, city, station
from station_app.home.errors import StationExists
from station_app.station.exchange import exchange_with_city
from station_app.station.founding_by_file import found_from_file, request_enrolment
from station_core.keys import SigningKey
from sync.bundle.request import EnrolmentRequest, proof_of, read_request, write_request
from sync.bundle.write import Outgoing, write_bundle
from sync.code import fingerprint, new_code, parse_code
from sync.errors import SyncError, Trouble
from sync.messages import decode


def test_a_code_is_redeemed_by_stick_and_everything_comes_along(either_city: StickCity) -> None:
    home, request = either_city.request("车站一号")
    answer = either_city.answer(request)
    facts, imported = found_from_file(home, answer)
    assert (facts.label, facts.district, facts.city_url) == ("车站一号", "210106", "")
    assert facts.root_key_bytes == either_city.city.store.root_key
    assert imported.taken.half.entries == either_city.heads()[either_city.city.store.own][0]
    made = StickStation(home, either_city.stick)
    assert made.waiting() == made.own_seq == 1
    assert [path.name for path in home.parent.glob(f".{home.name}*")] == []


def test_asking_again_is_the_same_device(city: StickCity) -> None:
    home, request = city.request()
    first = city.answer(request)
    again = city.answer(request)
    facts, _ = found_from_file(home, again)
    with pytest.raises((StationExists, SyncError)):
        found_from_file(home, first)
    assert facts.writer_number > 10_000


def test_a_code_counts_once_and_only_for_who_knows_it(city: StickCity, tmp_path: Path) -> None:
    code, _ = invite(city.city.store, "甲站", "210106")
    ours, theirs, guessed = (tmp_path / name for name in ("ours", "theirs", "guessed"))
    write_request(ours, code, SigningKey.generate())
    write_request(theirs, code, SigningKey.generate())
    write_request(guessed, new_code(city.city.store.root_key), SigningKey.generate())
    city.answer(ours)
    with pytest.raises(SyncError, match=Trouble.CODE_USED):
        city.answer(theirs)
    with pytest.raises(SyncError, match=Trouble.CODE_UNKNOWN):
        city.answer(guessed)


def test_the_request_does_not_carry_the_code(city: StickCity, tmp_path: Path) -> None:
    code, _ = invite(city.city.store, "甲站", "210106")
    file, key = tmp_path / "request", SigningKey.generate()
    write_request(file, code, key)
    request = read_request(file, code.fingerprint)
    plain = repr(decode(EnrolmentRequest, file.read_bytes()))
    assert code.secret not in plain
    assert request.proof == proof_of(code.secret_digest, key.public)


def test_a_request_for_another_city_or_a_changed_one_is_refused(city: StickCity, tmp_path: Path) -> None:
    code, _ = invite(city.city.store, "甲站", "210106")
    file = tmp_path / "request"
    write_request(file, code, SigningKey.generate())
    with pytest.raises(SyncError, match=Trouble.FILE_NOT_FOR_US):
        read_request(file, fingerprint(bytes(32)))
    good, asked, refused = file.read_bytes(), read_request(file, code.fingerprint), 0
    for at in range(len(good)):
        file.write_bytes(good[:at] + bytes([good[at] ^ 1]) + good[at + 1 :])
        try:
            assert read_request(file, code.fingerprint) == asked  # a bit of the compression's that says nothing
        except SyncError:
            refused += 1
    assert refused >= len(good) - 2
    file.write_bytes(good * 100)
    with pytest.raises(SyncError, match=Trouble.FILE_NOT_OURS):
        city.answer(file)


def test_an_answer_is_for_one_computer_alone(city: StickCity) -> None:
    home, request = city.request()
    other, _ = city.request()
    answer = city.answer(request)
    with pytest.raises(SyncError, match=Trouble.FILE_NOT_FOR_US):
        found_from_file(other, answer)
    with pytest.raises(SyncError, match=Trouble.NO_REQUEST):
        found_from_file(home.with_name("nobody"), answer)
    assert not other.exists()
    found_from_file(home, answer)
    with pytest.raises(StationExists):
        request_enrolment(home, str(new_code(city.city.store.root_key)), city.stick / "x.request")


def test_another_city_cannot_answer(city: StickCity, tmp_path: Path) -> None:
    """Somebody with a city of their own puts their answer onto the stick: the code's fingerprint gives it away."""
    home, request = city.request()
    asked = read_request(request, fingerprint(city.city.store.root_key))
    with stick_city(tmp_path) as other:
        code, _ = invite(other.city.store, "假站", "210106")
        forged = tmp_path / "forged.request"
        key = SigningKey.generate()
        write_request(forged, code, key)
        answer_request(other.city, forged, tmp_path / "theirs.bundle")
        with other.city.store.reading() as view:
            own = view.writers.get(other.city.store.own)
        assert own is not None
        assert own.certificate is not None
        answer = answer_to(other.city.home, own.certificate)
        outgoing = Outgoing(own.certificate, asked.public_key, {}, first=(), enrolled=answer)
        file = tmp_path / "forged.bundle"
        write_bundle(file, CityExchangeStore(other.city.store), other.city.home.key, outgoing)
    with pytest.raises(SyncError, match=Trouble.WRONG_CITY_KEY):
        found_from_file(home, file)
    assert not home.exists()


def test_a_station_without_an_address_says_so(city: StickCity) -> None:
    made = city.station()
    store = made.station.store
    with pytest.raises(SyncError, match=Trouble.NO_ADDRESS):
        exchange_with_city(made.station.facts, store.key, store.now_ms, made.run)


def test_the_commands(tmp_path: Path) -> None:
    """From nothing to a station whose records are in the city and acknowledged, at two terminals without a network."""
    there, here, stick = tmp_path / "city", tmp_path / "station", tmp_path / "stick"
    stick.mkdir()
    city("init", "--home", there, "--region", "210100", "--name", "试验市")
    code = as_json(city("enrol", "甲站", "--district", "210106", "--home", there, "--json"))["code"]
    parse_code(code)
    station("init", "--home", here, "--request", stick / "request", "--code", code)
    enrolled = as_json(city("enrol-file", stick / "request", "--out", stick / "answer", "--home", there, "--json"))
    assert enrolled["name"] == "甲站"
    made = as_json(station("init", "--home", here, "--from", stick / "answer", "--json"))
    assert (made["number"], made["received_entries"]) == (enrolled["number"], enrolled["entries"])

    written = as_json(station("bundle", "export", "--to", stick, "--home", here, "--json"))
    assert written["entries"] == 1
    taken = as_json(city("bundle", "import", written["file"], "--home", there, "--json"))
    assert (taken["ok"], taken["received_entries"], taken["number"]) == (True, 1, made["number"])
    back = as_json(city("bundle", "export", str(made["number"]), "--out", stick, "--home", there, "--json"))
    came = as_json(station("bundle", "import", back["file"], "--home", here, "--json"))
    assert (came["ok"], came["acknowledged_entries"], came["revoked"]) == (True, 1, None)
    status = json.loads(station("status", "--home", here, "--json"))
    assert status["exchange"]["waiting_entries"] == 0
    assert status["exchange"]["sent_entries"] == 1
