"""The citizen identification number (公民身份号码) of GB 11643-1999.

Eighteen characters: six digits of the region where the number was first given (GB/T 2260), the birth date as
YYYYMMDD, three digits of sequence (odd for men, even for women), and a check character by ISO 7064 MOD 11-2.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from station_core.ids import DistrictCode
from station_core.people.regions import Region, region
from station_core.people.typed import compact

EARLIEST_BIRTH_YEAR = 1900

TAIWAN_RESIDENT = Region(DistrictCode("830000"), "台湾省")
"""What residence permits of residents of Taiwan carry (State Council, 2018).

GB/T 2260 has 71 for Taiwan and no 83.

Permits of residents of Hong Kong and Macao carry 810000 and 820000, which are codes of GB/T 2260.
"""

_SHAPE = re.compile(r"[0-9]{17}[0-9X]")
_WEIGHTS = tuple(2 ** (17 - position) % 11 for position in range(17))
_CHECK_CHARACTERS = "10X98765432"


class IdNumberProblem(StrEnum):
    """Why a text is no ID number. The first that applies is told: what follows it could not be trusted."""

    LENGTH = "length"
    CHARACTERS = "characters"
    CHECKSUM = "checksum"
    BIRTH_DATE = "birth_date"
    REGION = "region"


class Sex(StrEnum):
    FEMALE = "female"
    MALE = "male"


@dataclass(frozen=True, slots=True, repr=False)
class IdNumber:
    """A valid number.

    `region` is None where the province exists and the rest of the code is on no list that we have.
    """

    number: str
    birth_date: date
    sex: Sex
    region: Region | None

    @property
    def masked(self) -> str:
        return mask(self.number)

    def __repr__(self) -> str:
        """Masked, so that no log or traceback carries a number."""
        return f"IdNumber({self.masked})"

    def age_on(self, day: date) -> int:
        """Full years (周岁) on `day`."""
        had_birthday = (day.month, day.day) >= (self.birth_date.month, self.birth_date.day)
        return day.year - self.birth_date.year - (not had_birthday)


def parse(text: str, today: date) -> IdNumber | IdNumberProblem:
    """The number that `text` holds, or why it holds none.

    Blanks, full-width characters and a small x are put right. A birth date is refused when it is no date,
    lies before 1900 or after `today`; a region when its province does not exist.
    """
    number = compact(text).upper()
    if len(number) != 18:
        return IdNumberProblem.LENGTH
    if not _SHAPE.fullmatch(number):
        return IdNumberProblem.CHARACTERS
    if check_character(number[:17]) != number[17]:
        return IdNumberProblem.CHECKSUM
    birth_date = _birth_date(number[6:14], today)
    if birth_date is None:
        return IdNumberProblem.BIRTH_DATE
    if not _province_exists(number[:6]):
        return IdNumberProblem.REGION
    sex = Sex.MALE if int(number[16]) % 2 else Sex.FEMALE
    return IdNumber(number, birth_date, sex, _region(number[:6]))


def check_character(first_17_digits: str) -> str:
    """The eighteenth character (ISO 7064 MOD 11-2) after 17 ASCII digits."""
    total = sum(int(digit) * weight for digit, weight in zip(first_17_digits, _WEIGHTS, strict=True))
    return _CHECK_CHARACTERS[total % 11]


def mask(number: str) -> str:
    """`number` for a screen that others see: its first three characters and its last four.

    A text too short to hide at least half of it is hidden whole.
    """
    if len(number) < 14:
        return "*" * len(number)
    return number[:3] + "*" * (len(number) - 7) + number[-4:]


def _birth_date(digits: str, today: date) -> date | None:
    try:
        found = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None
    return found if found.year >= EARLIEST_BIRTH_YEAR and found <= today else None


def _province_exists(code: str) -> bool:
    return code == TAIWAN_RESIDENT.code or region(code[:2] + "0000") is not None


def _region(code: str) -> Region | None:
    return TAIWAN_RESIDENT if code == TAIWAN_RESIDENT.code else region(code)
