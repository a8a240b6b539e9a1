"""Whether a store can do its work at this moment, for whoever watches over a server."""

from dataclasses import dataclass

import sqlalchemy as sa

from db.migrations import HEAD
from db.migrations.upgrade import schema_version


@dataclass(frozen=True, slots=True)
class Standing:
    """`schema` is the step at which the tables stand, None in an empty database; `writable`: not so on a standby."""

    schema: str | None
    writable: bool

    @property
    def is_ours(self) -> bool:
        """Whether the tables are those of this version of the product."""
        return self.schema == HEAD


def standing(connection: sa.Connection) -> Standing:
    in_recovery = (
        connection.dialect.name == "postgresql"
        and connection.execute(sa.select(sa.func.pg_is_in_recovery())).scalar_one()
    )
    return Standing(schema_version(connection), not in_recovery)
