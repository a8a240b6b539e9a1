"""Certificates by the city's root key."""

from city_server.home import Home
from station_core.credential.certificate import Certificate, Role, certify
from station_core.ids import DistrictCode

DAY_MS = 24 * 60 * 60 * 1000
VALID_DAYS = 3 * 365
RENEW_BEFORE_DAYS = 180
BACKDATED_MS = DAY_MS
"""A certificate begins a day before it is made: what a station with a slow clock writes today is covered."""

CITY_NUMBER = 10_000
"""The city's own writer number; stations are numbered from the one after it."""

NO_DISTRICT = DistrictCode("000000")
"""Stands in the city's own certificate where no region was named."""


def station_certificate(home: Home, public_key: bytes, label: str, district: str, number: int, now_ms: int) -> bytes:
    return _signed(home, public_key, label, district, number, Role.STATION, now_ms)


def city_certificate(home: Home, now_ms: int) -> bytes:
    district = home.about.region or NO_DISTRICT
    return _signed(home, home.key.public, home.about.name, district, CITY_NUMBER, Role.CITY, now_ms)


def _signed(home: Home, public_key: bytes, label: str, district: str, number: int, role: Role, now_ms: int) -> bytes:
    certificate = Certificate(
        city_id=home.about.id,
        city_name=home.about.name,
        public_key=public_key,
        label=label,
        district=DistrictCode(district),
        writer_number=number,
        role=role,
        valid_from_ms=now_ms - BACKDATED_MS,
        valid_until_ms=now_ms + VALID_DAYS * DAY_MS,
    )
    return certify(certificate, home.root)
