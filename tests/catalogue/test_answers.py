"""Answers to a form: what is typed at a counter, in the shape in which it is recorded."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from station_core.catalogue import (
    AnswerFault,
    AnswerProblem,
    Bilingual,
    FieldKind,
    FormField,
    Named,
    NumberRange,
    check_answers,
    shipped_pack,
    without_sensitive,
)
from station_core.ids import ServiceCode

unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
LABEL = Bilingual("问", "question")
GLUCOSE = FormField("glucose", LABEL, FieldKind.NUMBER, sensitive=True, numbers=NumberRange(1, 40, decimals=1))
PULSE = FormField("pulse", LABEL, FieldKind.NUMBER, required=True, numbers=NumberRange(20, 250))
SIZE = FormField("size", LABEL, FieldKind.CHOICE, choices=(Named("s", LABEL), Named("l", LABEL)))
NOTE = FormField("note", LABEL, FieldKind.TEXT, longest=5)
FASTING = FormField("fasting", LABEL, FieldKind.YES_NO, required=True)


@pytest.mark.parametrize(
    ("field", "given_as", "recorded"),
    [
        (GLUCOSE, "5.6", 5.6),
        (GLUCOSE, "５．６", 5.6),
        (GLUCOSE, "5。6", 5.6),
        (GLUCOSE, " 6 ", 6),
        (GLUCOSE, Decimal("6.0"), 6),
        (GLUCOSE, 40.0, 40),
        (PULSE, 72, 72),
        (PULSE, "72.0", 72),
        (SIZE, "l", "l"),
        (NOTE, "  五个字正好 ", "五个字正好"),
        (FASTING, False, False),
    ],
)
def test_a_good_answer(field: FormField, given_as: object, recorded: object) -> None:
    checked = check_answers([field], {field.key: given_as})
    assert checked.problems == ()
    assert checked.answers == {field.key: recorded}
    assert type(checked.answers[field.key]) is type(recorded)


@pytest.mark.parametrize(
    ("field", "given_as", "fault"),
    [
        (PULSE, None, AnswerFault.MISSING),
        (PULSE, "  ", AnswerFault.MISSING),
        (PULSE, "seventy", AnswerFault.NOT_A_NUMBER),
        (PULSE, True, AnswerFault.NOT_A_NUMBER),
        (PULSE, [72], AnswerFault.NOT_A_NUMBER),
        (PULSE, "NaN", AnswerFault.NOT_A_NUMBER),
        (PULSE, float("inf"), AnswerFault.NOT_A_NUMBER),
        (PULSE, 19, AnswerFault.OUT_OF_RANGE),
        (PULSE, "1e400", AnswerFault.OUT_OF_RANGE),
        (PULSE, "72.5", AnswerFault.TOO_MANY_DECIMALS),
        (PULSE, "72." + "0" * 40 + "1", AnswerFault.TOO_MANY_DECIMALS),
        (PULSE, "7e-999999", AnswerFault.OUT_OF_RANGE),
        (GLUCOSE, 5.65, AnswerFault.TOO_MANY_DECIMALS),
        (SIZE, "m", AnswerFault.NOT_A_CHOICE),
        (SIZE, ["s"], AnswerFault.NOT_A_CHOICE),
        (NOTE, 5, AnswerFault.NOT_TEXT),
        (NOTE, "六个字太长了", AnswerFault.TOO_LONG),
        (FASTING, "yes", AnswerFault.NOT_YES_OR_NO),
        (FASTING, 1, AnswerFault.NOT_YES_OR_NO),
    ],
)
def test_a_bad_answer(field: FormField, given_as: object, fault: AnswerFault) -> None:
    checked = check_answers([field], {field.key: given_as})
    assert checked.problems == (AnswerProblem(field.key, fault),)
    assert checked.answers == {}


def test_a_number_too_long_to_write_out_is_out_of_range() -> None:
    problem = AnswerProblem("pulse", AnswerFault.OUT_OF_RANGE)
    assert check_answers([PULSE], {"pulse": 10**5000}).problems == (problem,)
    assert check_answers([PULSE], {"pulse": "9" * 5000}).problems == (problem,)


def test_all_problems_are_said_at_once_and_good_answers_kept() -> None:
    checked = check_answers([PULSE, NOTE, FASTING], {"note": "好", "pulse": 5, "colour": "red"})
    assert checked.answers == {"note": "好"}
    assert checked.problems == (
        AnswerProblem("pulse", AnswerFault.OUT_OF_RANGE),
        AnswerProblem("fasting", AnswerFault.MISSING),
        AnswerProblem("colour", AnswerFault.NO_SUCH_QUESTION),
    )


def test_no_answer_is_no_answer() -> None:
    assert check_answers([GLUCOSE, NOTE], {"note": " "}) == check_answers([GLUCOSE, NOTE], {})


def test_the_payout_of_one_case_is_exact() -> None:
    form = shipped_pack("falv").service(ServiceCode("falv.payout")).form
    checked = check_answers(form, {"case_number": "2024-0117", "paid_yuan": "21673.30"})
    assert checked.problems == ()
    assert Decimal(str(checked.answers["paid_yuan"])) == Decimal("21673.30")


def test_what_is_sensitive_stays_behind() -> None:
    assert without_sensitive([GLUCOSE, PULSE], {"glucose": 5.6, "pulse": 70, "unknown": 1}) == {"pulse": 70}


@unhurried
@given(st.integers(10, 400))
def test_every_tenth_in_range_is_kept_as_typed(tenths: int) -> None:
    typed = f"{tenths // 10}.{tenths % 10}"
    checked = check_answers([GLUCOSE], {"glucose": typed})
    assert Decimal(str(checked.answers["glucose"])) == Decimal(typed)


@unhurried
@given(st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.lists(st.integers(), max_size=2)))
def test_whatever_is_given_is_kept_or_named(value: object) -> None:
    for field in (GLUCOSE, SIZE, NOTE, FASTING):
        checked = check_answers([field], {field.key: value})
        assert len(checked.answers) + len(checked.problems) <= 1
