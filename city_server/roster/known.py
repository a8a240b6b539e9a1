"""What the city's store already knows that a roster's lines are held against."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

from city_server.roster.rows import Places, Row
from city_server.unions import city_code, districts_of
from db.values import Person
from db.view import View
from station_core.ids import DistrictCode
from station_core.records.documents import UnionsPublished

T = TypeVar("T")
PIECE = 1_000
"""How many lines are looked up, and written into one entry, at a time."""


def pieces(items: Iterable[T]) -> Iterator[list[T]]:
    """`items` in lists of at most `PIECE`."""
    iterator = iter(items)
    while piece := list(islice(iterator, PIECE)):
        yield piece


def places(view: View, region: str) -> Places:
    """Unions by name as they are published, and districts by name: those of the city, and of the unions' cities."""
    published = view.documents.all(UnionsPublished)
    unions = {union.name: union.code for record in published for union in record.unions}
    cities = {city_code(record.district) for record in published} | {region} - {""}
    districts: dict[str, DistrictCode] = {}
    for code in sorted(cities):
        districts |= {district.name: district.code for district in districts_of(code)}
    return Places(unions, districts)


class KnownPeople:
    """Those of a piece of lines who are there already."""

    def __init__(self, view: View, rows: list[Row]) -> None:
        self._by_id = view.people.by_id_numbers([row.id_number for row in rows if row.id_number])
        self._by_no = view.people.by_member_nos([row.member_no for row in rows if row.member_no])

    def with_id_number(self, row: Row) -> Person | None:
        return self._by_id.get(row.id_number or "")

    def with_member_no(self, row: Row) -> Person | None:
        return self._by_no.get(row.member_no or "")

    def person_of(self, row: Row) -> Person | None:
        """The person that `row` is about: by ID number, or else by member number."""
        return self.with_id_number(row) or self.with_member_no(row)
