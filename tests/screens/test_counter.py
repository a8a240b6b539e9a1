"""The counter: every view, every intent, a sound for each outcome."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage, QInputMethodEvent
from PySide6.QtWidgets import QApplication

from demo.samples_counter import DRIVER_WANG, FORM, NEWCOMER, TILES, counter_states
from resources.texts import Language
from station_app.screens.counter.outcomes import KINDS, LOOKS, Kind, advice, look_of, title
from station_app.screens.counter.screen import CounterScreen
from station_app.screens.counter.state import Camera, Happened, Outcome, Stranger, Tile, Verdict, Waiting
from station_app.screens.shell.messages import APOLOGY_SYMBOL, SOUNDS
from station_app.screens.shell.state import Apology
from station_app.theme import Tone
from station_app.theme.tokens import COLOURS, TOUCH
from station_app.widgets.beeper import Sound
from station_core.ids import ServiceCode

STATES = counter_states()
HAIRCUT, CHECKUP, MEAL = (ServiceCode(code) for code in ("liudong.haircut", "liudong.checkup", "zaocan.noodles"))
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def heard() -> list[Sound]:
    return []


@pytest.fixture
def counter(shown_at, heard):
    screen = CounterScreen(play=heard.append)
    screen.show_state(STATES["waiting"])
    return shown_at(screen, 1100, 700)


def _compose(text: str, counter: CounterScreen) -> None:
    """What an input method does when its user has chosen the characters."""
    chosen = QInputMethodEvent()
    chosen.setCommitString(text)
    QApplication.sendEvent(counter.search.field, chosen)


def _line(counter: CounterScreen, code: ServiceCode) -> str:
    return counter.person.grid.tiles[code].line.text()


def test_one_touch_asks_to_record(counter, qtbot):
    counter.show_state(STATES["valid"])
    with qtbot.waitSignal(counter.service_wanted) as wanted:
        qtbot.mouseClick(counter.person.grid.tiles[HAIRCUT], LEFT)
    assert wanted.args == [HAIRCUT]


def test_what_may_not_be_had_cannot_be_touched(counter, qtbot):
    counter.show_state(STATES["valid"])
    with qtbot.assertNotEmitted(counter.service_wanted):
        qtbot.mouseClick(counter.person.grid.tiles[MEAL], LEFT)


def test_a_recorded_service_can_be_taken_back_but_not_recorded_twice(counter, qtbot):
    counter.show_state(STATES["recorded"])
    tile = counter.person.grid.tiles[HAIRCUT]
    assert (tile.line.text(), tile.undo.text()) == ("已登记 ✓", "撤销（24秒）")
    assert tile.undo.height() >= TOUCH
    with qtbot.assertNotEmitted(counter.service_wanted):
        qtbot.mouseClick(tile, LEFT, pos=tile.rect().topLeft() + tile.rect().center() / 4)
    with qtbot.waitSignal(counter.undo_wanted) as wanted:
        qtbot.mouseClick(tile.undo, LEFT)
    assert wanted.args == [HAIRCUT]


def test_the_countdown_leaves_tiles_and_focus_where_they_are(counter):
    counter.show_state(STATES["recorded"])
    tile, other = counter.person.grid.tiles[HAIRCUT], counter.person.grid.tiles[CHECKUP]
    other.setFocus()
    view = STATES["recorded"].view
    later = (replace(view.tiles[0], undo_seconds=0), *view.tiles[1:])
    counter.show_state(replace(STATES["recorded"], view=replace(view, tiles=later)))
    assert counter.person.grid.tiles[HAIRCUT] is tile
    assert not tile.undo.isVisible()
    assert other.hasFocus()


def test_all_tiles_are_of_one_height(counter):
    counter.show_state(STATES["recorded"])
    QApplication.processEvents()
    assert len({tile.height() for tile in counter.person.grid.tiles.values()}) == 1


@pytest.mark.parametrize(
    ("tile", "zh", "en"),
    [
        (TILES[0], "今年还可用 2 次", "Left this year: 2"),
        (TILES[3], "已用完，2026年11月25日起可再用", "Used up. Again from 25 Nov 2026"),
        (replace(TILES[3], again_on=None), "已用完", "Used up"),
        (TILES[4], "可办理", "Available"),
        (TILES[5], "仅限建档困难职工", "For households on file only"),
        (replace(TILES[5], why=None), "不在服务对象范围内", "Not for this person"),
        (TILES[7], "已发完", "None left"),
        (replace(TILES[0], verdict=Verdict.RECORDING), "正在登记…", "Recording…"),
    ],
)
def test_a_tile_says_why(counter, tile: Tile, zh: str, en: str):
    counter.show_state(replace(STATES["valid"], view=replace(STATES["valid"].view, tiles=(tile,))))
    assert _line(counter, tile.service) == zh
    counter.set_language(Language.ENGLISH)
    assert _line(counter, tile.service) == en


def test_stock_is_said_while_there_is_some(counter):
    counter.show_state(STATES["valid"])
    assert _line(counter, TILES[2].service) == "本季度还可用 1 次\n剩余 37 份"


def test_each_outcome_sounds_once_however_often_it_is_shown(counter, heard):
    for _ in range(3):
        counter.show_state(STATES["recorded"])
    counter.set_language(Language.ENGLISH)
    assert heard == [Sound.RECORDED]
    again = replace(STATES["recorded"], outcome=replace(STATES["recorded"].outcome, serial=2))
    counter.show_state(again)
    assert heard == [Sound.RECORDED, Sound.RECORDED]


def test_only_a_record_on_disk_sounds_like_one():
    assert [happened for happened in Happened if look_of(happened).sound is Sound.RECORDED] == [Happened.RECORDED]


def test_refusals_look_and_sound_like_refusals():
    for happened in (Happened.REVOKED, Happened.CODE_FORGED, Happened.CODE_REVOKED, Happened.NOT_RECORDED):
        assert KINDS[happened] is Kind.REFUSED


def test_no_two_kinds_of_outcome_share_both_sound_and_symbol():
    told = [(look.symbol, look.sound) for look in LOOKS.values()]
    told.append((APOLOGY_SYMBOL, SOUNDS[Apology]))
    assert len(set(told)) == len(told) == len(Kind) + 1
    unlike = [LOOKS[kind] for kind in (Kind.RECORDED, Kind.CAUTION, Kind.REFUSED, Kind.FOREIGN)]
    symbols, sounds = [look.symbol for look in unlike], [look.sound for look in unlike]
    assert APOLOGY_SYMBOL not in symbols
    assert SOUNDS[Apology] not in sounds
    assert len(set(symbols)) == len(set(sounds)) == len(unlike), "good, caution, refused and not ours share neither"


def test_the_whole_page_takes_the_colour_on_and_lays_it_off(counter):
    grounds = []
    for name in ("waiting", "valid", "code_unknown", "code_forged", "code_foreign", "waiting"):
        counter.show_state(STATES[name])
        image = counter.grab().toImage()
        grounds.append(image.pixelColor(4, image.height() - 4).name())
        symbol = look_of(STATES[name].outcome.happened).symbol if STATES[name].outcome else counter.banner.symbol_name
        assert counter.banner.symbol_name == symbol
    soft = [COLOURS[f"{tone}-soft"].lower() for tone in (Tone.GOOD, Tone.WARN, Tone.BAD, Tone.INFO)]
    paper = COLOURS["paper"].lower()
    assert grounds == [paper, *soft, paper]


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("happened", list(Happened))
def test_every_outcome_has_words_and_says_what_to_do(happened, language):
    params = {"service": "S", "until": "U", "why": "W", "since": "D", "query": "Q"}
    outcome = Outcome(happened, 1, params)
    assert happened in KINDS
    assert title(outcome).said(language)
    assert advice(outcome).said(language)


def test_the_name_is_masked_until_pressed(counter, qtbot):
    counter.show_state(STATES["valid"])
    name = counter.person.panel.name
    assert name.text() == DRIVER_WANG.masked_name == "王*明"
    qtbot.mousePress(name, LEFT)
    assert name.text() == "王德明"
    qtbot.mouseRelease(name, LEFT)


def test_searching_by_keyboard_alone(counter, qtbot):
    qtbot.keyClick(counter, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert counter.search.field.hasFocus()
    qtbot.keyClicks(counter.search.field, " wdm ")
    with qtbot.waitSignal(counter.search_wanted) as wanted:
        qtbot.keyClick(counter.search.field, Qt.Key.Key_Return)
    assert wanted.args == ["wdm"]


def test_an_empty_search_asks_nothing(counter, qtbot):
    with qtbot.assertNotEmitted(counter.search_wanted):
        qtbot.keyClick(counter.search.field, Qt.Key.Key_Return)


def test_typing_that_rests_searches_by_itself(counter, qtbot):
    counter.search.take_focus()
    with qtbot.waitSignal(counter.search_wanted) as wanted:
        _compose("王", counter)
    assert wanted.args == ["王"]


def test_recording_by_keyboard_alone_and_on_to_the_next(counter, qtbot):
    counter.show_state(STATES["valid"])
    tile = counter.person.grid.tiles[HAIRCUT]
    for _ in range(12):
        if tile.hasFocus():
            break
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert tile.hasFocus()
    with qtbot.waitSignal(counter.service_wanted):
        qtbot.keyClick(tile, Qt.Key.Key_Space)
    with qtbot.waitSignal(counter.next_wanted):
        qtbot.keyClick(tile, Qt.Key.Key_Escape)


def test_the_enter_of_a_scanner_records_nothing(counter, qtbot):
    counter.show_state(STATES["valid"])
    tile = counter.person.grid.tiles[HAIRCUT]
    tile.setFocus()
    with qtbot.assertNotEmitted(counter.service_wanted):
        qtbot.keyClicks(tile, "210106000318")
        qtbot.keyClick(tile, Qt.Key.Key_Return)


def test_a_new_person_disarms_what_had_the_focus_and_clears_the_search(counter, qtbot):
    counter.search.take_focus()
    _compose("王", counter)
    counter.show_state(STATES["valid"])
    assert counter.search.field.text() == ""
    assert counter.hasFocus()


def test_a_stranger_is_offered_registration_search_and_another_scan(counter, qtbot):
    counter.show_state(STATES["code_unknown"])
    view = counter.stranger
    assert "210106009999" in view._read.text()
    with qtbot.waitSignal(counter.register_wanted):
        qtbot.mouseClick(view.register, LEFT)
    with qtbot.waitSignal(counter.next_wanted):
        qtbot.mouseClick(view.next, LEFT)
    qtbot.mouseClick(view.search, LEFT)
    assert counter.search.field.hasFocus()


def test_a_forged_card_registers_nobody(counter):
    counter.show_state(STATES["code_forged"])
    assert not counter.stranger.register.isVisible()


def test_someone_known_who_is_no_member_can_join(counter, qtbot):
    counter.show_state(STATES["not_member"])
    with qtbot.waitSignal(counter.register_wanted):
        qtbot.mouseClick(counter.person.panel.register, LEFT)


def test_one_of_several_codes_is_chosen(counter, qtbot):
    counter.show_state(STATES["several_codes"])
    with qtbot.waitSignal(counter.code_wanted) as wanted:
        qtbot.mouseClick(counter.codes.rows[1], LEFT)
    assert wanted.args == ["210106000077"]


def test_one_of_several_codes_is_chosen_in_the_picture(counter, qtbot, themed):
    still = QImage(1280, 720, QImage.Format.Format_RGB32)
    still.fill(QColor("white"))
    counter.show_still(still)
    counter.show_state(STATES["several_codes"])
    themed.processEvents()
    picture = counter.codes.picture
    for choice in STATES["several_codes"].view.choices:
        (left, top), _, (right, bottom), _ = choice.outline
        place = picture._placing().map(QPointF((left + right) / 2, (top + bottom) / 2)).toPoint()
        with qtbot.waitSignal(counter.code_wanted) as wanted:
            qtbot.mouseClick(picture, LEFT, pos=place)
        assert wanted.args == [choice.code]
    counter.show_still(None)
    counter.show_state(STATES["several_codes"])
    assert not picture.isVisible()


def test_one_of_several_people_is_chosen(counter, qtbot):
    counter.show_state(STATES["several_people"])
    with qtbot.waitSignal(counter.person_wanted) as wanted:
        qtbot.mouseClick(counter.people.people.rows[1], LEFT)
    assert wanted.args == [STATES["several_people"].view.people[1].person]


def test_someone_who_was_just_here_is_called_back(counter, qtbot):
    with qtbot.waitSignal(counter.person_wanted) as wanted:
        qtbot.mouseClick(counter.waiting.recent.rows[2], LEFT)
    assert wanted.args == [NEWCOMER.person]


def test_a_card_is_asked_for(counter, qtbot):
    counter.show_state(STATES["valid"])
    with qtbot.waitSignal(counter.card_wanted):
        qtbot.mouseClick(counter.person.panel.card, LEFT)


def test_a_late_frame_does_not_hide_that_the_camera_is_gone(counter):
    frame = QImage(32, 18, QImage.Format.Format_RGB32)
    counter.show_frame(frame)
    assert not counter.waiting.picture._image.isNull()
    counter.show_state(replace(STATES["waiting"], view=Waiting(Camera.MISSING)))
    counter.show_frame(frame)
    assert counter.waiting.picture._image.isNull()
    assert "扫码枪" in counter.waiting.picture.accessibleName()


def test_the_form_stands_before_the_window_until_it_is_answered(counter, qtbot):
    asking = replace(STATES["valid"], form=FORM)
    counter.show_state(asking)
    assert counter.form.isVisible()
    with qtbot.waitSignal(counter.form_given_up):
        qtbot.keyClick(counter.form, Qt.Key.Key_Escape)
    counter.show_state(asking)
    with qtbot.assertNotEmitted(counter.form_given_up):
        counter.show_state(STATES["recorded"])
    assert not counter.form.isVisible()


def test_the_language_changes_all_that_is_shown_and_keeps_what_was_typed(counter, qtbot):
    counter.show_state(replace(STATES["nobody_found"], view=Stranger()))
    counter.search.take_focus()
    _compose("陈大", counter)
    counter.set_language(Language.ENGLISH)
    assert counter.search.field.text() == "陈大"
    assert counter.banner.heading.text() == "Nothing found for “陈大”"
    assert counter.stranger.register.text() == "Register as a member"
    assert counter.search.next.text() == "Next person"
