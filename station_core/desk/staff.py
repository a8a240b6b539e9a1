"""Who works at the counter."""

from dataclasses import dataclass

from station_core.ids import OperatorId
from station_core.records.roles import Role


@dataclass(frozen=True, slots=True)
class Staff:
    id: OperatorId
    name: str
    role: Role

    @property
    def may_supervise(self) -> bool:
        """Void what others recorded, release a phone that is in use, name new staff."""
        return self.role is Role.SUPERVISOR
