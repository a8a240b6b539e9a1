"""A city, a station that it certified, and a card of that station: invented, and the same in every run."""

from datetime import date

from station_core.credential import card, days
from station_core.credential.card import CardClaims
from station_core.credential.certificate import Certificate, Role
from station_core.ids import CardId, DistrictCode, MemberNo, UnionCode
from station_core.keys import SigningKey, key_id

ROOT = SigningKey(bytes([7]) * 32)
STATION = SigningKey(bytes([9]) * 32)
DAY = date(2026, 11, 24)
DAY_MS = 86_400_000
NOON_MS = days.start_s(DAY) * 1_000 + DAY_MS // 2

CERTIFICATE = Certificate(
    city_id="shenyang",
    city_name="沈阳市总工会",
    public_key=STATION.public,
    label="物流园东门",
    district=DistrictCode("210106"),
    writer_number=17,
    role=Role.STATION,
    valid_from_ms=NOON_MS - 30 * DAY_MS,
    valid_until_ms=NOON_MS + 300 * DAY_MS,
)
CLAIMS = CardClaims(
    card_id=CardId(b"card-001"),
    member_no=MemberNo("210106000123"),
    name="李秀英",
    union_code=UnionCode("210106"),
    issued_on=DAY,
    expires_on=date(2028, 11, 23),
    issuer=key_id(STATION.public),
)
TEXT = card.issue(CLAIMS, STATION)
