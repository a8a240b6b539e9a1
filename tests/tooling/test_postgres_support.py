"""The tests' own PostgreSQL."""

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from support.postgres import Cluster, NoPostgres, find_programs

from devtools import ROOT

pytestmark = pytest.mark.postgres


def connect(url: str) -> "psycopg.Connection[tuple[object, ...]]":
    return psycopg.connect(url.replace("+psycopg", ""), autocommit=True)


@pytest.mark.parametrize("turn", [1, 2])
def test_every_test_finds_an_empty_database(postgres_url: str, turn: int) -> None:
    with connect(postgres_url) as connection:
        tables = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
        connection.execute("CREATE TABLE left_behind (id integer)")
    assert tables == (0,)


def test_chinese_text_is_kept_and_measured_in_characters(postgres_url: str) -> None:
    with connect(postgres_url) as connection:
        assert connection.execute("SELECT length(%s::text)", ["货车司机𬱖"]).fetchone() == (5,)


def test_a_database_starts_with_what_its_template_holds(postgres_cluster: Cluster, postgres_url: str) -> None:
    with connect(postgres_url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS n")
    copy = postgres_cluster.create_database(template=postgres_url.rpartition("/")[2])
    try:
        with connect(postgres_cluster.url(copy)) as connection:
            assert connection.execute("SELECT n FROM kept").fetchone() == (7,)
    finally:
        postgres_cluster.drop_database(copy)


def test_the_server_listens_on_loopback_alone(postgres_url: str) -> None:
    with connect(postgres_url) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("127.0.0.1",)


def test_the_server_is_not_root(postgres_cluster: Cluster) -> None:
    assert Path(f"/proc/{postgres_cluster.process_id}").stat().st_uid != 0


def test_server_and_folder_are_gone_after_a_failure() -> None:
    cluster = Cluster(find_programs())
    with contextlib.suppress(ZeroDivisionError), cluster:
        process, folder = cluster.process_id, cluster.folder
        assert cluster.is_running()
        raise ZeroDivisionError
    assert not folder.exists()
    assert not cluster.is_running()
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


TESTS_THAT_ARE_KILLED = """
import os, signal, sys
sys.path.insert(0, "tests")
from devtools import ROOT
from support.postgres import Cluster, find_programs
with Cluster(find_programs()) as cluster:
    print(cluster.process_id, cluster.folder, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_server_and_folder_are_gone_after_the_tests_are_killed() -> None:
    killed = subprocess.run(
        [sys.executable, "-c", TESTS_THAT_ARE_KILLED], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    process, folder = killed.stdout.split()
    wait_until(lambda: not Path(folder).exists())
    wait_until(lambda: has_ended(int(process)))


def wait_until(condition: Callable[[], bool]) -> None:
    for _ in range(600):
        if condition():
            return
        time.sleep(0.05)
    raise AssertionError("it never came about")


def has_ended(process: int) -> bool:
    """Gone, or waiting for a first process that never collects its orphans, as in some containers."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True


def test_a_server_that_cannot_be_made_leaves_nothing_and_says_why() -> None:
    with tempfile.TemporaryDirectory(dir="/tmp") as name:
        programs = Path(name)
        programs.chmod(0o755)
        (programs / "initdb").write_text("#!/bin/sh\necho the disk is full >&2\nexit 1\n")
        (programs / "initdb").chmod(0o755)
        cluster = Cluster(programs)
        with pytest.raises(RuntimeError, match="the disk is full"):
            cluster.__enter__()
        assert not cluster.folder.exists()


def test_a_server_that_ends_at_once_is_not_waited_for() -> None:
    with tempfile.TemporaryDirectory(dir="/tmp") as name:
        programs = Path(name)
        programs.chmod(0o755)
        (programs / "initdb").symlink_to("/bin/true")
        (programs / "postgres").write_text("#!/bin/sh\necho no such folder\nexit 1\n")
        (programs / "postgres").chmod(0o755)
        cluster = Cluster(programs)
        with pytest.raises(RuntimeError, match="no such folder"):
            cluster.__enter__()
        assert not cluster.folder.exists()


def test_missing_programs_are_said_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "glob", lambda self, pattern: iter(()))
    monkeypatch.setenv("PATH", "/nonexistent")
    with pytest.raises(NoPostgres, match=r"dev\.py test"):
        find_programs()
