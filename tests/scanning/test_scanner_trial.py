"""What the test code's answer says of a scanner."""

import pytest

from station_app.scanning.keystroke_repair import repaired
from station_app.scanning.scanner_test import TEST_TEXT, ScannerResult, judged
from station_core.credential.base45 import encode

GERMAN = str.maketrans({"Y": "Z", "Z": "Y", "y": "z", "z": "y", "-": "ß", "/": "-", ":": "Ö"})


@pytest.mark.parametrize(
    ("heard", "result"),
    [
        (TEST_TEXT, ScannerResult.RIGHT),
        (TEST_TEXT.swapcase(), ScannerResult.CASE),
        (TEST_TEXT.upper(), ScannerResult.CASE),
        ("]Q1" + TEST_TEXT, ScannerResult.ADDED),
        (TEST_TEXT + "#", ScannerResult.ADDED),
        (TEST_TEXT.translate(GERMAN), ScannerResult.LAYOUT),
        (TEST_TEXT[:20] + TEST_TEXT[23:40] + TEST_TEXT[41:], ScannerResult.LOST),
        ("SY00001234", ScannerResult.ANOTHER),
        ("6901234567892", ScannerResult.ANOTHER),
    ],
)
def test_says_what_is_wrong(heard: str, result: ScannerResult) -> None:
    assert judged(heard) is result


def test_holds_every_character_of_a_card() -> None:
    assert set(encode(bytes(range(256)))) <= set(TEST_TEXT)


def test_no_repair_changes_it() -> None:
    assert repaired(TEST_TEXT) == TEST_TEXT
