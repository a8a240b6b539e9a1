"""All that is held on a person: fields with their stamps, and the journal entries that speak of the person."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from db import entries as stored
from db import schema
from db.dialect import contains_bytes
from db.fold.judge import EntryState
from db.fold.registers import Registers
from station_core.clock import HybridTime
from station_core.ids import MemberNo, PersonId, WriterId
from station_core.journal.entry import Entry
from station_core.records.base import MalformedRecord, Record, decode_body
from station_core.records.erasure import ABOUT_ONE_PERSON, EntryName, number_subject, person_subject
from station_core.records.people import OriginalStamp, PeopleImported

_entry, _writer, _person = schema.entry.c, schema.writer.c, schema.person.c


@dataclass(frozen=True, slots=True)
class FieldHeld:
    """The value that stands in a field, and who wrote it when."""

    name: str
    value: str
    at: HybridTime
    writer: WriterId


@dataclass(frozen=True, slots=True)
class RecordHeld:
    """An entry and what it says."""

    name: EntryName
    at: HybridTime
    record: Record


@dataclass(frozen=True, slots=True)
class RosterHeld:
    """An imported roster in which somebody stands. `counts` is False where it is held and not folded."""

    name: EntryName
    at: HybridTime
    record: PeopleImported
    counts: bool

    @property
    def as_of(self) -> OriginalStamp:
        """The stamp under which its rows count."""
        return self.record.as_of or OriginalStamp(self.at, self.name.writer)

    def rows_of(self, people: Collection[PersonId]) -> list[dict[str, str | tuple[str, ...]]]:
        """What it says of `people`, by column."""
        return [
            {column: value for column, value in zip(self.record.columns, row, strict=True) if value is not None}
            for person, row in zip(self.record.people, self.record.rows, strict=True)
            if person in people
        ]


class Holdings:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def fields(self, person: PersonId) -> list[FieldHeld]:
        """What stands in the fields of this one record of somebody, duplicates apart."""
        row = self._connection.execute(sa.select(schema.person).where(_person.id == person)).one_or_none()
        if row is None:
            return []
        state = Registers.from_row(row)
        return [FieldHeld(name, value, *state.stamps[name]) for name, value in state.values.items()]

    def records(self, people: Collection[PersonId], numbers: Collection[MemberNo] = ()) -> list[RecordHeld]:
        """Every entry about one of `people`, or about somebody known by one of `numbers` alone, the earliest first;
        those that do not count too.
        """
        subjects = [*map(person_subject, people), *map(number_subject, numbers)]
        entries = stored.stream_entries(self._connection, _entry.subject.in_(subjects))
        found = [
            RecordHeld(EntryName(entry.writer, entry.seq), entry.at, decode_body(ABOUT_ONE_PERSON[entry.kind], body))
            for entry in entries
            if (body := entry.body) is not None
        ]
        return sorted(found, key=lambda held: (held.at, held.name.writer))

    def rosters(self, people: Collection[PersonId]) -> list[RosterHeld]:
        """Every imported roster in which one of `people` stands. Looks through all of them: seconds in a big city."""
        is_roster = _entry.kind == PeopleImported.kind
        named = [contains_bytes(self._connection, _entry.body, person) for person in people]
        which = is_roster & sa.or_(sa.false(), *named)
        not_folded = stored.judgements_of(self._connection, is_roster & (_entry.state != EntryState.FOLDED))
        return [
            RosterHeld(
                EntryName(entry.writer, entry.seq),
                entry.at,
                record,
                counts=(entry.writer, entry.seq) not in not_folded,
            )
            for entry, record in _readable(stored.stream_entries(self._connection, which))
            if not set(people).isdisjoint(record.people)
        ]


def _readable(entries: Iterator[Entry]) -> Iterator[tuple[Entry, PeopleImported]]:
    """Without those that cannot be read: nothing of them counts anywhere."""
    for entry in entries:
        if entry.body is None:
            continue
        try:
            yield entry, decode_body(PeopleImported, entry.body)
        except MalformedRecord:
            continue
