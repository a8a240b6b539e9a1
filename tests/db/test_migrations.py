"""The check of the migration steps, and that it finds what it is there for."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from db import schema
from db.engine import url_engine
from db.migrations import check


def test_the_steps_hold(capsys: pytest.CaptureFixture[str]) -> None:
    assert check.main([]) == 0
    assert "lead to the present schema" in capsys.readouterr().out


@pytest.mark.postgres
def test_the_steps_hold_on_postgresql(postgres_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert check.main(["--url", postgres_url]) == 0
    engine = url_engine(postgres_url)
    with engine.connect() as connection:
        assert sa.inspect(connection).get_table_names() == []
    engine.dispose()


@pytest.fixture
def grown_schema(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if somebody had added to the tables and written no step."""
    grown = sa.MetaData(naming_convention=schema.metadata.naming_convention)
    for table in schema.metadata.sorted_tables:
        table.to_metadata(grown)
    grown.tables["card"].append_column(sa.Column("colour", sa.Text))
    sa.Table("parcel", grown, sa.Column("id", sa.Integer, primary_key=True))
    sa.Index("ix_person_employer", grown.tables["person"].c.employer)
    monkeypatch.setattr(schema, "metadata", grown)


@pytest.mark.usefixtures("grown_schema")
def test_a_table_a_column_and_an_index_without_a_step_are_found(capsys: pytest.CaptureFixture[str]) -> None:
    assert check.main([]) == 1
    said = capsys.readouterr().err
    assert "add_table parcel" in said
    assert "add_column card colour" in said
    assert "add_index ix_person_employer" in said


def test_a_head_that_was_forgotten_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "HEAD", "0000")
    assert list(check.faults_of_steps()) == ["db.migrations.HEAD is 0000, the newest steps are 0001"]


def test_a_step_that_upgrading_does_not_know_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "KNOWN_STEPS", ("0001", "0002"))
    assert list(check.faults_of_steps()) == ["db.migrations.upgrade knows 0001, 0002, there are 0001"]


def test_a_database_with_something_in_it_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    url = f"sqlite:///{tmp_path / 'city.db'}"
    engine = url_engine(url, create=True)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE letters (text TEXT)")
    engine.dispose()
    assert check.main(["--url", url]) == 1
    assert "not empty" in capsys.readouterr().err


def test_a_bad_address_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert check.main(["--url", "nonsense"]) == 2
    assert "bad_address" in capsys.readouterr().err
