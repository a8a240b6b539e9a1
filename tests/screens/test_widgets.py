"""The small widgets."""

import runpy
import stat
import sys
import wave

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from resources import path
from station_app.theme import Role, Tone
from station_app.widgets.avatar import Avatar
from station_app.widgets.banner import SYMBOLS, Banner
from station_app.widgets.beeper import PlayerBeeper, Sound, SystemBeeper, beeper
from station_app.widgets.picture import Picture
from station_app.widgets.plain import label
from station_app.widgets.reveal import Reveal


def test_a_masked_name_is_uncovered_only_while_pressed(shown_at, qtbot):
    name = Reveal()
    name.show_text("王*明", "王德明", "按住查看")
    shown_at(name, 200, 60)
    assert name.text() == "王*明"
    qtbot.mousePress(name, Qt.MouseButton.LeftButton)
    assert name.text() == "王德明"
    qtbot.mouseRelease(name, Qt.MouseButton.LeftButton)
    assert name.text() == "王*明"
    name.setFocus()
    qtbot.keyPress(name, Qt.Key.Key_Space)
    assert name.text() == "王德明"
    qtbot.keyRelease(name, Qt.Key.Key_Space)
    assert name.text() == "王*明"


def test_the_next_person_is_masked_although_the_finger_is_still_down(shown_at, qtbot):
    name = Reveal()
    name.show_text("王*明", "王德明", "")
    shown_at(name, 200, 60)
    qtbot.mousePress(name, Qt.MouseButton.LeftButton)
    name.show_text("王*明", "王德明", "")
    assert name.text() == "王德明"
    name.show_text("李*", "李秀", "")
    assert name.text() == "李*"


def test_a_found_code_is_outlined_where_it_lies(shown_at):
    picture = Picture()
    shown_at(picture, 640, 360)
    image = QImage(1280, 720, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    picture.show_frame(image, [[(400, 200), (800, 200), (800, 600), (400, 600)]])
    grabbed = picture.grab().toImage()
    on_edge, inside = grabbed.pixelColor(QPoint(200, 200)), grabbed.pixelColor(QPoint(300, 200))
    assert on_edge.name() != "#ffffff"
    assert inside.name() == "#ffffff"


@pytest.mark.parametrize(
    ("touched", "chosen"),
    [
        ((300, 200), [0]),
        ((250, 150), [1]),  # within the first, and smaller
        ((560, 60), [2]),
        ((600 + 8, 60), [2]),  # a finger beside it
        ((20, 340), []),
    ],
)
def test_a_finger_chooses_the_outline_beneath_it(shown_at, qtbot, touched, chosen):
    picture, heard = Picture(), []
    shown_at(picture, 640, 360)
    picture.touched.connect(heard.append)
    image = QImage(1280, 720, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    squares = ((400, 200, 400), (480, 280, 60), (1080, 80, 120))
    picture.show_frame(image, [[(x, y), (x + a, y), (x + a, y + a), (x, y + a)] for x, y, a in squares])
    qtbot.mouseClick(picture, Qt.MouseButton.LeftButton, pos=QPoint(*touched))
    assert heard == chosen


def test_words_take_the_place_of_the_picture(shown_at):
    picture = Picture()
    shown_at(picture, 640, 360)
    image = QImage(64, 36, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    picture.show_frame(image)
    picture.show_words("camera_off", "未检测到摄像头")
    assert picture.grab().toImage().pixelColor(20, 180).name() != "#ff0000"
    assert picture.accessibleName() == "未检测到摄像头"


def _png(colour: str) -> bytes:
    image = QImage(30, 40, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return data.data()


def test_an_avatar_shows_the_photo_or_the_initials(shown_at):
    avatar = Avatar(80)
    shown_at(avatar, 80, 80)
    avatar.show_person("王德明", _png("#336699"))
    assert avatar.grab().toImage().pixelColor(40, 40).name() == "#336699"
    avatar.show_person("王德明", b"no picture at all")
    assert avatar.grab().toImage().pixelColor(8, 40).name() != "#336699"


def test_outcomes_differ_without_colour(shown_at):
    pictures = set()
    for tone in Tone:
        banner = Banner(Role.OUTCOME)
        banner.show_words(tone, "结果")
        pictures.add(banner._symbol.pixmap().toImage().convertToFormat(QImage.Format.Format_Alpha8).bits().tobytes())
    assert len(pictures) == len(SYMBOLS) == len(Tone)


def test_what_was_read_is_never_taken_for_markup(themed):
    assert label(Role.BODY, "<b>210106</b>").textFormat() is Qt.TextFormat.PlainText


@pytest.mark.parametrize("sound", list(Sound))
def test_every_sound_is_a_short_wav(sound):
    with wave.open(str(sound.file)) as file:
        assert 0.1 < file.getnframes() / file.getframerate() < 0.6


def test_the_sounds_are_what_their_script_makes(tmp_path):
    script = path("sounds", "synthesise.py")
    names: dict[str, object] = {"__name__": "synthesise", "__file__": str(script)}
    exec(compile(script.read_text(encoding="utf-8"), str(script), "exec"), names)
    names["write"](tmp_path)
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == {
        sound.file.name: sound.file.read_bytes() for sound in Sound
    }
    assert sum(sound.file.stat().st_size for sound in Sound) < 64_000


def test_no_two_sounds_differ_in_pitch_alone():
    """Small loudspeakers and old ears tell steps, direction and length apart, not heights."""
    patterns = set()
    for notes in runpy.run_path(str(path("sounds", "synthesise.py")))["NOTES"].values():
        heights = [height_hz for height_hz, _ in notes if height_hz]
        direction = (heights[-1] > heights[0]) - (heights[-1] < heights[0])
        is_long = max(length_ms for _, length_ms in notes) > 250
        patterns.add((len(heights), direction, is_long))
    assert len(patterns) == len(Sound)


@pytest.fixture
def beeps(monkeypatch) -> list[str]:
    """The desktop's beeps: the one thing here that a test cannot listen to."""
    heard: list[str] = []
    monkeypatch.setattr(QApplication, "beep", lambda: heard.append("beep"))
    return heard


def _player(folder, body: str) -> str:
    file = folder / "player"
    file.write_text(f"#!/bin/sh\n{body}\n")
    file.chmod(file.stat().st_mode | stat.S_IXUSR)
    return str(file)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows plays sounds by itself")
class TestPlayerBeeper:
    def test_it_gives_the_file_to_the_player(self, themed, qtbot, tmp_path, beeps):
        made = PlayerBeeper(_player(tmp_path, f'printf "%s" "$1" > {tmp_path}/played'))
        with qtbot.waitSignal(made._process.finished):
            made.play(Sound.RECORDED)
        assert (tmp_path / "played").read_text() == str(Sound.RECORDED.file)
        assert beeps == []

    def test_a_failing_player_is_replaced_by_the_desktop(self, themed, qtbot, tmp_path, beeps):
        made = PlayerBeeper(_player(tmp_path, "exit 1"))
        with qtbot.waitSignal(made._process.finished):
            made.play(Sound.REFUSED)
        assert beeps == ["beep"]

    def test_a_player_that_vanished_is_replaced_too(self, themed, qtbot, tmp_path, beeps):
        made = PlayerBeeper(str(tmp_path / "gone"))
        made.play(Sound.REFUSED)
        qtbot.waitUntil(lambda: beeps == ["beep"])

    def test_a_new_sound_cuts_the_old_one_short(self, themed, qtbot, tmp_path, beeps):
        made = PlayerBeeper(_player(tmp_path, f'echo "$1" >> {tmp_path}/played; exec sleep 60'))
        made.play(Sound.ATTENTION)
        qtbot.waitUntil(lambda: (tmp_path / "played").exists())
        made.play(Sound.RECORDED)
        qtbot.waitUntil(lambda: len((tmp_path / "played").read_text().split()) == 2)
        made.stop()
        assert beeps == []


def test_a_machine_without_a_player_beeps(themed, monkeypatch, beeps):
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(sys, "platform", "linux")
    made = beeper()
    assert isinstance(made, SystemBeeper)
    made.play(Sound.RECORDED)
    assert beeps == ["beep"]
