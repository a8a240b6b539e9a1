"""A person's fields as last-writer-wins registers, apart from any database.

The state of a person is kept in its shortest form, which depends on nothing but what was written: one stamp for most
fields (the earliest that stands) and the others' stamps beside it.
"""

from dataclasses import dataclass, field
from typing import Any

from db.fold.stamped import Stamp
from station_core import cbor
from station_core.clock import HybridTime
from station_core.ids import WriterId

FIELDS = (
    "member_no",
    "name",
    "id_number",
    "phone",
    "occupation",
    "employer",
    "union_code",
    "district",
    "household",
    "groups",
    "membership",
    "consent",
)


@dataclass(slots=True)
class Registers:
    """What is known of one person. `registered` is the earliest registration, absent while none has arrived."""

    values: dict[str, str] = field(default_factory=dict)
    stamps: dict[str, Stamp] = field(default_factory=dict)
    registered: Stamp | None = None

    def write(self, values: dict[str, str], stamp: Stamp) -> None:
        """Let each of `values` stand where nothing later does."""
        for name, value in values.items():
            if name not in self.stamps or stamp > self.stamps[name]:
                self.values[name] = value
                self.stamps[name] = stamp

    def register(self, stamp: Stamp) -> None:
        self.registered = stamp if self.registered is None else min(self.registered, stamp)

    def row(self) -> dict[str, Any]:
        """The columns of `person` that hold this state."""
        base = min(self.stamps.values(), default=self.registered or Stamp(HybridTime(0), WriterId(b"")))
        others = {name: list(stamp) for name, stamp in self.stamps.items() if stamp != base}
        return {
            **{name: self.values.get(name) for name in FIELDS},
            "registered_at": self.registered.at if self.registered else None,
            "registered_by": self.registered.writer if self.registered else None,
            "at": base.at,
            "writer": base.writer,
            "stamps": cbor.encode(others) if others else None,
        }

    @classmethod
    def from_row(cls, row: Any) -> "Registers":
        """What `row` wrote, read back; `row` gives columns by attribute."""
        base = Stamp(row.at, row.writer)
        others = {} if row.stamps is None else {name: Stamp(*raw) for name, raw in cbor.decode(row.stamps).items()}
        values = {name: value for name in FIELDS if (value := getattr(row, name)) is not None}
        registered = None if row.registered_at is None else Stamp(row.registered_at, row.registered_by)
        return cls(values, {name: others.get(name, base) for name in values}, registered)
