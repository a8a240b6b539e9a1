"""The bare side of loading: the rows that resulted elsewhere, written by executemany alone, in a process of its own."""

import multiprocessing
from multiprocessing.connection import Connection
from pathlib import Path
from time import perf_counter
from typing import Any

from db.engine import sqlcipher_engine
from db.search.tokens import document
from db.store import prepare

_INDEXED = ("name", "member_no", "phone", "id_number")


class BareStore:
    """A fresh store at `target`, with the same tables, indexes, pragmas and encryption as that at `source`."""

    def __init__(self, source: Path, target: Path, key: bytes) -> None:
        spawning = multiprocessing.get_context("spawn")
        self._connection, other = spawning.Pipe()
        self._process = spawning.Process(target=_serve, args=(other, source, target, key))
        self._process.start()
        self.follow()

    def follow(self) -> float:
        """Write what the source has got since the last time, in one transaction; how many seconds that took."""
        self._connection.send(True)
        took_s: float = self._connection.recv()
        return took_s

    def close(self) -> None:
        self._connection.send(False)
        self._process.join()


def _serve(asked: Connection, source: Path, target: Path, key: bytes) -> None:
    engines = sqlcipher_engine(source, key), sqlcipher_engine(target, key, create=True)
    prepare(engines[1])
    theirs, bare = (engine.raw_connection().driver_connection for engine in engines)
    numbers = {"entry": 0, "person": 0}
    while asked.recv():
        asked.send(_write(bare, _new_rows(theirs, numbers)))
    for engine in engines:
        engine.dispose()


def _new_rows(theirs: Any, numbers: dict[str, int]) -> dict[str, list[tuple[Any, ...]]]:
    """By statement. `numbers`: the last entry and the last person that were read before."""
    no = theirs.execute("SELECT no FROM writer ORDER BY last_seq DESC LIMIT 1").fetchone()[0]
    entries = theirs.execute("SELECT * FROM entry WHERE writer_no = ? AND seq > ?", (no, numbers["entry"])).fetchall()
    people = theirs.execute("SELECT * FROM person WHERE no > ? ORDER BY no", (numbers["person"],)).fetchall()
    numbers["entry"] = max((row[1] for row in entries), default=numbers["entry"])
    numbers["person"] = max((row[0] for row in people), default=numbers["person"])
    columns = [column[1] for column in theirs.execute("PRAGMA table_info (person)")]
    places = [columns.index(name) for name in _INDEXED]
    documents = [(row[0], document(*(row[place] for place in places))) for row in people]
    return {_into("entry", entries): entries, _into("person", people): people, _SEARCH: documents}


_SEARCH = "INSERT INTO person_search (rowid, tokens) VALUES (?, ?)"


def _into(table: str, rows: list[tuple[Any, ...]]) -> str:
    return f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})" if rows else table


def _write(bare: Any, rows: dict[str, list[tuple[Any, ...]]]) -> float:
    started_s = perf_counter()
    bare.execute("BEGIN IMMEDIATE")
    for statement, values in rows.items():
        if values:
            bare.executemany(statement, values)
    bare.execute("COMMIT")
    return perf_counter() - started_s
