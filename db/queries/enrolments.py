"""Which stations may enrol: one-time codes, of which the store keeps digests alone, and who used them."""

from dataclasses import dataclass

import sqlalchemy as sa

from db import schema
from station_core.ids import DistrictCode, WriterId

_enrolment = schema.local_enrolment.c
FIRST_NUMBER = 10_001
"""The lowest number of a station; the city itself writes under the one before."""


@dataclass(frozen=True, slots=True)
class Enrolment:
    """An invitation. `number` is the writer number that the station gets; `writer` who used it, None while unused."""

    code_digest: bytes
    label: str
    district: DistrictCode
    made_ms: int
    number: int
    writer: WriterId | None


class Enrolments:
    """Reads, and writes that take effect with the transaction they stand in."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def all(self) -> list[Enrolment]:
        """Every invitation, in the order of the numbers."""
        query = sa.select(schema.local_enrolment).order_by(_enrolment.number)
        return [_enrolment_of(row) for row in self._connection.execute(query).mappings()]

    def get(self, code_digest: bytes) -> Enrolment | None:
        query = sa.select(schema.local_enrolment).where(_enrolment.code_digest == code_digest)
        row = self._connection.execute(query).mappings().one_or_none()
        return None if row is None else _enrolment_of(row)

    def invite(self, code_digest: bytes, label: str, district: DistrictCode, made_ms: int) -> Enrolment:
        """Note a new code; the station that redeems it gets the next free number."""
        last = self._connection.execute(sa.select(sa.func.max(_enrolment.number))).scalar_one()
        enrolment = Enrolment(code_digest, label, district, made_ms, (last or FIRST_NUMBER - 1) + 1, None)
        values = {name: getattr(enrolment, name) for name in schema.local_enrolment.columns.keys()}  # noqa: SIM118
        self._connection.execute(sa.insert(schema.local_enrolment).values(values))
        return enrolment

    def note_used(self, code_digest: bytes, writer: WriterId) -> None:
        update = sa.update(schema.local_enrolment).where(_enrolment.code_digest == code_digest)
        self._connection.execute(update.values(writer=writer))


def _enrolment_of(row: sa.RowMapping) -> Enrolment:
    writer = row["writer"]
    return Enrolment(
        code_digest=row["code_digest"],
        label=row["label"],
        district=DistrictCode(row["district"]),
        made_ms=row["made_ms"],
        number=row["number"],
        writer=None if writer is None else WriterId(writer),
    )
