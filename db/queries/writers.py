"""Questions about the devices that write journals."""

from typing import Any

import sqlalchemy as sa

from db import schema
from db.values import Writer
from station_core.clock import HybridTime
from station_core.credential.certificate import Role
from station_core.ids import DistrictCode, KeyId, WriterId

_writer = schema.writer.c


class Writers:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def all(self) -> list[Writer]:
        """Every writer ever heard of, in the order of their numbers."""
        query = sa.select(schema.writer).order_by(_writer.number, _writer.no)
        return [_writer_of(row) for row in self._connection.execute(query)]

    def certified_for(self, district: str) -> tuple[list[WriterId], list[WriterId]]:
        """The city's writers; and they with those whose district begins with `district`, for an empty one none."""
        is_near = _writer.district.startswith(district, autoescape=True) if district else sa.false()
        query = sa.select(_writer.id, _writer.role).where(
            _writer.role.is_not(None), (_writer.role == Role.CITY.value) | is_near
        )
        rows = self._connection.execute(query.order_by(_writer.number, _writer.no)).all()
        return [WriterId(row.id) for row in rows if row.role == Role.CITY], [WriterId(row.id) for row in rows]

    def get(self, writer: WriterId) -> Writer | None:
        return self._one(_writer.id == writer)

    def with_key(self, key: KeyId) -> Writer | None:
        """The writer whose certified key has that key id."""
        return self._one(_writer.key_id == key)

    def public_key(self, writer: WriterId) -> bytes | None:
        """32 bytes; None while no certificate of the writer has arrived."""
        query = sa.select(_writer.public_key).where(_writer.id == writer)
        key: bytes | None = self._connection.execute(query).scalar_one_or_none()
        return key

    def _one(self, condition: sa.ColumnElement[bool]) -> Writer | None:
        row = self._connection.execute(sa.select(schema.writer).where(condition)).one_or_none()
        return None if row is None else _writer_of(row)


def _writer_of(row: Any) -> Writer:
    return Writer(
        id=WriterId(row.id),
        last_seq=row.last_seq,
        last_at=HybridTime(row.last_at),
        revoked_since=None if row.revoked_since is None else HybridTime(row.revoked_since),
        revoked_reason=row.revoked_reason,
        role=None if row.role is None else Role(row.role),
        label=row.label or "",
        district=DistrictCode(row.district) if row.district else None,
        number=row.number,
        valid_from_ms=row.valid_from_ms,
        valid_until_ms=row.valid_until_ms,
        certificate=row.certificate,
    )
