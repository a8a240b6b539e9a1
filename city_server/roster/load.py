"""Taking a roster in: every line is checked before the first is written, and all are written or none."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path

from city_server.certifying import CITY_NUMBER
from city_server.city import City
from city_server.errors import CityError
from city_server.roster.check import find_problems
from city_server.roster.known import KnownPeople, pieces, places
from city_server.roster.new_ids import new_ids
from city_server.roster.rows import LineProblem, Row, read_row
from city_server.roster.table import read_rows
from db.store import Transaction
from db.values import Person
from station_core.ids import MemberNo, PersonId
from station_core.people import member_no
from station_core.records.people import ROSTER_COLUMNS, Membership, PeopleImported

_CHINA = timezone(timedelta(hours=8))

Cell = str | tuple[str, ...] | None


@dataclass
class Imported:
    """What became of the lines. `written` is False where bad lines kept everything out."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    problems: list[LineProblem] = field(default_factory=list)
    written: bool = False


def import_roster(city: City, file: Path, *, skip_bad: bool = False) -> Imported:
    """Bring the people of `file` into the city's journal: those that are there already, by ID number or else by member
    number, are updated; an empty cell changes nothing. With `skip_bad` lines that cannot be used are left out,
    otherwise a single one keeps everything out. Raises CityError.
    """
    today = datetime.fromtimestamp(city.store.now_ms() / 1_000, _CHINA).date()
    with city.store.writing() as tx:
        known_places = places(tx, city.home.about.region)

        def lines() -> Iterator[Row | list[LineProblem]]:
            return (read_row(line, cells, known_places, today) for line, cells in read_rows(file))

        problems = find_problems(tx, lines())
        if problems and not skip_bad:
            return Imported(problems=problems)
        bad = {problem.line for problem in problems}
        importing = _Importing(tx, Imported(problems=problems, written=True))
        for piece in pieces(row for row in lines() if isinstance(row, Row) and row.line not in bad):
            importing.write(piece)
        return importing.result


class _Importing:
    """The writing of one roster; each piece becomes at most one entry."""

    def __init__(self, tx: Transaction, result: Imported) -> None:
        self._tx = tx
        self._serial = tx.people.last_serial(CITY_NUMBER)
        self._new_ids = new_ids()
        self.result = result

    def write(self, rows: list[Row]) -> None:
        known = KnownPeople(self._tx, rows)
        found = [line for row in rows if (line := self._line(row, known.person_of(row)))]
        if found:
            people, cells = zip(*found, strict=True)
            self._tx.append(PeopleImported(columns=ROSTER_COLUMNS, people=people, rows=cells))

    def _line(self, row: Row, person: Person | None) -> tuple[PersonId, tuple[Cell, ...]] | None:
        """The person's id and cells for the entry; None where the row says nothing new."""
        values: dict[str, Cell] = dict(row.values)
        if row.member_no is None and (person is None or person.member_no is None):
            values["member_no"] = self._next_number()
        if person is None:
            values["membership"] = Membership.APPROVED.value
            self.result.added += 1
        elif _says_nothing_new(person, values):
            self.result.unchanged += 1
            return None
        else:
            self.result.changed += 1
        person_id = person.id if person else next(self._new_ids)
        return person_id, tuple(values.get(column) for column in ROSTER_COLUMNS)

    def _next_number(self) -> MemberNo:
        self._serial += 1
        if self._serial > member_no.MAX_SERIAL:
            raise CityError("numbers_used_up")
        return member_no.make(CITY_NUMBER, self._serial)


def _says_nothing_new(person: Person, values: Mapping[str, Cell]) -> bool:
    return all(_same(getattr(person, column), value) for column, value in values.items())


def _same(held: str | frozenset[str] | None, said: Cell) -> bool:
    return held == (frozenset(said) if isinstance(said, tuple) else said)
