"""The benches' own city root, and certificates by it."""

import time

from station_core.credential.certificate import Certificate, Role, certify
from station_core.ids import DistrictCode
from station_core.keys import SigningKey
from station_core.records.trust import WriterCertified

ROOT = SigningKey(bytes([1]) * 32)
_FIRST_NUMBER = 10_001


def now_ms() -> int:
    return time.time_ns() // 1_000_000


def certified(key: SigningKey, number: int, district: str = "210106") -> WriterCertified:
    """What the journal of the bench's station `number`, whose `key` it is, begins with."""
    certificate = Certificate(
        city_id="bench",
        city_name="测试市",
        public_key=key.public,
        label=f"bench {number}",
        district=DistrictCode(district),
        writer_number=_FIRST_NUMBER + number,
        role=Role.STATION,
        valid_from_ms=0,
        valid_until_ms=1 << 41,
    )
    return WriterCertified(certificate=certify(certificate, ROOT))
