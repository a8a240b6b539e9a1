"""A record together with who wrote it and when, which is all that decides between two writes."""

from typing import Generic, NamedTuple, TypeVar

from station_core.clock import HybridTime
from station_core.ids import WriterId
from station_core.records.base import Record

R_co = TypeVar("R_co", bound=Record, covariant=True)


class Stamp(NamedTuple):
    """Totally ordered: a writer's times grow, and two writers differ in their ids."""

    at: HybridTime
    writer: WriterId


class Stamped(NamedTuple, Generic[R_co]):
    stamp: Stamp
    record: R_co
