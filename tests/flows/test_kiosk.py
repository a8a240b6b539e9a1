"""The kiosk put together, on real folders: PINs, the first member of staff, what does not open, codes."""

import shutil
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from support.stations import MEMBERS, OPERATOR_PIN, MadeStation
from support.worlds import World

from station_app.composition import Kiosk
from station_app.flows.pin_tries import FIRST_WAIT_S, FREE_TRIES, LONGEST_WAIT_S, PinTries
from station_app.home.device_key import FILE as DEVICE_KEY
from station_app.home.home import station_key
from station_app.home.keyslots import FILE as SLOTS
from station_app.home.keyslots import KeySlots
from station_app.home.lease import Lease
from station_app.scanning.readings import EngineName, Reading, Symbology
from station_app.scanning.scan_worker import SourceState, StateReport
from station_app.screens.counter.state import PersonShown
from station_app.screens.lock.first_staff_dialog import FirstStaffDialog
from station_app.screens.lock.state import PinProblem
from station_app.screens.shell.state import Apology, Device, Notice, Page, Trouble
from station_app.station.lease import SETTING
from station_app.station.staffing import staff_names
from station_app.widgets.beeper import Sound
from station_app.words import Phrase
from station_core.lease.codes import answer_of_city
from station_core.lease.terms import DAY_MS, UNLOCK_DAYS
from station_core.records.roles import Role

CLICK = Qt.MouseButton.LeftButton


@pytest.fixture
def open_kiosk(themed, qtbot, tmp_path):
    """Opens the kiosk of a folder; an empty folder of pictures stands in for a camera."""
    (still := tmp_path / "pictures").mkdir()
    opened: list[Kiosk] = []

    def open_it(made: MadeStation) -> Kiosk:
        kiosk = Kiosk(made.home, made.facts, str(still))
        qtbot.addWidget(kiosk.window)
        kiosk.window.show()
        opened.append(kiosk)
        return kiosk

    yield open_it
    for kiosk in opened:
        kiosk.stop()
    themed.processEvents()


def state_of(kiosk):
    return kiosk.lock_screen._state


def without_staff(made: MadeStation) -> None:
    """As it is just after enrolment."""
    replace(KeySlots.read(made.home), pins=()).write(made.home)


def test_a_right_pin_opens_the_station(open_kiosk, made, qtbot):
    kiosk = open_kiosk(made)
    kiosk.lock_screen.pin_entered.emit(made.operator.id, OPERATOR_PIN)
    assert state_of(kiosk).checking
    qtbot.waitUntil(lambda: kiosk.session.staff == made.operator, timeout=20_000)
    assert kiosk.window.currentWidget() is kiosk.opened.shell
    kiosk.lock()
    assert kiosk.window.currentWidget() is kiosk.lock_screen
    assert not state_of(kiosk).checking


def test_codes_call_the_counter_unless_a_scanner_is_being_tried(open_kiosk, made, qtbot):
    kiosk = open_kiosk(made)
    kiosk.lock_screen.pin_entered.emit(made.operator.id, OPERATOR_PIN)
    qtbot.waitUntil(lambda: kiosk.opened is not None and kiosk.session.staff is not None, timeout=20_000)
    opened = kiosk.opened
    code = Reading(MEMBERS[0].number, Symbology.TYPED, EngineName.WEDGE)
    opened.shell_flow.show_page(Page.SETTINGS)
    opened.settings_screen.scanner_test_started.emit()
    opened.wedge.scanned.emit(code)
    assert opened.shell_flow._state.page is Page.SETTINGS
    assert opened.shell_flow._state.scanner is Device.PAUSED
    opened.settings_screen.scanner_test_stopped.emit()
    opened.wedge.scanned.emit(code)
    assert opened.shell_flow._state.page is Page.COUNTER
    qtbot.waitUntil(lambda: isinstance(opened.counter_screen._state.view, PersonShown), timeout=20_000)


def test_codes_call_nobody_while_a_photograph_is_taken(open_kiosk, made, qtbot):
    kiosk = open_kiosk(made)
    kiosk.lock_screen.pin_entered.emit(made.operator.id, OPERATOR_PIN)
    qtbot.waitUntil(lambda: kiosk.opened is not None and kiosk.session.staff is not None, timeout=20_000)
    opened = kiosk.opened
    code = Reading(MEMBERS[0].number, Symbology.QR, EngineName.ZXING)
    shell, screen, photo = opened.shell_flow, opened.people.registration_screen, opened.people.registration.photo
    qtbot.waitUntil(lambda: opened.camera.state is SourceState.ENDED, timeout=20_000)
    opened.camera.state_changed.emit(StateReport(SourceState.LIVE, "camera"))
    opened.camera.last_picture = np.full((480, 640, 3), 127, dtype=np.uint8)

    def calls_the_counter() -> bool:
        page = shell._state.page
        opened.camera.read.emit((code,), QImage())
        called = shell._state.page is Page.COUNTER
        shell.show_page(page)
        return called

    shell.show_page(Page.REGISTRATION)
    assert calls_the_counter()
    screen.preview_wanted.emit()
    assert photo.is_looking
    assert shell._state.scanner is Device.PAUSED
    assert not calls_the_counter()
    shell.show_page(Page.MEMBERS)
    assert shell._state.scanner is Device.READY
    assert calls_the_counter(), "nobody looks at the preview"
    shell.show_page(Page.REGISTRATION)
    assert shell._state.scanner is Device.PAUSED
    screen.take_wanted.emit()
    qtbot.waitUntil(lambda: photo.image is not None)
    assert shell._state.scanner is Device.READY
    assert calls_the_counter()


def test_troubles_and_mistakes_are_heard_and_good_news_is_not(open_kiosk, made, qtbot, monkeypatch):
    kiosk = open_kiosk(made)
    kiosk.lock_screen.pin_entered.emit(made.operator.id, OPERATOR_PIN)
    qtbot.waitUntil(lambda: kiosk.opened is not None and kiosk.session.staff is not None, timeout=20_000)
    heard = []
    monkeypatch.setattr(kiosk.opened._beeper, "play", heard.append)
    what = Phrase("scanning.wedge.what")
    for message in (Notice(what), Trouble(what, what), Apology("7F3A-21")):
        kiosk.opened.shell_flow.tell(message)
    assert heard == [Sound.ATTENTION, Sound.MISTAKE]


def test_what_a_scanner_could_not_say_is_told(open_kiosk, made, qtbot):
    kiosk = open_kiosk(made)
    kiosk.lock_screen.pin_entered.emit(made.operator.id, OPERATOR_PIN)
    qtbot.waitUntil(lambda: kiosk.opened is not None and kiosk.session.staff is not None, timeout=20_000)
    kiosk.opened.wedge.spoilt.emit()
    assert kiosk.opened.shell_flow._state.message.what.key == "scanning.wedge.what"


def test_a_wrong_pin_says_how_many_are_left(open_kiosk, made, qtbot):
    kiosk = open_kiosk(made)
    kiosk.lock_screen.pin_entered.emit(made.operator.id, "000000")
    qtbot.waitUntil(lambda: state_of(kiosk).problem is PinProblem.WRONG)
    assert state_of(kiosk).tries_left == FREE_TRIES - 1
    assert kiosk.opened is None


def test_wrong_pins_cost_ever_more_time_up_to_a_limit():
    now_s = [0.0]
    tries = PinTries(lambda: now_s[0])
    for left in range(FREE_TRIES - 1, 0, -1):
        tries.wrong()
        assert (tries.left, tries.wait_s) == (left, 0)
    waits = []
    for _ in range(8):
        tries.wrong()
        waits.append(tries.wait_s)
        now_s[0] += tries.wait_s
        assert tries.wait_s == 0
    assert waits[:3] == [FIRST_WAIT_S, 2 * FIRST_WAIT_S, 4 * FIRST_WAIT_S]
    assert waits[-1] == LONGEST_WAIT_S
    tries.right()
    assert tries.left == FREE_TRIES


def test_a_new_station_is_given_its_first_supervisor(open_kiosk, made, qtbot):
    without_staff(made)
    kiosk = open_kiosk(made)
    assert kiosk.lock_screen.set_up.isVisible()
    qtbot.mouseClick(kiosk.lock_screen.set_up, CLICK)
    dialog = kiosk.lock_screen.findChild(FirstStaffDialog)
    dialog.name.setText("韩立群")
    for editor in (dialog.pins.new, dialog.pins.again):
        editor.setText("123456")
    assert not dialog.confirm.isEnabled(), "counting up is too simple"
    for editor in (dialog.pins.new, dialog.pins.again):
        editor.setText("271828")
    qtbot.mouseClick(dialog.confirm, CLICK)
    qtbot.waitUntil(lambda: len(state_of(kiosk).staff) == 1, timeout=20_000)
    state = state_of(kiosk)
    assert (state.staff[0].name, state.chosen, state.may_set_up) == ("韩立群", state.staff[0].operator, False)
    assert not kiosk.lock_screen.set_up.isVisible()
    assert KeySlots.read(made.home).pins[0].role is Role.SUPERVISOR
    station = made.open()
    assert staff_names(station)[state.chosen] == "韩立群", "the journal knows the name too"
    station.close()


def test_nobody_sets_up_a_station_a_second_time(open_kiosk, made, qtbot):
    kiosk = open_kiosk(made)
    assert not kiosk.lock_screen.set_up.isVisible()
    kiosk.lock_screen.first_named.emit("王一", "271828")
    qtbot.waitUntil(lambda: state_of(kiosk).trouble is not None)
    assert len(KeySlots.read(made.home).pins) == 2


def test_without_the_devices_key_setting_up_says_so(open_kiosk, made, qtbot):
    without_staff(made)
    (made.home / DEVICE_KEY).unlink()
    kiosk = open_kiosk(made)
    kiosk.lock_screen.first_named.emit("韩立群", "271828")
    qtbot.waitUntil(lambda: state_of(kiosk).trouble is not None)
    assert state_of(kiosk).trouble.key == "lock.first.locked"
    assert KeySlots.read(made.home).pins == ()


def _damage(file):
    data = bytearray(file.read_bytes())
    data[:4096] = bytes(4096)
    file.write_bytes(data)


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda home: (home / "store.db").unlink(), "找不到本站的数据文件"),
        (lambda home: _damage(home / "store.db"), "数据文件无法用此密钥打开"),
        (lambda home: (home / "identity.sealed").write_bytes(b"x" * 60), "identity.sealed 已损坏"),
    ],
    ids=["store gone", "store damaged", "identity damaged"],
)
def test_what_does_not_open_is_said_on_the_lock_screen(open_kiosk, made, qtbot, spoil, words):
    spoil(made.home)
    before = sorted(file.name for file in made.home.iterdir())
    kiosk = open_kiosk(made)
    kiosk.lock_screen.staff_chosen.emit(made.operator.id)
    kiosk.lock_screen.pin_entered.emit(made.operator.id, OPERATOR_PIN)
    qtbot.waitUntil(lambda: state_of(kiosk).trouble is not None, timeout=20_000)
    assert words in kiosk.lock_screen._problem.text()
    assert kiosk.window.currentWidget() is kiosk.lock_screen
    assert (kiosk.opened, kiosk.session.staff, state_of(kiosk).takes_pin) == (None, None, True)
    assert sorted(file.name for file in made.home.iterdir()) == before, "no empty store was made over it"


def test_it_opens_once_what_was_wrong_is_mended(open_kiosk, made, qtbot, tmp_path):
    shutil.move(made.home / "store.db", tmp_path / "aside.db")
    kiosk = open_kiosk(made)
    kiosk.lock_screen.pin_entered.emit(made.operator.id, OPERATOR_PIN)
    qtbot.waitUntil(lambda: state_of(kiosk).trouble is not None, timeout=20_000)
    shutil.move(tmp_path / "aside.db", made.home / "store.db")
    kiosk.lock_screen.pin_entered.emit(made.operator.id, OPERATOR_PIN)
    qtbot.waitUntil(lambda: kiosk.session.staff == made.operator, timeout=20_000)


def test_damaged_ways_in_are_said_and_nobody_is_offered(open_kiosk, made):
    (made.home / SLOTS).write_text("{")
    kiosk = open_kiosk(made)
    assert "keyslots.json 已损坏" in kiosk.lock_screen._problem.text()
    assert state_of(kiosk).staff == ()
    assert not kiosk.lock_screen.set_up.isVisible(), "what is damaged is not set up anew"


def run_out(made: MadeStation, days: int = 31) -> None:
    """As if nothing had been heard of the city for so many days."""
    station = made.open()
    with station.store.writing() as tx:
        lease = Lease.from_text(tx.local.setting(SETTING))
        tx.local.set_setting(SETTING, replace(lease, since_ms=lease.since_ms - days * DAY_MS).to_text())
    station.keep_lease()
    station.close()


def answer_for(made: MadeStation) -> str:
    """What the city of the tests reads out on the telephone."""
    lease = Lease.read(made.home)
    return answer_of_city(World().root, station_key(made.home, made.store_key).public, lease.challenge)


def test_a_lease_near_its_end_is_told_on_the_lock_screen_and_at_unlocking(open_kiosk, made, qtbot):
    run_out(made, days=27)
    kiosk = open_kiosk(made)
    qtbot.waitUntil(lambda: state_of(kiosk).days_left == 3, timeout=20_000)
    kiosk.lock_screen.pin_entered.emit(made.operator.id, OPERATOR_PIN)
    qtbot.waitUntil(lambda: kiosk.opened is not None and kiosk.session.staff is not None, timeout=20_000)
    shell = kiosk.opened.shell_flow
    qtbot.waitUntil(lambda: shell._state.message is not None, timeout=20_000)
    assert shell._state.message.what.key == "repairs.lease_ends.what"


def test_a_locked_station_takes_the_citys_answer_and_then_a_pin(open_kiosk, made, qtbot):
    run_out(made)
    kiosk = open_kiosk(made)
    lock = state_of(kiosk).locked
    assert (lock.number, state_of(kiosk).takes_pin) == (made.facts.writer_number, False)
    assert kiosk.lock_screen.unlock_panel.isVisible()
    assert not kiosk.lock_screen.pad.isVisible()
    panel = kiosk.lock_screen.unlock_panel
    panel.answer.setText("7F3K-29QD")
    qtbot.mouseClick(panel.confirm, CLICK)
    qtbot.waitUntil(lambda: state_of(kiosk).problem is PinProblem.BAD_ANSWER, timeout=20_000)
    panel.answer.setText(answer_for(made))
    qtbot.mouseClick(panel.confirm, CLICK)
    qtbot.waitUntil(lambda: state_of(kiosk).locked is None, timeout=20_000)
    qtbot.waitUntil(lambda: state_of(kiosk).days_left == UNLOCK_DAYS, timeout=20_000)
    kiosk.lock_screen.pin_entered.emit(made.operator.id, OPERATOR_PIN)
    qtbot.waitUntil(lambda: kiosk.session.staff == made.operator, timeout=20_000)


def test_wrong_answers_cost_time_as_wrong_pins_do(open_kiosk, made, qtbot):
    run_out(made)
    kiosk = open_kiosk(made)
    wrong = answer_of_city(World().root, made.store_key, "000000000000")
    for _ in range(FREE_TRIES):
        kiosk.lock_screen.answer_entered.emit(wrong)
        qtbot.waitUntil(lambda: not state_of(kiosk).checking, timeout=20_000)
        assert state_of(kiosk).problem is PinProblem.WRONG_ANSWER
    assert state_of(kiosk).wait_seconds > 0
    assert not kiosk.lock_screen.unlock_panel.answer.isEnabled()


def test_an_open_station_is_locked_when_its_lease_runs_out(open_kiosk, made, qtbot):
    kiosk = open_kiosk(made)
    kiosk.lock_screen.pin_entered.emit(made.operator.id, OPERATOR_PIN)
    qtbot.waitUntil(lambda: kiosk.opened is not None and kiosk.session.staff is not None, timeout=20_000)
    run_out(made)
    kiosk._look_at_lease()
    qtbot.waitUntil(lambda: kiosk.session.staff is None, timeout=20_000)
    assert kiosk.window.currentWidget() is kiosk.lock_screen
    assert state_of(kiosk).locked is not None
    kiosk.lock_screen.answer_entered.emit(answer_for(made))
    qtbot.waitUntil(lambda: state_of(kiosk).locked is None, timeout=20_000)
    kiosk.lock_screen.pin_entered.emit(made.operator.id, OPERATOR_PIN)
    qtbot.waitUntil(lambda: kiosk.session.staff == made.operator, timeout=20_000)
