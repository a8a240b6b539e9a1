"""The look: contrast, tokens, roles, fonts and icons."""

import re
import threading

import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QTextLayout
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QLabel, QPushButton

from resources import path
from station_app.theme import Role, Tone, icon, load_rare_fonts, pixmap, set_role, set_tone
from station_app.theme.fonts import base_font
from station_app.theme.stylesheet import scale_for, stylesheet
from station_app.theme.tokens import COLOURS, OUTLINE_PAIRS, TEXT_PAIRS, TOUCH, contrast
from station_core.catalogue import shipped_ids, shipped_pack

ICONS = sorted(path("icons").glob("*.svg"))


def test_contrast_agrees_with_the_examples_of_wcag():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(("ink", "ground"), TEXT_PAIRS)
def test_every_text_can_be_read(ink, ground):
    assert contrast(COLOURS[ink], COLOURS[ground]) >= 4.5


@pytest.mark.parametrize(("line", "ground"), OUTLINE_PAIRS)
def test_every_outline_can_be_seen(line, ground):
    assert contrast(COLOURS[line], COLOURS[ground]) >= 3


def test_the_sheet_has_no_token_and_no_size_left():
    sheet = re.sub(r"/\*.*?\*/", "", stylesheet(), flags=re.DOTALL)
    assert "@" not in sheet
    assert not re.search(r"\d+sp\b", sheet)
    assert "font-size: 17px" in sheet
    assert "font-size: 21px" in stylesheet(1.25)


def test_every_role_and_tone_stands_in_the_sheet():
    sheet = stylesheet()
    assert [role for role in Role if f'[role="{role.value}"]' not in sheet] == []
    assert [tone for tone in Tone if f'[tone="{tone.value}"]' not in sheet] == []


def test_every_picture_that_the_sheet_names_is_there():
    named = re.findall(r'url\("([^"]+)"\)', stylesheet())
    assert named
    assert [each for each in named if each not in {icon.as_posix() for icon in ICONS}] == []


@pytest.mark.parametrize(
    ("width", "height", "scale"), [(1024, 768, 1.0), (1280, 800, 1.0), (1920, 1080, 1.25), (800, 480, 1.0)]
)
def test_larger_screens_have_larger_letters(width, height, scale):
    assert scale_for(width, height) == scale


def test_a_changed_tone_is_seen_at_once(shown_at):
    chip = QLabel("就绪")
    set_role(chip, Role.CHIP)
    set_tone(chip, Tone.GOOD)
    shown_at(chip, 120, 40)
    good = chip.grab().toImage().pixelColor(60, 4)
    set_tone(chip, Tone.BAD)
    bad = chip.grab().toImage().pixelColor(60, 4)
    assert (good.name().upper(), bad.name().upper()) == (COLOURS["good-soft"], COLOURS["bad-soft"])
    assert chip.palette().windowText().color().name().upper() == COLOURS["bad"]


@pytest.mark.parametrize("role", [Role.PRIMARY, Role.SECONDARY, Role.QUIET, Role.DANGER])
def test_buttons_are_large_enough_to_touch(shown_at, role):
    button = QPushButton("好")
    set_role(button, role)
    shown_at(button, 10, 10)
    assert min(button.sizeHint().toTuple()) >= TOUCH


@pytest.mark.parametrize("file", ICONS, ids=lambda file: file.stem)
def test_every_icon_draws(themed, file):
    assert QSvgRenderer(QByteArray(file.read_bytes())).isValid()
    image = pixmap(file.stem, "ink", 24).toImage()
    assert any(image.pixelColor(x, y).alpha() for x in range(image.width()) for y in range(image.height()))


@pytest.mark.parametrize("file", ICONS, ids=lambda file: file.stem)
def test_no_icon_is_cut_off_at_its_edges(themed, file):
    image = pixmap(file.stem, "ink", 96, 1.0).toImage()
    last = image.width() - 1
    rim = [place for along in range(last + 1) for place in ((along, 0), (along, last), (0, along), (last, along))]
    assert [place for place in rim if image.pixelColor(*place).alpha()] == []


@pytest.mark.parametrize("pack_id", shipped_ids())
def test_every_service_of_a_shipped_pack_has_its_icon(pack_id):
    drawn = {file.stem for file in ICONS}
    assert [(each.code, each.icon) for each in shipped_pack(pack_id).services if each.icon not in drawn] == []


def test_an_icon_of_a_newer_catalogue_falls_back(themed):
    assert pixmap("not-drawn-yet").toImage() == pixmap("service").toImage()
    assert not icon("not-drawn-yet").isNull()


def test_rare_characters_come_with_the_font_that_is_loaded_later(themed, qtbot):
    heard = []
    load_rare_fonts(themed, lambda there: heard.append((there, threading.current_thread())))
    qtbot.waitUntil(lambda: bool(heard))
    layout = QTextLayout("王\U00020bb7", base_font(20))  # 𠮷, Extension B
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    assert heard == [(True, threading.main_thread())]
    assert {run.rawFont().familyName() for run in layout.glyphRuns()} == {"Noto Sans SC", "HanaMinB"}
