"""Whether the answers to a form will do, and what of them may be kept or sent on."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from station_core.catalogue.forms import FieldKind, FormField

Answer = int | float | str | bool
"""A number, a text, the key of a choice, or yes (True) and no (False): what deterministic CBOR can carry."""


class AnswerFault(StrEnum):
    MISSING = "missing"
    NOT_A_NUMBER = "not_a_number"
    OUT_OF_RANGE = "out_of_range"
    TOO_MANY_DECIMALS = "too_many_decimals"
    NOT_A_CHOICE = "not_a_choice"
    NOT_TEXT = "not_text"
    TOO_LONG = "too_long"
    NOT_YES_OR_NO = "not_yes_or_no"
    NO_SUCH_QUESTION = "no_such_question"


@dataclass(frozen=True, slots=True)
class AnswerProblem:
    """Which question was answered wrongly and how; never the answer itself, which may be about somebody's health."""

    field: str
    fault: AnswerFault


@dataclass(frozen=True, slots=True)
class CheckedAnswers:
    """`answers` holds what will do, in the form's order; nothing may be recorded unless `problems` is empty."""

    answers: Mapping[str, Answer]
    problems: tuple[AnswerProblem, ...]


class _Fault(Exception):
    def __init__(self, fault: AnswerFault) -> None:
        super().__init__(fault)
        self.fault = fault


def check_answers(form: Iterable[FormField], given: Mapping[str, object]) -> CheckedAnswers:
    """The answers in the shape in which they are recorded, or what is wrong with them.

    Numbers may come as typed, full-width digits included; None and blank text are no answer.
    """
    fields = tuple(form)
    answers: dict[str, Answer] = {}
    problems: list[AnswerProblem] = []
    for field in fields:
        try:
            answer = _checked(field, given.get(field.key))
        except _Fault as fault:
            problems.append(AnswerProblem(field.key, fault.fault))
            continue
        if answer is not None:
            answers[field.key] = answer
    asked = {field.key for field in fields}
    problems += [AnswerProblem(key, AnswerFault.NO_SUCH_QUESTION) for key in sorted(set(given) - asked)]
    return CheckedAnswers(answers, tuple(problems))


def without_sensitive(form: Iterable[FormField], answers: Mapping[str, Answer]) -> dict[str, Answer]:
    """What may be sent on without a consent of its own: the answers to questions of `form` that are not sensitive."""
    open_keys = {field.key for field in form if not field.sensitive}
    return {key: answer for key, answer in answers.items() if key in open_keys}


def _checked(field: FormField, value: object) -> Answer | None:
    if value is None or (isinstance(value, str) and not value.strip()):
        if field.required:
            raise _Fault(AnswerFault.MISSING)
        return None
    match field.kind:
        case FieldKind.NUMBER:
            return _number(field, value)
        case FieldKind.CHOICE:
            return _choice(field, value)
        case FieldKind.YES_NO:
            return _yes_or_no(value)
    return _text(field, value)


def _number(field: FormField, value: object) -> int | float:
    if field.numbers is None:
        raise ValueError(f"the number field {field.key} states no range")
    numbers = field.numbers
    if not isinstance(value, int | float | str | Decimal) or isinstance(value, bool):
        raise _Fault(AnswerFault.NOT_A_NUMBER)
    exact = _decimal(value)
    if not Decimal(str(numbers.least)) <= exact <= Decimal(str(numbers.most)):
        raise _Fault(AnswerFault.OUT_OF_RANGE)
    # Judged by value, not by digits typed: 120.0 is a whole number. Ranges keep within what quantize can hold.
    rounded = exact.quantize(Decimal(1).scaleb(-numbers.decimals))
    if rounded != exact:
        raise _Fault(AnswerFault.TOO_MANY_DECIMALS)
    return int(rounded) if rounded == rounded.to_integral_value() else float(rounded)


def _decimal(value: int | float | str | Decimal) -> Decimal:
    """What was typed, as Chinese input methods type it too: full-width digits, a full-width point or a full stop."""
    try:
        if isinstance(value, int | Decimal):
            exact = Decimal(value)
        else:
            exact = Decimal(unicodedata.normalize("NFKC", str(value)).replace("。", ".").strip())
    except InvalidOperation:
        raise _Fault(AnswerFault.NOT_A_NUMBER) from None
    if not exact.is_finite():
        raise _Fault(AnswerFault.NOT_A_NUMBER)
    return exact


def _choice(field: FormField, value: object) -> str:
    if not isinstance(value, str) or value not in {choice.key for choice in field.choices}:
        raise _Fault(AnswerFault.NOT_A_CHOICE)
    return value


def _yes_or_no(value: object) -> bool:
    if not isinstance(value, bool):
        raise _Fault(AnswerFault.NOT_YES_OR_NO)
    return value


def _text(field: FormField, value: object) -> str:
    if not isinstance(value, str):
        raise _Fault(AnswerFault.NOT_TEXT)
    text = value.strip()
    if field.longest is not None and len(text) > field.longest:
        raise _Fault(AnswerFault.TOO_LONG)
    return text
