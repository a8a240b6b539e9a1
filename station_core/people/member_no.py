"""Member numbers: those that stations give, and the older ones of a city.

A station gives twelve digits: five of the writer (the city gives each writer its own when it certifies it,
so two stations that never met cannot give the same number), six of a serial that the writer counts, and a
check digit (Luhn, ISO/IEC 7812-1 annex B). A city's older numbers are any text of 4 to 20 letters, digits
and hyphens.
"""

import re

from station_core.ids import MemberNo
from station_core.people.typed import compact

MAX_WRITER_NUMBER = 99_999
MAX_SERIAL = 999_999
GROUP_DIGITS = 4

_TWELVE_DIGITS = re.compile(r"[0-9]{12}")
_STATION = re.compile(r"(?!00000)[0-9]{5}(?!000000)[0-9]{6}[0-9]")
_STATION_WITH_HYPHENS = re.compile(r"([0-9]{4})-([0-9]{4})-([0-9]{4})")
_ANY = re.compile(r"[A-Z0-9-]{4,20}")


def make(writer_number: int, serial: int) -> MemberNo:
    """The number that the writer `writer_number` (1 to 99,999) gives as its `serial`-th (1 to 999,999).

    Raises ValueError outside of these: a writer that has used up its serials needs a new number from the
    city.
    """
    if not 1 <= writer_number <= MAX_WRITER_NUMBER:
        raise ValueError(f"writer number {writer_number} is not within 1 to {MAX_WRITER_NUMBER}")
    if not 1 <= serial <= MAX_SERIAL:
        raise ValueError(f"serial {serial} is not within 1 to {MAX_SERIAL}")
    payload = f"{writer_number:05}{serial:06}"
    return MemberNo(payload + check_digit(payload))


def check_digit(payload: str) -> str:
    """The digit that follows `payload` (ASCII digits)."""
    total = 0
    for position, digit in enumerate(reversed(payload)):
        value = int(digit) * (1 if position % 2 else 2)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


def is_station_number(number: str) -> bool:
    """Whether `number` is one that `make` gives."""
    return bool(_STATION.fullmatch(number)) and check_digit(number[:-1]) == number[-1]


def looks_mistyped(number: str) -> bool:
    """Whether `number` is twelve digits that `make` does not give.

    It may still be a city's older number: look it up first, and say that it is mistyped when nobody has it.
    """
    return bool(_TWELVE_DIGITS.fullmatch(number)) and not is_station_number(number)


def parse(text: str) -> MemberNo | None:
    """The number typed or scanned as `text`, in the form in which it is kept; None where it cannot be one.

    Blanks, full-width and small letters are put right, and a station's number may be grouped by hyphens.
    """
    number = compact(text).upper()
    grouped_by_hyphens = _STATION_WITH_HYPHENS.fullmatch(number)
    if grouped_by_hyphens:
        number = "".join(grouped_by_hyphens.groups())
    return MemberNo(number) if _ANY.fullmatch(number) else None


def grouped(number: MemberNo) -> str:
    """`number` as people read it out: digits in groups of four (1002 3000 0174), any other number as it is."""
    if not (number.isascii() and number.isdigit()) or len(number) < 2 * GROUP_DIGITS:
        return number
    return " ".join(number[start : start + GROUP_DIGITS] for start in range(0, len(number), GROUP_DIGITS))
