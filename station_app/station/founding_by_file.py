"""Making a station that reaches no city: a request goes out as a file, and the city's answer comes back as one."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from station_app.home.errors import DamagedHome
from station_app.home.facts import StationFacts
from station_app.home.files import write_private
from station_app.home.home import furnish, new_home, refuse_taken
from station_app.station.bundle import Imported, take_checked
from station_app.station.clock import now_ms
from station_app.station.founding import facts_of
from station_app.station.station import Station
from station_core.credential.certificate import Role
from station_core.keys import SigningKey
from sync.bundle.header import Header
from sync.bundle.read import Checked, check_bundle
from sync.bundle.request import write_request
from sync.code import parse_code
from sync.enrol import checked as check_answer
from sync.errors import SyncError, Trouble
from sync.transport import checked_address


@dataclass(frozen=True, slots=True)
class _Pending:
    """What is kept between request and answer, beside the folder that is to come: the device's key above all."""

    key: SigningKey
    fingerprint: str
    city_url: str

    def write(self, home: Path) -> None:
        content = {"key": bytes(self.key).hex(), "fingerprint": self.fingerprint, "city_url": self.city_url}
        write_private(_file(home), json.dumps(content).encode())

    @classmethod
    def read(cls, home: Path) -> "_Pending | None":
        """Raises DamagedHome."""
        file = _file(home)
        try:
            content = json.loads(file.read_bytes())
            return cls(SigningKey(bytes.fromhex(content["key"])), content["fingerprint"], content["city_url"])
        except FileNotFoundError:
            return None
        except (ValueError, KeyError, TypeError) as error:
            raise DamagedHome(file=file.name) from error


def _file(home: Path) -> Path:
    return home.with_name(f".{home.name}.enrolment")


def request_enrolment(home: Path, code: str, request: Path, city_url: str = "") -> None:
    """Write the file that asks the city to certify this computer. Asked again, it is the same device that asks.

    `city_url` may be empty: then the station exchanges by files alone. Raises StationExists, DamagedHome, SyncError.
    """
    parsed = parse_code(code)
    address = checked_address(city_url) if city_url else ""
    refuse_taken(home)
    before = _Pending.read(home)
    pending = _Pending(before.key if before else SigningKey.generate(), parsed.fingerprint, address)
    home.parent.mkdir(parents=True, exist_ok=True)
    pending.write(home)
    write_request(request, parsed, pending.key)


def found_from_file(home: Path, answer: Path, wall_ms: Callable[[], int] = now_ms) -> tuple[StationFacts, Imported]:
    """Make the station's folder from the city's `answer`, with everything that the city sends along in it.

    Raises StationExists, DamagedHome; SyncError: NO_REQUEST, WRONG_CITY_KEY, and those of reading a file. Nothing is
    left behind where it does not work out, save the request, which still holds.
    """
    pending = _Pending.read(home)
    if pending is None:
        raise SyncError(Trouble.NO_REQUEST)
    with new_home(home) as folder:
        checked = check_bundle(answer, pending.key, lambda header: _root_key(header, pending))
        facts = _furnish(folder, checked, pending, wall_ms)
        station = Station.open(folder, wall_ms=wall_ms)
        try:
            imported = take_checked(lambda job: job(station.store), checked)
        finally:
            station.close()
    _file(home).unlink()
    return facts, imported


def _root_key(header: Header, pending: _Pending) -> bytes:
    """The root key of the city whose fingerprint stands in the code: with it everything else is checked."""
    if header.enrolled is None:
        raise SyncError(Trouble.FILE_NOT_FOR_US)
    return check_answer(header.enrolled, pending.fingerprint, pending.key).root_key


def _furnish(folder: Path, checked: Checked, pending: _Pending, wall_ms: Callable[[], int]) -> StationFacts:
    answer = checked.header.enrolled
    if answer is None or checked.sender.role is not Role.CITY:
        raise SyncError(Trouble.FILE_STRANGER)
    enrolled = check_answer(answer, pending.fingerprint, pending.key)
    facts = facts_of(enrolled, pending.city_url)
    furnish(folder, facts, pending.key, enrolled.certificate_bytes, wall_ms)
    return facts
