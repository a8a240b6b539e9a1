"""What is wrong with a roster's lines, found before any is written."""

from collections.abc import Iterable, Iterator

from city_server.roster.known import KnownPeople, pieces
from city_server.roster.rows import LineProblem, Row
from db.view import View

Lines = Iterable[Row | list[LineProblem]]


def find_problems(view: View, lines: Lines) -> list[LineProblem]:
    """Everything wrong, in the order of the lines."""
    problems: list[LineProblem] = []
    claims: dict[tuple[str, str], int] = {}
    for piece in pieces(lines):
        good = [line for line in piece if isinstance(line, Row)]
        problems += [problem for line in piece if not isinstance(line, Row) for problem in line]
        problems += _repeated(good, claims)
        problems += _taken(view, good)
    return sorted(problems, key=lambda problem: problem.line)


def _repeated(rows: Iterable[Row], claims: dict[tuple[str, str], int]) -> Iterator[LineProblem]:
    """Lines whose number stood in an earlier line: which of the two is right only a person can tell."""
    for row in rows:
        for column, value in (("id_number", row.id_number), ("member_no", row.member_no)):
            if value is not None and claims.setdefault((column, value), row.line) != row.line:
                yield LineProblem(row.line, column, "repeated")


def _taken(view: View, rows: list[Row]) -> Iterator[LineProblem]:
    """Lines that give somebody a member number that another person has."""
    known = KnownPeople(view, rows)
    for row in rows:
        person, holder = known.with_id_number(row), known.with_member_no(row)
        if person is not None and holder is not None and person.id != holder.id:
            yield LineProblem(row.line, "member_no", "member_no_taken")
