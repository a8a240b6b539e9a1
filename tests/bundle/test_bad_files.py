"""Files that are not whole, not ours, not for us or not by one of us: nothing of them is taken."""

import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.sticks import StickCity, StickStation, newcomer, service, stick_city

from city_server.bundles import export_to_station
from city_server.exchange_store import CityExchangeStore
from station_core import cbor
from station_core.credential.certificate import read_certificate
from station_core.keys import SigningKey
from sync.bundle.files import new_file
from sync.bundle.frames import FrameReader, framed
from sync.bundle.header import Header
from sync.bundle.sealing import seal, unseal
from sync.bundle.write import Outgoing, write_bundle
from sync.errors import SyncError, Trouble
from sync.messages import PushRequest, encode
from sync.wire import MAX_BODY_BYTES

PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def sent(city: StickCity) -> Iterator[bytes]:
    """A good file, which the city has not seen."""
    station = city.station()
    station.write(newcomer(), *(service() for _ in range(20)), newcomer(photo_bytes=150_000))
    yield station.export().read_bytes()
    station.station.close()


def refusal(city: StickCity, content: bytes) -> Trouble:
    """Why the city refuses `content`; nothing of it was taken."""
    file, before = city.stick / "bad.bundle", city.heads()
    file.write_bytes(content)
    with pytest.raises(SyncError) as told:
        city.take(file)
    assert city.heads() == before
    return told.value.code


def test_a_truncated_file_is_refused_wherever_it_ends(city: StickCity, sent: bytes) -> None:
    ends = {*range(0, len(sent), len(sent) // 60), *range(len(sent) - 90, len(sent), 7), len(sent) - 1}
    told = {refusal(city, sent[:end]) for end in ends}
    assert told == {Trouble.FILE_NOT_OURS, Trouble.FILE_DAMAGED}


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(0, 1 << 40), bit=st.integers(0, 7), near_an_end=st.sampled_from(["", "start", "end"]))
def test_a_single_wrong_bit_is_refused(city: StickCity, sent: bytes, place: int, bit: int, near_an_end: str) -> None:
    places = {"": len(sent), "start": 400, "end": 200}[near_an_end]
    at = place % places + (len(sent) - places if near_an_end == "end" else 0)
    content = bytearray(sent)
    content[at] ^= 1 << bit
    assert refusal(city, bytes(content)) in {Trouble.FILE_NOT_OURS, Trouble.FILE_NOT_FOR_US, Trouble.FILE_DAMAGED}


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 something else", b"age-encryption.org/v1\n" + b"x" * 40_000])
def test_other_files_are_refused(city: StickCity, content: bytes) -> None:
    assert refusal(city, content) in {Trouble.FILE_NOT_OURS, Trouble.FILE_DAMAGED}
    if content:
        assert refusal(city, content + b"more") in {Trouble.FILE_NOT_OURS, Trouble.FILE_DAMAGED}


def test_only_the_recipient_opens_a_file(city: StickCity, station: StickStation) -> None:
    other = city.station()
    file = city.export(station)
    with pytest.raises(SyncError, match=Trouble.FILE_NOT_FOR_US):
        other.take(file)
    with pytest.raises(SyncError, match=Trouble.FILE_NOT_FOR_US):
        city.take(file)


def test_a_file_that_was_passed_on_is_refused(city: StickCity, station: StickStation) -> None:
    """Whoever opens a file cannot seal it anew for another: the signature names whom it was for."""
    other = city.station()
    plain = bytearray()
    with city.export(other).open("rb") as file:
        unseal(file, plain.extend, other.station.store.key)
    forwarded = city.stick / "forwarded.bundle"
    with new_file(forwarded) as out:
        seal(iter([bytes(plain)]), out, station.station.store.key.public)
    with pytest.raises(SyncError, match=Trouble.FILE_NOT_FOR_US):
        station.take(forwarded)


def written(city: StickCity, header: Header, messages: list[bytes], key: SigningKey) -> bytes:
    file = city.stick / "made.bundle"
    with new_file(file) as out:
        seal(framed([encode(header), *messages], key), out, city.city.home.key.public)
    return file.read_bytes()


def header_of(station: StickStation, city: StickCity) -> Header:
    with station.station.store.reading() as view:
        own = view.writers.get(station.station.store.own)
    assert own is not None
    assert own.certificate is not None
    return Header(certificate=own.certificate, recipient=city.city.store.own, made_ms=1, heads={}, entries=0)


def test_a_stranger_is_refused(city: StickCity, station: StickStation, tmp_path: Path) -> None:
    """Somebody who found a station's certificate, which is no secret, and lacks its key."""
    header = header_of(station, city)
    assert refusal(city, written(city, header, [], SigningKey.generate())) is Trouble.FILE_STRANGER
    forged = Header(certificate=b"\0" * 100, recipient=header.recipient, made_ms=1, heads={}, entries=0)
    assert refusal(city, written(city, forged, [], station.station.store.key)) is Trouble.FILE_STRANGER


def test_another_version_says_so(city: StickCity, station: StickStation) -> None:
    header = header_of(station, city)
    newer = Header(v=2, certificate=header.certificate, recipient=header.recipient, made_ms=1, heads={}, entries=0)
    assert refusal(city, written(city, newer, [], station.station.store.key)) is Trouble.TOO_OLD


def test_what_unfolds_beyond_bounds_is_refused_before_it_does(city: StickCity, station: StickStation) -> None:
    header, key = header_of(station, city), station.station.store.key
    bomb = zstandard.ZstdCompressor().compress(bytes(400 * 1024 * 1024))
    assert len(bomb) < 100_000
    before_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert refusal(city, written(city, header, [bomb], key)) is Trouble.FILE_DAMAGED
    assert refusal(city, written(city, header, [bytes(MAX_BODY_BYTES + 1)], key)) is Trouble.FILE_DAMAGED
    grown_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before_kb
    assert grown_kb < 200 * 1024


def test_a_length_beyond_bounds_is_refused_before_it_is_waited_for() -> None:
    frames = FrameReader(lambda _message: None)
    frames.feed((MAX_BODY_BYTES).to_bytes(4))
    frames = FrameReader(lambda _message: None)
    with pytest.raises(SyncError, match=Trouble.FILE_DAMAGED):
        frames.feed((MAX_BODY_BYTES + 1).to_bytes(4))


@pytest.mark.parametrize(
    "message", [b"", b"junk", encode(PushRequest(batches=(b"junk",))), zstandard.compress(cbor.encode([1]))]
)
def test_a_certified_station_that_writes_nonsense_is_refused(
    city: StickCity, station: StickStation, message: bytes
) -> None:
    content = written(city, header_of(station, city), [message], station.station.store.key)
    assert refusal(city, content) is Trouble.FILE_DAMAGED


def test_a_file_without_a_header_or_with_more_after_its_end_is_refused(city: StickCity, station: StickStation) -> None:
    key, file = station.station.store.key, city.stick / "made.bundle"
    for parts in (framed([], key), iter([*framed([encode(header_of(station, city))], key), b"x"]), iter([b"\0" * 4])):
        with new_file(file) as out:
            seal(parts, out, city.city.home.key.public)
        assert refusal(city, file.read_bytes()) is Trouble.FILE_DAMAGED


def test_a_full_stick_is_told_and_nothing_half_written_stays(city: StickCity, tmp_path: Path) -> None:
    station = city.station()
    station.write(*(newcomer(photo_bytes=900_000) for _ in range(6)))
    station.station.close()
    stick = tmp_path / "stick"
    stick.mkdir()
    limited = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (3_000_000, 3_000_000));"
        "from station_app.cli import main; sys.exit(main(sys.argv[1:]))"
    )
    command = [sys.executable, "-c", limited, "bundle", "export", "--home", str(station.home), "--to"]
    result = subprocess.run(
        [*command, str(stick / "out.bundle")], cwd=PROJECT, env=os.environ, capture_output=True, text=True, check=False
    )
    assert (result.returncode, result.stdout) == (3, ""), result.stderr
    assert "cannot be written" in result.stderr
    assert "Traceback" not in result.stderr
    assert list(stick.iterdir()) == []


def test_what_stood_under_the_name_before_stays_where_writing_fails(city: StickCity, station: StickStation) -> None:
    file = station.export()
    before = file.read_bytes()

    def parts() -> Iterator[bytes]:
        yield b"half"
        raise SyncError(Trouble.STOPPED)

    def write() -> None:
        with new_file(file) as out:
            seal(parts(), out, city.city.home.key.public)

    with pytest.raises(SyncError, match=Trouble.STOPPED):
        write()
    assert file.read_bytes() == before
    with pytest.raises(SyncError, match=Trouble.FILE_UNWRITABLE), new_file(city.stick / "nowhere" / "x.bundle"):
        pass
    with pytest.raises(SyncError, match=Trouble.FILE_UNREADABLE):
        station.take(city.stick / "nowhere.bundle")


def test_a_folder_gets_a_name_that_says_from_whom_for_whom(city: StickCity, station: StickStation) -> None:
    written = export_to_station(city.city, station.number, city.stick)
    assert written.file.parent == city.stick
    assert written.file.name.startswith(f"10000-to-{station.number}-")
    assert written.size_bytes == written.file.stat().st_size
    certificate = read_certificate(header_of(station, city).certificate, city.city.store.root_key)
    assert certificate.public_key == station.station.store.key.public


def test_a_city_of_another_key_cannot_write_to_us(city: StickCity, station: StickStation, tmp_path: Path) -> None:
    with stick_city(tmp_path) as other:
        with other.city.store.reading() as view:
            own = view.writers.get(other.city.store.own)
        assert own is not None
        assert own.certificate is not None
        outgoing = Outgoing(own.certificate, station.station.store.key.public, {}, first=())
        file = tmp_path / "foreign.bundle"
        write_bundle(file, CityExchangeStore(other.city.store), other.city.home.key, outgoing)
    with pytest.raises(SyncError, match=Trouble.FILE_STRANGER):
        station.take(file)
