"""The few questions that are asked when a service is given."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from station_core.catalogue.reading import Table, refuse_twice
from station_core.catalogue.words import Bilingual, Named

MAX_ANSWER_LENGTH = 2_000
MAX_DECIMALS = 4


class FieldKind(StrEnum):
    NUMBER = "number"
    CHOICE = "choice"
    TEXT = "text"
    YES_NO = "yes_no"


@dataclass(frozen=True, slots=True)
class NumberRange:
    """What a number may be: both ends included, at most `decimals` digits after the point, in `unit` (``mmHg``)."""

    least: int | float
    most: int | float
    decimals: int = 0
    unit: Bilingual | None = None


@dataclass(frozen=True, slots=True)
class FormField:
    """One question. `numbers` stands with a number, `choices` with a choice, `longest` (characters) with a text.

    `sensitive` marks answers about health and the like, which leave the station only as far as consent goes.
    """

    key: str
    label: Bilingual
    kind: FieldKind
    required: bool = False
    sensitive: bool = False
    numbers: NumberRange | None = None
    choices: tuple[Named, ...] = ()
    longest: int | None = None

    @classmethod
    def read(cls, table: Table) -> Self:
        """Raises MalformedPack."""
        kind = table.one_of("kind", FieldKind)
        field = cls(
            key=table.name("key"),
            label=Bilingual.read(table.table("label")),
            kind=kind,
            required=table.boolean("required", default=False),
            sensitive=table.boolean("sensitive", default=False),
            numbers=_read_numbers(table) if kind is FieldKind.NUMBER else None,
            choices=_read_choices(table) if kind is FieldKind.CHOICE else (),
            longest=table.integer("longest", least=1, most=MAX_ANSWER_LENGTH) if kind is FieldKind.TEXT else None,
        )
        table.finish()
        return field

    def to_dict(self) -> dict[str, object]:
        written: dict[str, object] = {"key": self.key, "label": self.label.to_dict(), "kind": self.kind.value}
        flags = {"required": self.required, "sensitive": self.sensitive}
        written |= {key: value for key, value in flags.items() if value}
        if self.numbers is not None:
            written |= _write_numbers(self.numbers)
        if self.choices:
            written["choices"] = [choice.to_dict() for choice in self.choices]
        if self.longest is not None:
            written["longest"] = self.longest
        return written


def _read_numbers(table: Table) -> NumberRange:
    least, most = table.number("least"), table.number("most")
    if least > most:
        raise table.fault("most", "is below least")
    return NumberRange(
        least,
        most,
        decimals=table.integer("decimals", least=0, most=MAX_DECIMALS) if table.has("decimals") else 0,
        unit=Bilingual.read(table.table("unit")) if table.has("unit") else None,
    )


def _write_numbers(numbers: NumberRange) -> dict[str, object]:
    written: dict[str, object] = {"least": numbers.least, "most": numbers.most}
    if numbers.decimals:
        written["decimals"] = numbers.decimals
    if numbers.unit is not None:
        written["unit"] = numbers.unit.to_dict()
    return written


def _read_choices(table: Table) -> tuple[Named, ...]:
    choices = table.tables("choices", Named.read)
    if len(choices) < 2:
        raise table.fault("choices", "must offer at least two")
    refuse_twice(tuple(choice.key for choice in choices), table.place("choices"), "choice")
    return choices
