"""What a PIN of staff must be."""

import itertools
from enum import StrEnum

LEAST_PIN_DIGITS = 6
MOST_PIN_DIGITS = 12


class PinFault(StrEnum):
    LENGTH = "length"
    """Too short, too long, or not digits alone."""
    SIMPLE = "simple"
    """One digit repeated, or counting up or down."""


def pin_fault(pin: str) -> PinFault | None:
    """Why `pin` may not be one; None where it may."""
    if not (pin.isascii() and pin.isdigit() and LEAST_PIN_DIGITS <= len(pin) <= MOST_PIN_DIGITS):
        return PinFault.LENGTH
    steps = {int(after) - int(before) for before, after in itertools.pairwise(pin)}
    return PinFault.SIMPLE if steps in ({0}, {1}, {-1}) else None
