"""Filling in the registration form: what is sent, what is shown, and where the keyboard leads."""

from dataclasses import replace
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QInputMethodEvent
from PySide6.QtWidgets import QApplication

from demo.gallery_pages.registration import portrait, registration_states
from resources.texts import Language
from resources.texts import say as say_in
from station_app.screens.registration.notice_dialog import NoticeDialog
from station_app.screens.registration.screen import RegistrationScreen
from station_app.screens.registration.state import (
    Draft,
    IdCheck,
    Photo,
    PhotoStage,
    PrivacyNotice,
)
from station_app.words import Name
from station_core.people.problems import Field, Problem, ProblemCode

STATES = registration_states()
EMPTY = STATES["empty"]
ZH, EN = Language.CHINESE, Language.ENGLISH


def compose(editor, text):
    """What an input method does: each character is committed to the field that has the focus."""
    for character in text:
        event = QInputMethodEvent()
        event.setCommitString(character)
        QApplication.sendEvent(editor, event)


@pytest.fixture
def screen(shown_at):
    page = shown_at(RegistrationScreen(), 1024, 768)
    page.activateWindow()
    page.show_state(EMPTY)
    return page


def drafts(screen):
    sent = []
    screen.draft_changed.connect(sent.append)
    return sent


def test_what_is_typed_is_sent_as_a_draft(screen, qtbot):
    sent = drafts(screen)
    fields = screen.form.fields
    compose(fields.name, "周明远")
    qtbot.keyClicks(fields.phone, "13800004071")
    assert sent[2] == Draft(name="周明远")
    assert sent[-1] == Draft(name="周明远", phone="13800004071")


def test_full_width_digits_and_small_x_are_mended_while_typed(screen, qtbot):
    sent = drafts(screen)
    fields = screen.form.fields
    compose(fields.id_number, "２１０１１４ 1990-0307881x")
    assert fields.id_number.text() == "21011419900307881X"
    assert sent[-1].id_number == "21011419900307881X"
    qtbot.keyClicks(fields.phone, "+86 138-0000 4071")
    assert fields.phone.text() == "13800004071"


def test_mending_keeps_the_cursor_where_it_was(screen, qtbot):
    editor = screen.form.fields.id_number
    qtbot.keyClicks(editor, "210119900307881X")
    editor.setCursorPosition(4)
    compose(editor, "１４")
    assert editor.text() == "21011419900307881X"
    assert editor.cursorPosition() == 6


def test_enter_leads_through_all_fields_and_saves_at_last(screen, qtbot):
    fields, saved = screen.form.fields, []
    screen.save_wanted.connect(saved.append)
    stops = [fields.name, fields.id_number, fields.phone, fields.occupation, fields.employer]
    stops += [fields.union.search, fields.consent.tick, screen.form.save]
    for here, following in pairwise(stops):
        assert screen.focusWidget() is here
        qtbot.keyClick(here, Qt.Key.Key_Return)
        assert screen.focusWidget() is following
    assert saved == []
    qtbot.keyClick(screen.form.save, Qt.Key.Key_Enter)
    assert saved == [Draft()]


def test_nothing_is_saved_twice_while_saving(screen, qtbot):
    screen.show_state(replace(EMPTY, saving=True))
    with qtbot.assertNotEmitted(screen.save_wanted):
        qtbot.mouseClick(screen.form.save, Qt.MouseButton.LeftButton)


def test_the_draft_survives_a_change_of_language(screen, qtbot):
    fields = screen.form.fields
    compose(fields.name, "周明远")
    qtbot.keyClicks(fields.id_number, "2101141990")
    fields.occupation.setCurrentIndex(2)
    qtbot.mouseClick(fields.consent.tick, Qt.MouseButton.LeftButton)
    before = fields.draft()
    screen.set_language(EN)
    assert fields.draft() == before
    assert before.occupation == "courier"
    assert before.consent_version == EMPTY.notice.version
    assert fields.occupation.currentText() == "Courier"
    assert screen.form.save.text() == say_in(EN, "registration.save")


def test_a_late_answer_does_not_overwrite_what_was_typed_since(screen, qtbot):
    editor = screen.form.fields.id_number
    qtbot.keyClicks(editor, "210114199003078818")
    late = IdCheck("21011419900307881", Problem(Field.ID_NUMBER, ProblemCode.ID_LENGTH))
    screen.show_state(replace(EMPTY, id_check=late))
    assert editor.text() == "210114199003078818"
    message = screen.form.fields.fields[Field.ID_NUMBER].message
    assert message.text() == say_in(ZH, "registration.id.waiting")


def test_birth_date_age_and_sex_stand_beneath_a_good_number(screen):
    screen.show_state(replace(STATES["filled"], form=2))
    message = screen.form.fields.fields[Field.ID_NUMBER].message
    assert message.text() == "1990年3月7日生 · 36 岁 · 男"


def test_problems_stand_at_their_fields_until_the_field_is_changed(screen, qtbot):
    problems = (
        Problem(Field.PHONE, ProblemCode.PHONE_FORMAT),
        Problem(Field.CONSENT, ProblemCode.CONSENT_MISSING),
    )
    screen.show_state(replace(EMPTY, problems=problems))
    fields = screen.form.fields
    assert fields.fields[Field.PHONE].message.text() == say_in(ZH, "people.problem.phone_format")
    assert screen.focusWidget() is fields.phone
    qtbot.keyClicks(fields.phone, "1")
    assert fields.fields[Field.PHONE].message.text() == ""


def test_a_new_form_number_empties_the_form(screen, qtbot):
    fields = screen.form.fields
    compose(fields.name, "周明远")
    screen.show_state(replace(EMPTY, trouble=STATES["not_saved"].trouble))
    assert fields.draft().name == "周明远"
    screen.show_state(replace(EMPTY, form=2))
    assert fields.draft() == Draft()
    assert screen.focusWidget() is fields.name


def test_the_notice_can_be_read_in_full_and_agreed_to(screen, qtbot):
    sent = drafts(screen)
    consent = screen.form.fields.consent
    qtbot.mouseClick(consent.read, Qt.MouseButton.LeftButton)
    dialog = consent.findChild(NoticeDialog)
    assert dialog.text.toPlainText() == EMPTY.notice.text.zh
    qtbot.mouseClick(dialog.agree, Qt.MouseButton.LeftButton)
    assert sent[-1].consent_version == "2026-03"


def test_consent_to_an_old_notice_is_none_to_the_new_one(screen, qtbot):
    consent = screen.form.fields.consent
    qtbot.mouseClick(consent.tick, Qt.MouseButton.LeftButton)
    assert consent.version == "2026-03"
    screen.show_state(replace(EMPTY, notice=PrivacyNotice("2026-12", Name("新"))))
    assert consent.version is None


def test_the_photo_is_asked_for_taken_and_taken_again(screen, qtbot):
    photo, click = screen.form.photo, Qt.MouseButton.LeftButton
    with qtbot.waitSignal(screen.preview_wanted):
        qtbot.mouseClick(photo.start, click)
    screen.show_state(replace(EMPTY, photo=Photo(PhotoStage.LIVE)))
    screen.show_frame(QImage.fromData(portrait()))
    assert not photo.picture.pixmap().isNull()
    with qtbot.waitSignal(screen.take_wanted):
        qtbot.mouseClick(photo.take, click)
    screen.show_state(replace(EMPTY, photo=Photo(PhotoStage.TAKEN, portrait())))
    taken = photo.picture.pixmap().toImage()
    late = QImage(64, 64, QImage.Format.Format_RGB32)
    late.fill(Qt.GlobalColor.red)
    screen.show_frame(late)
    assert photo.picture.pixmap().toImage() == taken
    with qtbot.waitSignal(screen.retake_wanted):
        qtbot.mouseClick(photo.again, click)
    with qtbot.waitSignal(screen.photo_removed):
        qtbot.mouseClick(photo.remove, click)
