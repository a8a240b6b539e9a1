"""Making a station: enrolment at the city, and the folder that comes of it."""

from collections.abc import Callable
from pathlib import Path

from station_app.home.facts import StationFacts
from station_app.home.home import furnish, new_home
from station_app.station.clock import now_ms
from station_core.keys import SigningKey
from sync.code import parse_code
from sync.enrol import Enrolled, enrol
from sync.transport import Transport


def found_station(home: Path, city_url: str, code: str, wall_ms: Callable[[], int] = now_ms) -> StationFacts:
    """Redeem the enrolment `code` and make the station's folder.

    Raises StationExists, SyncError. Nothing is left behind where it does not work out.
    """
    parsed = parse_code(code)
    with new_home(home) as folder:
        key = SigningKey.generate()
        with Transport(city_url) as transport:
            enrolled = enrol(transport, parsed, key, wall_ms)
        facts = facts_of(enrolled, city_url)
        furnish(folder, facts, key, enrolled.certificate_bytes, wall_ms)
        return facts


def facts_of(enrolled: Enrolled, city_url: str) -> StationFacts:
    """What a station that was enrolled so may know of itself."""
    certificate = enrolled.certificate
    return StationFacts(
        label=certificate.label,
        district=certificate.district,
        writer_number=certificate.writer_number,
        city_id=enrolled.city_id,
        city_name=enrolled.city_name,
        city_title=enrolled.city_title,
        city_url=city_url,
        root_key=enrolled.root_key.hex(),
    )
