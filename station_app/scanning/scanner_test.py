"""A code to try a scanner with, and what its answer says of the scanner's settings."""

from enum import StrEnum

TEST_TEXT = "Test-0123456789 QWERTYUIOPASDFGHJKLZXCVBNM azby $%*+-./:"
"""All of Base45, in which cards are written, and small letters beside: whatever a scanner or keyboard changes shows."""


class ScannerResult(StrEnum):
    """Each value is a key below ``settings.scanner.result`` in the texts, with what to do."""

    RIGHT = "right"
    CASE = "case"
    """Capitals came as small letters or the other way: Caps Lock, or the scanner changes them."""
    LAYOUT = "layout"
    """As many characters, some of them others: the scanner takes the keyboard for another country's."""
    LOST = "lost"
    """Characters are missing: it types faster than the computer follows."""
    ADDED = "added"
    """Something stands before or after the text: the scanner is set to add it."""
    ANOTHER = "another"
    """This is not the code that is shown."""


def judged(heard: str) -> ScannerResult:
    """What `heard`, after every repair, says when `TEST_TEXT` was shown."""
    if heard == TEST_TEXT:
        return ScannerResult.RIGHT
    if heard.lower() == TEST_TEXT.lower():
        return ScannerResult.CASE
    if TEST_TEXT in heard:
        return ScannerResult.ADDED
    if len(heard) == len(TEST_TEXT) and _digits(heard) == _digits(TEST_TEXT):
        return ScannerResult.LAYOUT
    return ScannerResult.LOST if _is_part(heard) else ScannerResult.ANOTHER


def _digits(text: str) -> str:
    return "".join(character for character in text if character.isdigit())


def _is_part(heard: str) -> bool:
    """Whether `heard` is the text with some characters left out."""
    rest = iter(TEST_TEXT)
    return len(heard) >= len(TEST_TEXT) // 2 and all(character in rest for character in heard)
