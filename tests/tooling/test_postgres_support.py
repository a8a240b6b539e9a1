"""The tests' own PostgreSQL."""

import contextlib
import os
import tempfile
from pathlib import Path

import psycopg
import pytest
from support.postgres import Cluster, NoPostgres, find_programs

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
