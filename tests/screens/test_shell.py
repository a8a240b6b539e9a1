"""The frame around the pages."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from demo.samples_counter import shell_states
from resources.texts import Language
from station_app.screens.shell.screen import ShellScreen
from station_app.screens.shell.state import Page
from station_app.screens.shell.window import KioskWindow

STATES = shell_states()


@pytest.fixture
def shell(shown_at):
    screen = ShellScreen()
    for page in (Page.COUNTER, Page.SYNC):
        screen.add_page(page, QWidget())
    screen.show_state(STATES["usual"])
    return shown_at(screen, 1280, 800)


def test_a_touch_asks_for_the_page_and_the_state_turns_to_it(shell, qtbot):
    with qtbot.waitSignal(shell.page_wanted) as wanted:
        qtbot.mouseClick(shell.navigation.buttons[Page.SYNC], Qt.MouseButton.LeftButton)
    assert wanted.args == [Page.SYNC]
    assert shell._stack.currentWidget() is shell._pages[Page.COUNTER]
    shell.show_state(replace(STATES["usual"], page=Page.SYNC))
    assert shell._stack.currentWidget() is shell._pages[Page.SYNC]
    assert [page for page, each in shell.navigation.buttons.items() if each.isChecked()] == [Page.SYNC]


@pytest.mark.parametrize("language", list(Language))
def test_every_page_is_reached_by_keyboard_in_either_language(shell, qtbot, language):
    shell.set_language(language)
    for number, page in enumerate(Page, start=1):
        with qtbot.waitSignal(shell.page_wanted) as wanted:
            qtbot.keyClick(shell, getattr(Qt.Key, f"Key_{number}"), Qt.KeyboardModifier.AltModifier)
        assert wanted.args == [page]


def test_a_page_may_come_late(shell):
    shell.show_state(replace(STATES["usual"], page=Page.MEMBERS))
    late = QWidget()
    shell.add_page(Page.MEMBERS, late)
    assert shell._stack.currentWidget() is late


def test_lock_and_language_are_intents(shell, qtbot):
    with qtbot.waitSignals([shell.lock_wanted, shell.language_wanted]):
        qtbot.mouseClick(shell.top.lock, Qt.MouseButton.LeftButton)
        qtbot.mouseClick(shell.top.language, Qt.MouseButton.LeftButton)


@pytest.mark.parametrize(
    ("name", "chip", "words", "tone"),
    [
        ("usual", "exchange", "已全部同步 · 上次同步 09:40", "good"),
        ("offline", "exchange", "暂无网络，可照常办理 · 待上传 128 条 · 上次同步 09:40", ""),
        ("syncing", "exchange", "正在同步 · 待上传 31 条 · 上次同步 09:40", "info"),
        ("trouble", "exchange", "同步未成功，稍后自动重试 · 待上传 4 条 · 上次同步 09:40", "warn"),
        ("trouble", "scanner", "未检测到摄像头", "warn"),
        ("syncing", "printer", "正在打印", "info"),
    ],
)
def test_the_strip_says_how_things_stand(shell, name, chip, words, tone):
    shell.show_state(STATES[name])
    shown = getattr(shell.strip, chip)
    assert (shown.words(), shown.property("tone") or "") == (words, tone)


def test_records_that_wait_are_not_called_synced(shell):
    waiting = replace(STATES["usual"].exchange, waiting=3)
    shell.show_state(replace(STATES["usual"], exchange=waiting))
    assert shell.strip.exchange.words() == "等待同步 · 待上传 3 条 · 上次同步 09:40"


def test_trouble_comes_with_its_remedy(shell, qtbot):
    shell.show_state(STATES["trouble"])
    assert shell.messages.banner.heading.text() == "未检测到打印机"
    assert "电源" in shell.messages.banner.detail.text()
    with qtbot.waitSignal(shell.message_dismissed):
        qtbot.mouseClick(shell.messages.close_button, Qt.MouseButton.LeftButton)
    shell.show_state(STATES["usual"])
    assert not shell.messages.isVisible()


def test_our_own_mistake_is_owned_and_numbered(shell):
    shell.show_state(STATES["apology"])
    assert shell.messages.banner.heading.text() == "抱歉，程序出了问题"
    assert "7F3A-21" in shell.messages.banner.detail.text()


def test_the_language_changes_at_once(shell):
    shell.set_language(Language.ENGLISH)
    assert shell.navigation.buttons[Page.COUNTER].text() == "Counter"
    assert shell.top.lock.text() == "Lock"
    assert shell.top.language.text() == "中文"
    assert shell.strip.printer.words() == "Printer ready"


def test_the_window_opens_locked_and_turns_only_to_a_shell_that_is_there(themed, qtbot):
    lock, shell = QWidget(), QWidget()
    window = KioskWindow(lock)
    qtbot.addWidget(window)
    assert window.currentWidget() is lock
    with pytest.raises(RuntimeError):
        window.show_shell()
    window.set_shell(shell)
    assert window.currentWidget() is lock
    window.show_shell()
    assert window.currentWidget() is shell
    window.show_lock()
    assert window.currentWidget() is lock
    with qtbot.waitSignal(window.closed):
        window.close()
