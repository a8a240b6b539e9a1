"""Whether the steps lead from every released schema to the present one: ``python -m db.migrations.check [--url URL]``.

There is one head, it is `db.migrations.HEAD`, every step is known to `upgrade` and follows the one before it, the steps
make an empty database exactly into `db.schema`, and a store with records in it survives each of them. `--url` names an
empty database of PostgreSQL (or another) to try them on; without it they are tried on SQLite alone.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from db import schema
from db.engine import url_engine
from db.errors import StoreError
from db.migrations import HEAD
from db.migrations.upgrade import KNOWN_STEPS, configuration, schema_version

SEARCH_TABLE = "person_search"
"""Each database has it in a form of its own, which `db.schema` cannot say."""
UNSAID = (SEARCH_TABLE, schema.ENTRY_PARTITION)
"""What the names of tables begin with that are not in `db.schema`."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints what does not hold. Exit code 0 where all does, 1 where something does not, 2 for a bad address."""
    parser = argparse.ArgumentParser(prog="python -m db.migrations.check", description=__doc__)
    parser.add_argument("--url", help="an empty database to try the steps on as well")
    options = parser.parse_args(arguments)
    faults = list(faults_of_steps())
    for url in filter(None, ("sqlite:///:memory:", options.url)):
        try:
            faults += faults_on(url)
        except StoreError as error:
            sys.stderr.write(f"migrations: the database cannot be used: {error.code}\n")
            return 2
    for fault in faults:
        sys.stderr.write(f"migrations: {fault}\n")
    if not faults:
        sys.stdout.write(f"migrations: {len(KNOWN_STEPS)} steps, up to {HEAD}, lead to the present schema\n")
    return 1 if faults else 0


def faults_of_steps() -> Iterator[str]:
    """What does not hold in the chain of the steps themselves."""
    scripts = _scripts()
    heads = scripts.get_heads()
    if heads != [HEAD]:
        yield f"db.migrations.HEAD is {HEAD}, the newest steps are {', '.join(heads)}"
    steps = tuple(reversed([script.revision for script in scripts.walk_revisions()]))
    if steps != KNOWN_STEPS:
        yield f"db.migrations.upgrade knows {', '.join(KNOWN_STEPS)}, there are {', '.join(steps)}"
    for script in scripts.walk_revisions():
        if not callable(getattr(script.module, "upgrade", None)):
            yield f"step {script.revision} has no upgrade()"


def faults_on(url: str) -> list[str]:
    """What does not hold when the steps are taken one by one on the empty database `url`, with data from the first."""
    engine = url_engine(url, create=True)
    try:
        with engine.connect() as connection, connection.begin() as transaction:
            if sa.inspect(connection).get_table_names():
                return ["the database is not empty: nothing was tried on it"]
            faults = list(_take_steps(connection))
            transaction.rollback()
            return faults
    finally:
        engine.dispose()


def _take_steps(connection: sa.Connection) -> Iterator[str]:
    name, before = connection.dialect.name, 0
    for step in KNOWN_STEPS:
        command.upgrade(configuration(connection), step)
        if schema_version(connection) != step:
            yield f"{name}: after step {step} the database says {schema_version(connection)}"
        if not before:
            before = _write_samples(connection)
        elif _count_samples(connection) != before:
            yield f"{name}: step {step} loses rows"
    for difference in compare_metadata(_context(connection), schema.metadata):
        yield f"{name}: the steps and db.schema differ: {_in_words(difference)}"


def _context(connection: sa.Connection) -> MigrationContext:
    def is_ours(_object: object, object_name: str | None, kind: str, *_: object) -> bool:
        return not (kind == "table" and (object_name or "").startswith(UNSAID))

    options = {"include_object": is_ours, "compare_type": True, "compare_server_default": True}
    return MigrationContext.configure(connection, opts=options)


def _write_samples(connection: sa.Connection) -> int:
    """A row in each table as the first step made it; how many there are."""
    tables = sa.MetaData()
    tables.reflect(connection, only=lambda table, _: not table.startswith((*UNSAID, "alembic_")))
    for table in tables.sorted_tables:
        connection.execute(sa.insert(table).values({column.name: _sample(column) for column in table.columns}))
    return _count_samples(connection)


def _sample(column: sa.Column[Any]) -> object:
    if isinstance(column.type, sa.LargeBinary):
        return b"sample"
    return 1 if isinstance(column.type, sa.Integer) else "sample"


def _count_samples(connection: sa.Connection) -> int:
    """Rows in the tables that exist now. A step that drops a table on purpose moves its rows first."""
    names = set(sa.inspect(connection).get_table_names()) & set(schema.metadata.tables)
    counts = (sa.select(sa.func.count()).select_from(sa.table(name)) for name in sorted(names))
    return sum(int(connection.execute(count).scalar_one()) for count in counts)


def _in_words(difference: Any) -> str:
    """Alembic gives tuples of an action and what it is about, or lists of them for changes to one column."""
    parts = difference[0] if isinstance(difference, list) else difference
    return " ".join(str(getattr(part, "name", part)) for part in parts if part is not None and part != {})


def _scripts() -> ScriptDirectory:
    engine = url_engine("sqlite:///:memory:")
    with engine.connect() as connection:
        scripts = ScriptDirectory.from_config(configuration(connection))
    engine.dispose()
    return scripts


if __name__ == "__main__":
    sys.exit(main())
