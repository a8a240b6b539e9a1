"""The page of the exchange: figures, words on what is in the way, and asking for it now."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from demo.gallery_pages.sync import sync_states
from resources.texts import Language, catalogue
from resources.texts import say as say_in
from station_app.screens.sync.screen import SyncScreen
from station_app.screens.sync.state import RecordKind

STATES = sync_states()
CLICK = Qt.MouseButton.LeftButton


@pytest.fixture
def screen(shown_at):
    return shown_at(SyncScreen(), 1024, 768)


def words(widget):
    QApplication.processEvents()
    return [each.text() for each in widget.findChildren(QLabel) if each.isVisible() and each.text()]


def test_what_waits_is_counted_in_all_and_by_kind(screen):
    screen.show_state(STATES["offline"])
    assert screen.figures.values["waiting"].text() == "513"
    shown = words(screen.waiting)
    for said in ("服务记录", "441 条", "会员登记", "37 条", "发卡记录", "35 条"):
        assert said in shown


def test_a_failure_is_told_with_what_to_do(screen):
    screen.show_state(STATES["offline"])
    shown = "\n".join(words(screen))
    assert say_in(Language.CHINESE, "sync_errors.what.unreachable") in shown
    assert say_in(Language.CHINESE, "sync_errors.do.unreachable") in shown
    screen.set_language(Language.ENGLISH)
    assert say_in(Language.ENGLISH, "sync_errors.do.unreachable") in "\n".join(words(screen))


def test_syncing_is_asked_for_and_not_twice(screen, qtbot):
    screen.show_state(STATES["usual"])
    with qtbot.waitSignal(screen.sync_wanted):
        qtbot.mouseClick(screen.now, CLICK)
    screen.show_state(STATES["sending"])
    assert (screen.progress.bar.value(), screen.progress.bar.maximum()) == (210, 513)
    with qtbot.assertNotEmitted(screen.sync_wanted):
        qtbot.mouseClick(screen.now, CLICK)
    with qtbot.waitSignal(screen.cancel_wanted):
        qtbot.mouseClick(screen.cancel, CLICK)
    screen.show_state(STATES["usual"])
    assert not screen.progress.isVisible()
    assert not screen.cancel.isVisible()


@pytest.mark.parametrize("language", list(Language))
def test_a_stick_is_offered_both_ways_and_not_while_something_runs(screen, qtbot, cut_off, language):
    screen.set_language(language)
    screen.show_state(STATES["usual"])
    for button, wanted in ((screen.export, screen.export_wanted), (screen.take, screen.import_wanted)):
        with qtbot.waitSignal(wanted):
            qtbot.mouseClick(button, CLICK)
    screen.show_state(STATES["sending"])
    for _ in range(3):  # a scrolled column takes its new height from what its wrapped words came to need
        QApplication.processEvents()
    assert cut_off(screen) == []
    for button, wanted in ((screen.export, screen.export_wanted), (screen.take, screen.import_wanted)):
        with qtbot.assertNotEmitted(wanted):
            qtbot.mouseClick(button, CLICK)


def test_records_set_aside_are_shown_with_their_reasons(screen):
    screen.show_state(STATES["set_aside"])
    shown = words(screen.set_aside)
    assert say_in(Language.CHINESE, "sync.aside.unknown_kind") in shown
    assert say_in(Language.CHINESE, "sync.aside.uncertified") in shown


def test_a_revoked_device_is_told_so_and_can_still_hand_in(screen):
    screen.show_state(STATES["revoked"])
    assert say_in(Language.CHINESE, "sync.device.revoked") in words(screen.device)
    assert screen.now.isEnabled()


@pytest.mark.parametrize("language", list(Language))
def test_every_kind_and_reason_has_words_in_both_languages(language):
    texts, other = catalogue(language), catalogue(language.other)
    assert {f"sync.kind.{kind.value}" for kind in RecordKind} <= set(texts)
    pages = ("registration.", "members.", "event.", "sync.", "settings.")
    assert {key for key in texts if key.startswith(pages)} == {key for key in other if key.startswith(pages)}
