"""Bringing a store's tables to the present schema."""

from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

from db.errors import NewerStore
from db.migrations import HEAD

if TYPE_CHECKING:
    from alembic.config import Config

KNOWN_STEPS = ("0001",)
"""Every released step, the oldest first: a store that stands at none of them is newer than this version."""


def schema_version(connection: sa.Connection) -> str | None:
    """The step that the store stands at; None for an empty database."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    version: str | None = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar_one_or_none()
    return version


def upgrade(connection: sa.Connection) -> None:
    """Bring the tables to the present schema. Raises NewerStore where they are ahead of this version of the product."""
    version = schema_version(connection)
    if version == HEAD:
        return
    if version is not None and version not in KNOWN_STEPS:
        raise NewerStore(version)
    from alembic import command

    command.upgrade(configuration(connection), "head")


def configuration(connection: sa.Connection) -> "Config":
    """How the migration machinery is told where the steps lie and what to run them on."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["connection"] = connection
    return config
