"""The settings: choices that are sent, staff, PINs, and tests of the devices."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from demo.gallery_pages.settings import STAFF, settings_states
from resources.texts import Language
from station_app.screens.settings.pin_dialog import PinDialog
from station_app.screens.settings.screen import SettingsScreen
from station_app.screens.settings.staff_dialog import StaffDialog
from station_app.screens.settings.state import (
    NewStaff,
    Picturing,
    PinChange,
    PinRule,
    Printers,
    PrintJob,
    ScannerTest,
    Section,
)
from station_core.desk.pins import LEAST_PIN_DIGITS, MOST_PIN_DIGITS
from station_core.records.roles import Role

_, USUAL = settings_states()["language"]
CLICK = Qt.MouseButton.LeftButton


@pytest.fixture
def screen(shown_at):
    page = shown_at(SettingsScreen(), 1024, 768)
    page.show_state(USUAL)
    return page


def test_each_section_is_opened_by_its_button(screen, qtbot):
    views = {section: screen._views[section] for section in Section}
    for section, view in views.items():
        qtbot.mouseClick(screen.sections[section], CLICK)
        assert [other for other, each in views.items() if each.isVisible()] == [section]
        assert view.isVisible()


def test_the_language_is_asked_for_and_not_taken(screen, qtbot):
    with qtbot.waitSignal(screen.language_chosen) as sent:
        screen.language.choices[Language.ENGLISH].click()
    assert sent.args == [Language.ENGLISH]
    screen.set_language(Language.ENGLISH)
    assert screen.sections[Section.STAFF].text() == "Staff"


def test_cameras_and_printers_are_chosen_by_their_ids(screen, qtbot):
    with qtbot.waitSignal(screen.camera_chosen) as sent:
        screen.camera.devices.choices["1"].click()
    assert sent.args == ["1"]
    with qtbot.waitSignal(screen.printer_chosen) as sent:
        screen.printer.devices.choices["f"].click()
    assert sent.args == ["f"]


def test_a_kind_of_code_is_switched_on_and_off(screen, qtbot):
    with qtbot.waitSignal(screen.code_switched) as sent:
        screen.camera.codes.ticks["ean"].click()
    assert sent.args == ["ean", True]
    with qtbot.waitSignal(screen.code_switched) as sent:
        screen.camera.codes.ticks["code_128"].click()
    assert sent.args == ["code_128", False]


def test_the_picture_is_set_and_what_the_camera_has_not_is_not_there(screen, qtbot):
    screen.open(Section.CAMERA)
    panel = screen.camera.picturing
    for signal, touched, sent in (
        (panel.mirror_switched, panel.in_mirror, True),
        (panel.resolution_chosen, panel.resolutions.choices["640 × 480"], "640 × 480"),
        (panel.exposure_turned, panel.exposure.more, True),
        (panel.exposure_turned, panel.exposure.less, False),
        (panel.exposure_automatic, panel.exposure.switch, True),
        (panel.focus_automatic, panel.focus.switch, False),
    ):
        with qtbot.waitSignal(signal) as heard:
            touched.click()
        assert heard.args == [sent]
    assert panel.exposure.more.isVisible()
    assert not panel.focus.more.isVisible(), "it is automatic"
    screen.show_state(replace(USUAL, cameras=replace(USUAL.cameras, picturing=Picturing())))
    assert panel.in_mirror.isVisible()
    assert not any(each.isVisible() for each in (panel.resolutions, panel.exposure, panel.focus))


def test_showing_a_choice_sends_nothing(screen, qtbot):
    with qtbot.assertNotEmitted(screen.camera_chosen):
        screen.show_state(replace(USUAL, cameras=replace(USUAL.cameras, chosen="1")))
    assert screen.camera.devices.choices["1"].isChecked()


def test_a_choice_that_was_refused_is_shown_as_it_is(screen):
    screen.camera.devices.choices["1"].click()
    screen.show_state(USUAL)
    assert screen.camera.devices.choices["0"].isChecked()


def test_a_test_page_needs_a_printer_and_is_not_asked_for_twice(screen, qtbot):
    screen.open(Section.PRINTER)
    with qtbot.waitSignal(screen.test_page_wanted):
        qtbot.mouseClick(screen.printer.test, CLICK)
    for printers in (replace(USUAL.printers, test_page=PrintJob.SENT), Printers()):
        screen.show_state(replace(USUAL, printers=printers))
        assert not screen.printer.test.isEnabled()


def test_the_scanner_test_is_started_and_ends_when_the_section_is_left(screen, qtbot):
    screen.open(Section.SCANNER)
    with qtbot.waitSignal(screen.scanner_test_started):
        qtbot.mouseClick(screen.scanner.test, CLICK)
    screen.show_state(replace(USUAL, scanner=ScannerTest(listening=True, heard="210106000318")))
    assert screen.scanner.heard.text() == "210106000318"
    with qtbot.waitSignal(screen.scanner_test_stopped):
        qtbot.mouseClick(screen.scanner.test, CLICK)
    with qtbot.waitSignal(screen.scanner_test_stopped):
        qtbot.mouseClick(screen.sections[Section.STAFF], CLICK)


def test_staff_are_added_with_name_role_and_pin(screen, qtbot):
    screen.open(Section.STAFF)
    qtbot.mouseClick(screen.staff.add, CLICK)
    dialog = screen.findChild(StaffDialog)
    dialog.name.setText(" 陈晓 ")
    dialog.role.setCurrentIndex(1)
    qtbot.keyClicks(dialog.pins.new, "481516")
    qtbot.keyClicks(dialog.pins.again, "481512")
    assert not dialog.confirm.isEnabled(), "the two differ"
    qtbot.keyClick(dialog.pins.again, Qt.Key.Key_Backspace)
    qtbot.keyClicks(dialog.pins.again, "6")
    with qtbot.waitSignal(screen.staff_added) as sent:
        qtbot.mouseClick(dialog.confirm, CLICK)
    assert sent.args == [NewStaff("陈晓", Role.SUPERVISOR, "481516")]
    assert "481516" not in repr(sent.args[0])


def test_pins_are_digits_of_the_length_that_the_lock_takes(screen, qtbot):
    assert PinRule() == PinRule(LEAST_PIN_DIGITS, MOST_PIN_DIGITS)
    screen.open(Section.STAFF)
    qtbot.mouseClick(screen.staff.add, CLICK)
    pins = screen.findChild(StaffDialog).pins
    qtbot.keyClicks(pins.new, "1a2")
    qtbot.keyClicks(pins.again, "12")
    assert pins.new.text() == "12"
    assert pins.pin is None, "too short"
    for editor in (pins.new, pins.again):
        editor.setText("234567")
    assert pins.pin is None, "too simple"


def test_the_own_pin_is_changed_with_the_old_one(screen, qtbot):
    screen.open(Section.STAFF)
    qtbot.mouseClick(screen.staff.pins[STAFF[0].staff_id], CLICK)
    dialog = screen.findChild(PinDialog)
    for editor in (dialog.pins.new, dialog.pins.again):
        qtbot.keyClicks(editor, "624427")
    assert not dialog.confirm.isEnabled(), "the old one is missing"
    qtbot.keyClicks(dialog.old, "481516")
    with qtbot.waitSignal(screen.pin_changed) as sent:
        qtbot.mouseClick(dialog.confirm, CLICK)
    assert sent.args == [PinChange(STAFF[0].staff_id, "481516", "624427")]


def test_a_supervisor_sets_the_pin_of_others_without_the_old_one(screen, qtbot):
    screen.open(Section.STAFF)
    qtbot.mouseClick(screen.staff.pins[STAFF[1].staff_id], CLICK)
    dialog = screen.findChild(PinDialog)
    assert not dialog.old.isVisible()
    for editor in (dialog.pins.new, dialog.pins.again):
        qtbot.keyClicks(editor, "624427")
    with qtbot.waitSignal(screen.pin_changed) as sent:
        qtbot.mouseClick(dialog.confirm, CLICK)
    assert sent.args == [PinChange(STAFF[1].staff_id, None, "624427")]


def test_roles_are_changed_by_supervisors_for_others(screen, qtbot):
    assert set(screen.staff.roles) == {STAFF[1].staff_id, STAFF[2].staff_id}, "nobody changes their own"
    choice = screen.staff.roles[STAFF[1].staff_id]
    choice.setCurrentIndex(1)
    with qtbot.waitSignal(screen.role_changed) as sent:
        choice.activated.emit(1)
    assert sent.args == [STAFF[1].staff_id, Role.SUPERVISOR]


def test_operators_change_their_own_pin_and_nothing_else(screen):
    _, bare = settings_states()["staff_bare"]
    screen.show_state(bare)
    assert screen.staff.roles == {}
    assert set(screen.staff.pins) == {STAFF[1].staff_id}
    assert screen.staff.add.isHidden()


def test_backup_and_diagnostics_are_asked_for_once(screen, qtbot):
    for section, view, signal in (
        (Section.BACKUP, screen.backup, screen.backup_wanted),
        (Section.DIAGNOSTICS, screen.diagnostics, screen.diagnostics_wanted),
    ):
        screen.show_state(USUAL)
        screen.open(section)
        with qtbot.waitSignal(signal):
            qtbot.mouseClick(view.start, CLICK)
        screen.show_state(settings_states()["backup_bare"][1])
        assert not view.start.isEnabled()
    screen.show_state(USUAL)
    with qtbot.waitSignal(screen.report_wanted):
        qtbot.mouseClick(screen.diagnostics.save, CLICK)


def test_a_role_that_was_refused_is_shown_as_it_is(screen):
    choice = screen.staff.roles[STAFF[1].staff_id]
    choice.setCurrentIndex(1)
    screen.show_state(USUAL)
    assert choice.currentIndex() == 0


def test_a_printer_that_is_gone_leaves_none_chosen(screen):
    screen.show_state(replace(USUAL, printers=replace(USUAL.printers, chosen=None)))
    assert [each.isChecked() for each in screen.printer.devices.choices.values()] == [False, False]
