"""Whether a store can do its work at this moment, for whoever watches over a server."""

from dataclasses import dataclass

import sqlalchemy as sa

from db.migrations import HEAD
from db.migrations.upgrade import schema_version


@dataclass(frozen=True, slots=True)
class Condition:
    """`schema` is the step at which the tables stand, None in an empty database; `writable`: not so on a standby.

    `waiting_for_standby`: how many transactions are written and not acknowledged, because no standby has them yet.
    """

    schema: str | None
    writable: bool
    waiting_for_standby: int

    @property
    def is_ours(self) -> bool:
        """Whether the tables are those of this version of the product."""
        return self.schema == HEAD


_REPLICATION = sa.text(
    "SELECT pg_is_in_recovery(), count(*) FROM pg_stat_activity"
    " WHERE datname = current_database() AND wait_event = 'SyncRep'"
)


def condition(connection: sa.Connection) -> Condition:
    schema = schema_version(connection)
    if connection.dialect.name != "postgresql":
        return Condition(schema, writable=True, waiting_for_standby=0)
    in_recovery, waiting = connection.execute(_REPLICATION).one()
    return Condition(schema, not in_recovery, waiting)
