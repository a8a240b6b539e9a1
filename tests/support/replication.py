"""Two PostgreSQL servers as an administrator would have them: a primary, and a standby that streams from it."""

import os
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import psycopg
from psycopg import sql
from support.postgres import OWNER, SPEED_BEFORE_SAFETY, Cluster, _unprivileged

STANDBY = "standby"
LIMIT_S = 60.0

ACKNOWLEDGED = {**SPEED_BEFORE_SAFETY, "synchronous_commit": "on"}
"""Servers die here and machines do not: what was handed to the system outlives the one, on either machine's disk."""


@dataclass
class Standby(Cluster):
    """A copy of `primary` that follows it until it is promoted."""

    primary: Cluster = field(kw_only=True)

    def _lay_out(self) -> None:
        os.chown(self.folder, _unprivileged().get("user", -1), -1)
        place = f"host={self.primary.folder} port={self.primary.port} user={OWNER} application_name={STANDBY}"
        manner = ["--wal-method=stream", "--checkpoint=fast", "--write-recovery-conf", "--no-sync"]
        _run(self, "pg_basebackup", "--dbname", place, *manner, "-D", str(self.folder / "data"))

    def promote(self) -> None:
        """Make it a server that can be written to; returns when it is one."""
        _run(self, "pg_ctl", "promote", "--wait", "-D", str(self.folder / "data"))

    def cut_off(self) -> None:
        """Let it receive nothing more; returns when it does not."""
        configure(self, "primary_conninfo", "")
        wait_until(lambda: not asked(self, "SELECT pid FROM pg_stat_wal_receiver"))


def wait_for_standby(primary: Cluster) -> None:
    """From now on the primary acknowledges nothing that its standby has not on disk; returns when that is so.

    Not before the standby is there: until then nothing at all would be acknowledged.
    """
    configure(primary, "synchronous_standby_names", STANDBY)
    wait_until(lambda: asked(primary, "SELECT sync_state FROM pg_stat_replication") == [("sync",)])


def configure(cluster: Cluster, setting: str, value: str) -> None:
    """Change a setting of a running server."""
    with connected(cluster) as connection:
        connection.execute(sql.SQL("ALTER SYSTEM SET {} = {}").format(sql.Identifier(setting), sql.Literal(value)))
        connection.execute("SELECT pg_reload_conf()")


def connected(cluster: Cluster) -> "psycopg.Connection[tuple[Any, ...]]":
    return psycopg.connect(host=str(cluster.folder), port=cluster.port, user=OWNER, dbname="postgres", autocommit=True)


def asked(cluster: Cluster, query: str) -> list[tuple[Any, ...]]:
    with connected(cluster) as connection:
        return connection.execute(query.encode()).fetchall()


def either_url(first: Cluster, second: Cluster, database: str) -> str:
    """The address of `database` at whichever of the two can be written to, as `city init --db` takes it."""
    hosts = "&".join(f"host=127.0.0.1:{cluster.port}" for cluster in (first, second))
    return f"postgresql://{OWNER}@/{database}?{hosts}&target_session_attrs=read-write&connect_timeout=5"


def wait_until(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + LIMIT_S
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError("what was waited for has not come about")
        time.sleep(0.02)


def _run(cluster: Cluster, program: str, *arguments: str) -> None:
    done = subprocess.run(
        [cluster.programs / program, *arguments],
        cwd=cluster.folder,
        capture_output=True,
        check=False,
        **_unprivileged(),
    )
    if done.returncode:
        raise RuntimeError(f"{program} failed: {done.stderr.decode(errors='replace')}")
