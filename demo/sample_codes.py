"""Codes to try the scanner with: cards of invented members, a plain number, another system's code, a forgery."""

from pathlib import Path

import qrcode

from demo.frames import picture_of_pdf
from demo.invented import invented_people
from demo.programs import as_json, station
from demo.world import DemoWorld
from station_app.scanning.opencv import cv2

CARDS = 3


def make_sample_codes(world: DemoWorld) -> Path:
    """The folder with the codes, made where it is not there yet."""
    folder = world.root / "codes"
    if not folder.is_dir():
        folder.mkdir()
        for index, person in enumerate(list(invented_people(CARDS + 20))[20:], 1):
            _card(world, _member_no(world, person.id_number), folder / f"card-{index}")
        number = _member_no(world, next(invented_people(1)).id_number)
        _code(number, folder / "plain-number.png")
        _code("https://example.org/menu", folder / "another-system.png")
        _code(_forged(world, folder / "card-1.png"), folder / "forged-card.png")
    return folder


def _member_no(world: DemoWorld, id_number: str) -> str:
    found = station("member", "find", id_number[-8:], "--home", world.station_home, "--json").splitlines()[0]
    return str(as_json(found)["member_no"])


def _card(world: DemoWorld, member_no: str, name: Path) -> None:
    pdf = name.with_suffix(".pdf")
    station("card", member_no, "--out", pdf, "--home", world.station_home)
    cv2.imwrite(str(name.with_suffix(".png")), picture_of_pdf(pdf))


def _code(text: str, file: Path) -> None:
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, box_size=8, border=4)
    code.add_data(text)
    code.make_image().save(str(file))


def _forged(world: DemoWorld, card: Path) -> str:
    """The text of `card` with one character of its signature changed."""
    text = str(as_json(station("scan", card, "--home", world.station_home, "--json"))["text"])
    at = len(text) - 20
    return text[:at] + ("A" if text[at] != "A" else "B") + text[at + 1 :]
