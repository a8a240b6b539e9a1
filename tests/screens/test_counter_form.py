"""The short form before a service is recorded."""

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt

from demo.samples_counter import FORM
from resources.texts import Language
from station_app.screens.counter.form_dialog import FormDialog
from station_app.screens.counter.form_state import Choice, FieldKind, FormField, FormState, read_answer
from station_app.texts import Speaker
from station_app.words import Name, Phrase

HEIGHT = FormField("height", FieldKind.NUMBER, Name("身高"), least=Decimal(50), most=Decimal(250))
GLUCOSE = FormField("glucose", FieldKind.NUMBER, Name("血糖"), decimals=1)
NOTE = FormField("note", FieldKind.TEXT, Name("备注"), required=False, longest=5)


@pytest.mark.parametrize(
    ("asked", "raw", "answer"),
    [
        (HEIGHT, " 172 ", Decimal(172)),
        (HEIGHT, "１７２", Decimal(172)),
        (GLUCOSE, "5.6", Decimal("5.6")),
        (NOTE, " 无 ", "无"),
        (NOTE, "  ", None),
        (FormField("ok", FieldKind.YES_NO, Name("同意")), False, False),
        (FormField("meal", FieldKind.CHOICE, Name("进餐")), "fasting", "fasting"),
    ],
)
def test_an_answer_is_read(asked, raw, answer):
    assert read_answer(asked, raw) == answer


@pytest.mark.parametrize(
    ("asked", "raw", "key"),
    [
        (HEIGHT, "", "required"),
        (HEIGHT, "高", "no_number"),
        (HEIGHT, "NaN", "no_number"),
        (HEIGHT, "Infinity", "no_number"),
        (HEIGHT, "49", "least"),
        (HEIGHT, "251", "most"),
        (HEIGHT, "170.5", "whole"),
        (GLUCOSE, "5.61", "decimals"),
        (NOTE, "一二三四五六", "too_long"),
        (FormField("ok", FieldKind.YES_NO, Name("同意")), None, "required"),
    ],
)
def test_what_is_no_answer_is_said(asked, raw, key):
    problem = read_answer(asked, raw)
    assert isinstance(problem, Phrase)
    assert problem.key == f"counter.form.{key}"
    for language in Language:
        assert problem.said(language)


@pytest.fixture
def dialog(shown_at):
    speaker = Speaker()
    made = FormDialog(speaker)
    speaker.setParent(made)
    made.show_form(FORM)
    return shown_at(made, 0, 0)


def _editor(dialog, key):
    return next(editor for editor in dialog.editors if editor.asked.key == key)


def test_filled_in_by_keyboard_alone(dialog, qtbot):
    height = _editor(dialog, "height").line
    assert height.hasFocus()
    qtbot.keyClicks(height, "172")
    qtbot.keyClick(_editor(dialog, "fasting").options["fasting"], Qt.Key.Key_Space)
    qtbot.keyClick(_editor(dialog, "consent").options["no"], Qt.Key.Key_Space)
    with qtbot.waitSignal(dialog.answered) as answered:
        qtbot.keyClick(height, Qt.Key.Key_Return)
    assert answered.args == [
        "liudong.checkup",
        {"height": Decimal(172), "fasting": "fasting", "consent": False},
    ]


def test_enter_sends_the_form_and_chooses_nothing(dialog, qtbot):
    option = _editor(dialog, "consent").options["yes"]
    option.setFocus()
    qtbot.keyClick(option, Qt.Key.Key_Return)
    assert not option.isChecked()
    assert _editor(dialog, "consent").problem() is not None


def test_an_open_question_is_shown_and_nothing_is_sent(dialog, qtbot):
    with qtbot.assertNotEmitted(dialog.answered):
        qtbot.mouseClick(dialog.confirm, Qt.MouseButton.LeftButton)
    assert _editor(dialog, "height")._error.text() == "请填写此项"
    assert _editor(dialog, "height").line.hasFocus()
    assert not _editor(dialog, "note")._error.isVisible()


def test_what_was_entered_outlives_a_refusal_and_another_language(dialog, qtbot):
    _editor(dialog, "height").line.setText("400")
    refused = replace(FORM, problems={"height": Phrase("counter.form.most", {"most": 250})})
    dialog.show_form(refused)
    dialog._speaker.set_language(Language.ENGLISH)
    dialog.show_form(refused)
    assert _editor(dialog, "height").line.text() == "400"
    assert _editor(dialog, "height")._error.text() == "Must be at most 250"
    assert dialog.confirm.text() == "Record"


def test_many_choices_become_a_list_that_keeps_its_choice(dialog):
    choices = tuple(Choice(str(n), Name(f"选项{n}", f"Choice {n}")) for n in range(6))
    asked = FormField("which", FieldKind.CHOICE, Name("哪一项"), choices=choices)
    form = FormState(FORM.service, FORM.title, (asked,))
    dialog.show_form(form)
    combo = dialog.editors[0].combo
    combo.setCurrentIndex(3)
    dialog._speaker.set_language(Language.ENGLISH)
    dialog.show_form(form)
    assert combo.currentText() == "Choice 2"
    assert dialog.editors[0].answer() == "2"
