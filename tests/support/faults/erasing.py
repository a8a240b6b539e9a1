"""People who are erased: nothing may be left of them wherever the erasure has come."""

from collections.abc import Iterable, Iterator

import sqlalchemy as sa
from support.faults.machines import CityNode
from support.faults.node import Node

from city_server.erasing import erase_member
from city_server.errors import CityError
from db import schema
from station_core.ids import PersonId
from station_core.records.base import decode_body
from station_core.records.erasure import PersonErased

_TABLES = schema.metadata.sorted_tables


def erase(city: CityNode, mark: str) -> bool:
    """Whether the city knew anybody by that mark; with them goes whoever is tied to them."""
    try:
        erase_member(city.store, mark, "本人要求")
    except CityError:
        return False
    return True


def erased_people(city: Node) -> set[PersonId]:
    query = sa.select(schema.entry.c.body).where(schema.entry.c.kind == PersonErased.kind)
    with city.store.reading() as view:
        bodies = view._connection.execute(query).scalars().all()
    return {person for body in bodies for person in decode_body(PersonErased, body).people}


def left_of(node: Node, marks: Iterable[str]) -> Iterator[str]:
    """Where any of `marks` still stands: in whichever column of whichever table, or to be found by search."""
    wanted = [mark.encode() for mark in marks]
    if not wanted:
        return
    with node.store.reading() as view:
        for table in _TABLES:
            rows = view._connection.execute(sa.select(table)).all()
            if any(mark in cell for row in rows for cell in map(_bytes, row) for mark in wanted):
                yield table.name
        if any(view.people.search(mark.decode()) for mark in wanted):
            yield "search"


def _bytes(cell: object) -> bytes:
    return cell if isinstance(cell, bytes) else str(cell).encode()
