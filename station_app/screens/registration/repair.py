"""Mending what input methods and habits make of numbers, before anyone looks at them."""

import re
import unicodedata

_NOT_ID = re.compile(r"[^0-9X]")
_NOT_DIGIT = re.compile(r"[^0-9]")
_CHINA = re.compile(r"^(?:\+|00)?86(?=1[0-9]{10}$)")


def repaired_id_number(text: str) -> str:
    """Digits and X alone: full-width forms become plain, x becomes X, blanks and hyphens go.

    Too many characters stay, so that a person sees them.
    """
    return _NOT_ID.sub("", unicodedata.normalize("NFKC", text).upper())


def repaired_phone(text: str) -> str:
    """Digits alone, without the country's prefix 86."""
    plain = re.sub(r"[^0-9+]", "", unicodedata.normalize("NFKC", text))
    return _NOT_DIGIT.sub("", _CHINA.sub("", plain))
