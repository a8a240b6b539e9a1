"""The rows that a batch of entries left in a store, to be written bare into another one."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from bench._bare import Row, insert_like
from db.search.tokens import document
from station_core.journal.batch import Batch

SEARCHED = ("name", "member_no", "phone", "id_number")
_STAMPED = ("service_given", "record_void", "card", "person")
_SEARCH = "INSERT INTO person_search (rowid, tokens) VALUES (?, ?)"


class Rows(NamedTuple):
    """For one statement."""

    statement: str
    rows: list[Row]


def written_by(batches: Iterable[Batch], store: Any) -> list[list[Rows]]:
    """For each of `batches` the rows whose stamps are those of its entries. `store` is a driver's connection."""
    number_of = {(item.at, batch.writer): number for number, batch in enumerate(batches) for item in batch.items}
    found: list[list[Rows]] = [[] for _ in range(len(set(number_of.values())))]
    for statement, stamp, row in _stamped_rows(store):
        if stamp in number_of:
            of_batch = found[number_of[stamp]]
            if not of_batch or of_batch[-1].statement != statement:
                of_batch.append(Rows(statement, []))
            of_batch[-1].rows.append(row)
    return found


def _stamped_rows(store: Any) -> Iterator[tuple[str, tuple[int, bytes], Row]]:
    """Each table's rows with their stamps, in the order in which they came; and what is searched of people."""
    writers = dict(store.execute("SELECT no, id FROM writer").fetchall())
    for row in store.execute("SELECT * FROM entry ORDER BY writer_no, seq").fetchall():
        yield insert_like(row, "entry"), (row[2], writers[row[0]]), row
    for table in _STAMPED:
        cursor = store.execute(f"SELECT * FROM {table} ORDER BY at")
        columns = [name for name, *_ in cursor.description]
        at, writer = columns.index("at"), columns.index("writer")
        for row in cursor.fetchall():
            yield insert_like(row, table), (row[at], row[writer]), row
    for row in store.execute(f"SELECT at, writer, no, {', '.join(SEARCHED)} FROM person ORDER BY at").fetchall():
        yield _SEARCH, (row[0], row[1]), (row[2], document(*row[3:]))


def write_all(batches: Iterable[Iterable[Rows]], store: Any) -> None:
    """Each batch in a transaction of its own."""
    for batch in batches:
        store.execute("BEGIN IMMEDIATE")
        for statement, values in batch:
            store.executemany(statement, values)
        store.execute("COMMIT")
