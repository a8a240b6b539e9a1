"""Codes made on the spot, read by every engine, easy and hard, and what must never come out of them."""

import subprocess
import sys
from collections.abc import Callable

import numpy as np
import pytest

from station_app.scanning.decoder import Decoder
from station_app.scanning.frame_reader import FrameReader
from station_app.scanning.ladder import DOUBLED, RUNGS
from station_app.scanning.opencv import cv2
from station_app.scanning.readings import EngineName, Picture, Symbology
from station_app.scanning.regions import read_places, unexplained
from station_app.scanning.views import Views
from station_app.scanning.zbar_engine import ZbarEngine

CodePicture = Callable[..., Picture]
CARD = "6BFOXN*TS0BI$ZD.P9UOL97O4-2HH77HRM3DSPTQRLBDWP5L*BFC8BS.3KK/QOLT55X-RTS1K6H:E5TEPF2WTSGE+JAIO82"


@pytest.fixture(scope="module")
def decoder() -> Decoder:
    return Decoder()


def test_card_is_read_with_its_outline(decoder: Decoder, code_picture: CodePicture) -> None:
    (reading,) = decoder.read_still(code_picture(CARD))
    assert (reading.text, reading.symbology, reading.engine) == (CARD, Symbology.QR, EngineName.ZXING)
    left, top = np.array(reading.outline).min(axis=0)
    assert (left, top) == pytest.approx((40 + 4 * 5, 60 + 4 * 5), abs=3), "quiet zone of four modules of 5 px"


@pytest.mark.parametrize("turn", range(4))
def test_two_codes_in_one_picture_are_both_read(decoder: Decoder, code_picture: CodePicture, turn: int) -> None:
    picture = np.rot90(code_picture("210106000123", CARD), turn)
    assert {reading.text for reading in decoder.read_still(picture)} == {"210106000123", CARD}
    assert {reading.text for reading in FrameReader(decoder).read(picture)} == {"210106000123", CARD}


def test_picture_without_a_code_gives_nothing(decoder: Decoder) -> None:
    noise = np.random.default_rng(7).integers(0, 256, (720, 1280, 3), dtype=np.uint8)
    assert decoder.read_still(noise) == ()
    assert decoder.read_still(np.zeros((1, 1, 3), dtype=np.uint8)) == ()


@pytest.mark.parametrize("rung", RUNGS, ids=lambda rung: rung.name)
def test_every_rung_reads_and_puts_the_outline_where_the_code_is(
    decoder: Decoder, code_picture: CodePicture, rung: object
) -> None:
    assert isinstance(rung, type(RUNGS[0]))
    grey = cv2.cvtColor(code_picture("210106000123", module_px=12), cv2.COLOR_BGR2GRAY)
    (reading,) = rung.read(Views(grey), decoder.engines)
    assert reading.text == "210106000123"
    corners = np.array(reading.outline)
    assert (*corners.min(axis=0), *corners.max(axis=0)) == pytest.approx((88, 108, 340, 360), abs=14)


@pytest.mark.parametrize(
    "text", ["你好，职工之家", "王小明|210106000123", "嘎仙洞𠮷", "Łódź – naïve", "ﾃﾞｻﾞｲﾝ", "日本語のかな"]
)
def test_text_beyond_ascii_in_utf_8(decoder: Decoder, code_picture: CodePicture, text: str) -> None:
    assert [reading.text for reading in decoder.read_still(code_picture(text.encode()))] == [text]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("你好，工会", "gb18030"),
        ("朱镕喆 210106000123", "gb18030"),
        ("网约配送员 王", "gb2312"),
        ("你好", "gb2312"),
        ("工人", "gb2312"),
        ("ﾃﾞｻﾞｲﾝQR", "shift_jis"),
        ("日本語のかな", "shift_jis"),
        ("Müller Straße", "latin-1"),
    ],
)
def test_text_that_is_not_utf_8(decoder: Decoder, code_picture: CodePicture, text: str, encoding: str) -> None:
    """No engine may add a second, garbled text for the same code."""
    assert [reading.text for reading in decoder.read_still(code_picture(text.encode(encoding)))] == [text]


@pytest.mark.parametrize("content", ["你好，工会".encode("gb18030"), "职工之家".encode(), b"\x00\x01\xff\xfe"])
def test_zbar_alone_never_gives_a_garbled_text(code_picture: CodePicture, content: bytes) -> None:
    grey = cv2.cvtColor(code_picture(content), cv2.COLOR_BGR2GRAY)
    assert ZbarEngine().read(grey) == ()
    assert [reading.text for reading in ZbarEngine().read(np.ascontiguousarray(code_picture("ABC")[:, :, 0]))]


def dim(picture: Picture) -> Picture:
    """As under a bridge at night: little light, grain, and the code small."""
    small = cv2.resize(picture, None, fx=0.44, fy=0.44, interpolation=cv2.INTER_AREA)
    grain = np.random.default_rng(3).normal(0, 1.0, small.shape)
    return np.clip(small * 0.04 + grain, 0, 255).astype(np.uint8)


def test_video_reads_in_turn_what_no_single_cheap_look_does(decoder: Decoder, code_picture: CodePicture) -> None:
    frame = dim(code_picture(CARD))
    grey = cv2.cvtColor(frame, cv2.COLOR_BGR2GRAY)
    assert decoder.engines.zxing.read(grey) == (), "an easy frame would prove nothing"
    assert DOUBLED.read(Views(grey), decoder.engines) == ()
    reader = FrameReader(decoder)
    read = [[reading.text for reading in reader.read(frame)] for _ in range(2 * len(RUNGS))]
    assert [CARD] in read
    assert all(texts in ([], [CARD]) for texts in read)


def test_closer_look_reads_a_place_and_puts_the_outline_into_the_whole_picture(
    decoder: Decoder, code_picture: CodePicture
) -> None:
    grey = cv2.cvtColor(code_picture("first", "second"), cv2.COLOR_BGR2GRAY)
    whole = {reading.text: reading for reading in decoder.engines.zxing.read(grey)}
    guessed = tuple((x + 4, y - 3) for x, y in whole["second"].outline)
    (reading,) = read_places(grey, (guessed,), decoder.engines.zxing)
    assert reading.text == "second"
    assert np.array(reading.outline) == pytest.approx(np.array(whole["second"].outline), abs=3)
    assert unexplained((guessed,), (whole["first"],)) == (guessed,)
    assert unexplained((guessed,), (whole["second"],)) == ()


WITHOUT_ZBAR = """
import ctypes.util
find = ctypes.util.find_library
ctypes.util.find_library = lambda name: None if name == "zbar" else find(name)
import numpy, qrcode
from resources.texts import Language, say
from station_app.scanning.decoder import Decoder
code = qrcode.QRCode(box_size=5)
code.add_data("210106000123")
decoder = Decoder()
print([reading.text for reading in decoder.read_still(numpy.array(code.make_image().convert("L")))])
for problem in decoder.missing_engines:
    print(problem.engine, say(Language.ENGLISH, problem.text_key, name=problem.name))
"""


def in_a_program_of_its_own(program: str) -> list[str]:
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    return done.stdout.splitlines()


def test_missing_zbar_library_is_said_and_the_others_read_on() -> None:
    texts, problem = in_a_program_of_its_own(WITHOUT_ZBAR)
    assert texts == "['210106000123']"
    assert problem.startswith("pyzbar The reading engine pyzbar is not installed")


def test_nothing_is_missing_here(decoder: Decoder) -> None:
    assert decoder.missing_engines == ()


NO_QT = """
import sys
import station_app.scanning
from station_app.scanning import decoder, camera, scan_worker, keystroke_assembler
print(any(name.startswith("PySide6") for name in sys.modules))
"""

ENVIRONMENT = """
import os
os.environ["QT_QPA_FONTDIR"] = "/fonts of the station"
os.environ.pop("QT_QPA_PLATFORM_PLUGIN_PATH", None)
import station_app.scanning.opencv
print(os.environ.get("QT_QPA_FONTDIR"), os.environ.get("QT_QPA_PLATFORM_PLUGIN_PATH"))
"""


def test_reading_needs_no_qt_and_leaves_its_environment_alone() -> None:
    assert in_a_program_of_its_own(NO_QT) == ["False"]
    assert in_a_program_of_its_own(ENVIRONMENT) == ["/fonts of the station None"]
