"""Few rows and many go into PostgreSQL in different ways, and stand there alike."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from db import bulk, schema
from db.dialect import insert_new, keep_earlier, keep_later
from db.engine import url_engine
from db.errors import StoreBusy
from db.store import prepare

pytestmark = pytest.mark.postgres
CARD = schema.card_revocation


@pytest.fixture
def engine(postgres_url: str) -> Iterator[sa.Engine]:
    made = url_engine(postgres_url)
    prepare(made)
    yield made
    made.dispose()


@pytest.fixture(params=[1, 1_000], ids=["by COPY", "in one statement"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "MANY", request.param)


def row(number: int, at: int, writer: int = 1, reason: str = "lost") -> dict[str, object]:
    return {"card": bytes([number]), "at": at, "writer": bytes([writer]), "reason": reason}


def stamps(connection: sa.Connection) -> list[tuple[int, int]]:
    query = sa.select(CARD.c.card, CARD.c.at, CARD.c.writer).order_by(CARD.c.card)
    return [(at, writer[0]) for _, at, writer in connection.execute(query)]


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize(
    ("keep", "expected"),
    [(keep_earlier, [(5, 1), (4, 9), (7, 1), (1, 1)]), (keep_later, [(9, 1), (7, 1), (7, 2), (1, 1)])],
)
def test_where_a_key_is_taken_its_stamp_decides(
    engine: sa.Engine, keep: object, expected: list[tuple[int, int]]
) -> None:
    with engine.begin() as connection:
        insert_new(connection, CARD, [row(1, 5), row(2, 7), row(3, 7)])
        keep(connection, CARD, [row(1, 9), row(2, 4, writer=9), row(3, 7, writer=2), row(4, 1)])  # type: ignore[operator]
        keep(connection, CARD, [row(4, 1)])  # type: ignore[operator]
        keep(connection, CARD, [])  # type: ignore[operator]
        assert stamps(connection) == expected


@pytest.mark.usefixtures("way")
def test_texts_and_nothing_are_kept_as_they_are(engine: sa.Engine) -> None:
    people = [
        {"id": bytes([n]) * 16, "canonical": bytes([n]) * 16, "at": 1, "writer": b"w", "name": name}
        for n, name in enumerate(("买买提·艾力", "𬱖\t\\N\n", None, ""))
    ]
    with engine.begin() as connection:
        insert_new(connection, schema.person, people)
        names = connection.execute(sa.select(schema.person.c.name).order_by(schema.person.c.no)).scalars().all()
    assert names == [person["name"] for person in people]


def test_a_lock_that_is_not_had_in_time_is_a_known_error_for_copy_too(
    engine: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "MANY", 1)
    with engine.connect() as holder, holder.begin():
        holder.exec_driver_sql("LOCK TABLE card_revocation")
        with engine.connect().execution_options(noting=True) as other, other.begin():
            other.exec_driver_sql("SET LOCAL lock_timeout TO '50ms'")
            with pytest.raises(StoreBusy):
                insert_new(other, CARD, [row(1, 1)])
