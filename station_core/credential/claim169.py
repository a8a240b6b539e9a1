"""Claim 169, MOSIP's identity claim set (specification 1.2.0): a person's attributes by number.

What the specification types strictly is checked; numbers that it does not assign are kept as they came.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any


class Attribute(IntEnum):
    ID = 1
    VERSION = 2
    LANGUAGE = 3
    FULL_NAME = 4
    FIRST_NAME = 5
    MIDDLE_NAME = 6
    LAST_NAME = 7
    DATE_OF_BIRTH = 8
    GENDER = 9
    ADDRESS = 10
    EMAIL = 11
    PHONE = 12
    NATIONALITY = 13
    MARITAL_STATUS = 14
    GUARDIAN = 15
    PHOTO = 16
    PHOTO_FORMAT = 17
    BEST_QUALITY_FINGERS = 18
    SECONDARY_FULL_NAME = 19
    SECONDARY_LANGUAGE = 20
    LOCATION_CODE = 21
    LEGAL_STATUS = 22
    COUNTRY_OF_ISSUANCE = 23
    RIGHT_THUMB = 50
    RIGHT_POINTER_FINGER = 51
    RIGHT_MIDDLE_FINGER = 52
    RIGHT_RING_FINGER = 53
    RIGHT_LITTLE_FINGER = 54
    LEFT_THUMB = 55
    LEFT_POINTER_FINGER = 56
    LEFT_MIDDLE_FINGER = 57
    LEFT_RING_FINGER = 58
    LEFT_LITTLE_FINGER = 59
    RIGHT_IRIS = 60
    LEFT_IRIS = 61
    FACE = 62
    RIGHT_PALM_PRINT = 63
    LEFT_PALM_PRINT = 64
    VOICE = 65


class MalformedIdentity(ValueError):
    """Claim 169 is missing, is no map, or an attribute is of the wrong kind."""


@dataclass(frozen=True, slots=True)
class Biometric:
    """One sample: `data` as captured; what the numbers mean stands in the specification's tables."""

    data: bytes
    format: int | None = None
    sub_format: int | None = None
    issuer: str | None = None


@dataclass(frozen=True, slots=True)
class Identity:
    """An attribute is text, a number, bytes (photo) or a tuple: of numbers (fingers) or of Biometric."""

    attributes: Mapping[Attribute, Any]
    unassigned: Mapping[Any, Any]

    def text(self, attribute: Attribute) -> str | None:
        value = self.attributes.get(attribute)
        return value if isinstance(value, str) else None


def decode(claim: Any) -> Identity:
    """The identity that the value of claim 169 stands for. Raises MalformedIdentity."""
    if not isinstance(claim, Mapping):
        raise MalformedIdentity("claim 169 is missing or no map")
    attributes: dict[Attribute, Any] = {}
    unassigned: dict[Any, Any] = {}
    for number, value in claim.items():
        if type(number) is int and number in _ASSIGNED:
            attributes[Attribute(number)] = _value(Attribute(number), value)
        else:
            unassigned[number] = value
    return Identity(attributes, unassigned)


_ASSIGNED = frozenset(int(attribute) for attribute in Attribute)
_NUMBERS = {
    Attribute.GENDER: range(1, 4),
    Attribute.MARITAL_STATUS: range(1, 4),
    Attribute.PHOTO_FORMAT: range(1, 5),
}
_FINGERS = range(11)


def _value(attribute: Attribute, value: Any) -> Any:
    if attribute >= Attribute.RIGHT_THUMB:
        return _biometrics(value)
    if attribute is Attribute.BEST_QUALITY_FINGERS:
        return _fingers(value)
    if attribute is Attribute.PHOTO:
        return _expect(value, bytes, str)
    if attribute in _NUMBERS:
        number = _expect(value, int)
        if number not in _NUMBERS[attribute]:
            raise MalformedIdentity(f"attribute {attribute.value} is outside its range")
        return number
    return _expect(value, str)


def _fingers(value: Any) -> tuple[int, ...]:
    if isinstance(value, list | tuple) and all(type(finger) is int and finger in _FINGERS for finger in value):
        return tuple(value)
    raise MalformedIdentity("best quality fingers is no list of finger numbers")


def _biometrics(value: Any) -> tuple[Biometric, ...]:
    """A list of samples; the specification's own example gives a single one without the list."""
    samples = value if isinstance(value, list | tuple) else [value]
    return tuple(_biometric(sample) for sample in samples)


def _biometric(sample: Any) -> Biometric:
    if not isinstance(sample, Mapping):
        raise MalformedIdentity("a biometric sample is no map")
    data = _expect(sample.get(0), bytes)
    numbers = [None if sample.get(key) is None else _expect(sample[key], int) for key in (1, 2)]
    issuer = None if sample.get(3) is None else _expect(sample[3], str)
    return Biometric(data, numbers[0], numbers[1], issuer)


def _expect(value: Any, *kinds: type) -> Any:
    if type(value) in kinds:
        return value
    raise MalformedIdentity("an attribute is of the wrong kind")
