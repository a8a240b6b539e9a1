"""Which characters are Han, and what the compatibility ideographs among them stand for."""

import re
import unicodedata

HAN_CLASS = "[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002fffd\U00030000-\U0003fffd\u3007]"
"""A class of regular expressions: one ideograph, or 〇.

By block, whole planes 2 and 3 included: Python's character data lags behind the extensions that ID cards use
already.
"""

_HAN = re.compile(HAN_CLASS)


def is_han(character: str) -> bool:
    """Whether `character` is an ideograph, or 〇."""
    return _HAN.match(character) is not None


def is_compatibility(character: str) -> bool:
    """Whether NFC would turn this ideograph into another one."""
    return 0xF900 <= ord(character) <= 0xFAFF or 0x2F800 <= ord(character) <= 0x2FA1F


def unified(character: str) -> str:
    """The ideograph that a compatibility ideograph is a shape of; any other character as it is."""
    return unicodedata.normalize("NFC", character) if is_compatibility(character) else character
