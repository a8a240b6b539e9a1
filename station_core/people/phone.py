"""Mainland mobile numbers: eleven digits that begin with 13 to 19, by the national numbering plan."""

import re
from typing import NewType

from station_core.people.typed import compact

MobileNumber = NewType("MobileNumber", str)
"""Eleven digits, without country code, blanks or hyphens."""

_TYPED = re.compile(r"(?:(?:\+|00)?86)?(1[3-9][0-9]{9})")


def parse(text: str) -> MobileNumber | None:
    """The mobile number that `text` holds, or None.

    +86, 0086, blanks, hyphens and full-width digits are put right.
    """
    found = _TYPED.fullmatch(re.sub(r"[-‐‑–—()]", "", compact(text)))
    return MobileNumber(found[1]) if found else None


def mask(number: str) -> str:
    """`number` for a screen that others see: 138****1234.

    What is not eleven characters long is hidden whole.
    """
    if len(number) != 11:
        return "*" * len(number)
    return f"{number[:3]}****{number[7:]}"
