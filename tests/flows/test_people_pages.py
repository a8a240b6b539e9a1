"""The whole kiosk: unlock, a newcomer at the form, a card, and on to the counter."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from support.stations import MEMBERS, OPERATOR_PIN, id_number
from support.typing_in import compose

from station_app.composition import Kiosk
from station_app.scanning.opencv import cv2
from station_app.screens.counter.state import PersonShown
from station_app.screens.shell.state import Device, Notice, Page

CLICK = Qt.MouseButton.LeftButton
NEWCOMER_ID = id_number(date(1991, 4, 12), 17)
KEY_MS = 60


def type_like_a_person(qtbot, field, text):
    """Faster than this it would be a scanner's, and call the counter."""
    field.setFocus()
    for character in text:
        compose(field, character)
        qtbot.wait(KEY_MS)


@pytest.fixture
def kiosk(made, themed, qtbot, tmp_path):
    picture = tmp_path / "nobody.png"
    cv2.imwrite(str(picture), np.full((480, 640, 3), 127, dtype=np.uint8))
    kiosk = Kiosk(made.home, made.facts, str(picture))
    kiosk.window.resize(1280, 800)
    kiosk.window.show()
    qtbot.addWidget(kiosk.window)
    kiosk.lock_screen.pin_entered.emit(made.operator.id, OPERATOR_PIN)
    qtbot.waitUntil(lambda: kiosk.session.staff is not None, timeout=20_000)
    yield kiosk
    kiosk.stop()


def test_a_newcomer_walks_from_the_form_with_a_card_to_the_counter(kiosk, qtbot):
    opened = kiosk.opened
    opened.counter_screen.register_wanted.emit()
    page = opened.people.registration_screen
    assert page.isVisible()
    fields = page.form.fields
    qtbot.waitUntil(fields.consent.tick.isEnabled)
    for field, text in ((fields.name, "周明远"), (fields.id_number, NEWCOMER_ID), (fields.phone, "13911112222")):
        type_like_a_person(qtbot, field, text)
    fields.occupation.setCurrentIndex(1)
    qtbot.mouseClick(fields.consent.tick, CLICK)
    qtbot.mouseClick(page.form.save, CLICK)
    qtbot.waitUntil(page.success.isVisible)
    qtbot.mouseClick(page.success.print, CLICK)
    qtbot.waitUntil(lambda: isinstance(opened.shell_flow._state.message, Notice), timeout=20_000)
    file = Path(str(opened.shell_flow._state.message.what.params["file"]))
    assert file.read_bytes().startswith(b"%PDF-")
    qtbot.waitUntil(lambda: opened.shell_flow._state.printer is Device.READY)
    assert page.success.print.isEnabled()
    qtbot.mouseClick(page.success.serve, CLICK)
    assert opened.counter_screen.isVisible()
    qtbot.waitUntil(lambda: isinstance(opened.counter._state.view, PersonShown))
    assert opened.counter._state.view.person.full_name == "周明远"
    assert opened.counter._state.view.tiles


def test_a_member_that_was_looked_up_is_served_and_concealed(kiosk, qtbot):
    opened = kiosk.opened
    opened.shell_flow.show_page(Page.MEMBERS)
    flow, screen = opened.people.members, opened.people.members_screen
    screen.member_chosen.emit(MEMBERS[2].person)
    screen.reveal_wanted.emit(MEMBERS[2].person)
    qtbot.waitUntil(lambda: flow._state.detail is not None and flow._state.detail.personal.revealed)
    qtbot.mouseClick(screen.person.serve, CLICK)
    qtbot.waitUntil(lambda: isinstance(opened.counter._state.view, PersonShown))
    assert opened.counter._state.view.person.person == MEMBERS[2].person
    qtbot.waitUntil(lambda: not flow._state.detail.personal.revealed)
