"""A short form before a service is recorded, as data: what is asked, and what counts as an answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from station_app.words import Name, Phrase
from station_core.ids import ServiceCode

Answer = str | Decimal | bool


class FieldKind(StrEnum):
    NUMBER = "number"
    CHOICE = "choice"
    TEXT = "text"
    YES_NO = "yes_no"


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    name: Name


@dataclass(frozen=True, slots=True)
class FormField:
    key: str
    kind: FieldKind
    label: Name
    required: bool = True
    choices: tuple[Choice, ...] = ()
    unit: Name | None = None
    least: Decimal | None = None
    most: Decimal | None = None
    decimals: int = 0
    longest: int = 200
    """Characters, for a text."""


@dataclass(frozen=True, slots=True)
class FormState:
    service: ServiceCode
    title: Name
    fields: tuple[FormField, ...]
    problems: Mapping[str, Phrase] = field(default_factory=dict, hash=False)
    """By field's key: what the desk found wrong with an answer that was given."""


def read_answer(asked: FormField, raw: str | bool | None) -> Answer | Phrase | None:
    """What was entered, as an answer; a Phrase where it is none, and None where nothing need be said.

    `raw` is a text, the value of a choice, yes or no, or None for nothing chosen.
    """
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        return Phrase("counter.form.required") if asked.required else None
    if asked.kind is FieldKind.NUMBER:
        return _read_number(asked, str(raw).strip())
    if asked.kind is FieldKind.TEXT:
        text = str(raw).strip()
        return text if len(text) <= asked.longest else Phrase("counter.form.too_long", {"count": asked.longest})
    return raw


def _read_number(asked: FormField, raw: str) -> Decimal | Phrase:
    try:
        number = Decimal(raw)
    except InvalidOperation:
        return Phrase("counter.form.no_number")
    if not number.is_finite():
        return Phrase("counter.form.no_number")
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and -exponent > asked.decimals:
        if asked.decimals == 0:
            return Phrase("counter.form.whole")
        return Phrase("counter.form.decimals", {"count": asked.decimals})
    if asked.least is not None and number < asked.least:
        return Phrase("counter.form.least", {"least": asked.least})
    if asked.most is not None and number > asked.most:
        return Phrase("counter.form.most", {"most": asked.most})
    return number
