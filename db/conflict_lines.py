"""What an organiser should look at after an event, in lines that a program or a page can show.

They follow from the tables and the catalogue in force alone: every store that holds the same records lists the same.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from db.queries.conflicts import OverUse
from db.view import View
from station_core.catalogue import Service
from station_core.clock import wall_ms
from station_core.desk.stock import Overdrawn, OverStock, StockFault, faults
from station_core.entitlement import Use
from station_core.ids import WriterId
from station_core.records.documents import EventPublished


class ConflictKind(StrEnum):
    OVER_USE = "over_use"
    """Somebody had a service more often than its rules allow."""
    OVER_STOCK = "over_stock"
    """More was given out at the event than there was."""
    OVERDRAWN = "overdrawn"
    """A device gave out or passed on more than it held: a copy of a disk, a mistake, or ill will."""


@dataclass(frozen=True, slots=True)
class RecordLine:
    """A service record: its id, the device that wrote it, and when."""

    record: str
    where: str
    at_ms: int


@dataclass(frozen=True, slots=True)
class ConflictLine:
    """`given` stands against `allowed`: uses against a rule's limit, or pieces against the stock or a device's part.

    `who` and `member_no` stand with OVER_USE, with `extra`, the record that is too much, and `counts`, the earliest
    of those that count. `where` is the device that wrote the extra record, or is overdrawn; "" for the whole event.
    """

    kind: ConflictKind
    event: str
    service: str
    allowed: int
    given: int
    where: str
    at_ms: int
    who: str = ""
    member_no: str = ""
    counts: RecordLine | None = None
    extra: RecordLine | None = None

    @property
    def id(self) -> str:
        """Another one as soon as more goes wrong."""
        what = self.extra.record if self.extra else f"{self.event}.{self.service}.{self.where}.{self.given}"
        return f"{self.kind}.{what}"


def conflict_lines(view: View, services: Iterable[Service], event: EventPublished) -> list[ConflictLine]:
    """Everything at `event` that does not go together, the latest first. `services` are those of the catalogue."""
    names = {writer.id: writer.label or writer.id.hex()[:8] for writer in view.writers.all()}
    lines = [_of_use(found, event, names) for found in view.conflicts.over_use(services, event)]
    lines += _of_stock(view, event, names)
    return sorted(lines, key=lambda line: (line.at_ms, line.id), reverse=True)


def _of_use(found: OverUse, event: EventPublished, names: dict[WriterId, str]) -> ConflictLine:
    excess = found.excess
    return ConflictLine(
        kind=ConflictKind.OVER_USE,
        event=event.event,
        service=excess.use.service,
        allowed=excess.rule.limit,
        given=excess.used,
        where=names[excess.use.writer],
        at_ms=wall_ms(excess.use.at),
        who=found.name,
        member_no=found.member_no or "",
        counts=_record(excess.first, names) if excess.first else None,
        extra=_record(excess.use, names),
    )


def _record(use: Use, names: dict[WriterId, str]) -> RecordLine:
    return RecordLine(use.id.hex(), names[use.writer], wall_ms(use.at))


def _of_stock(view: View, event: EventPublished, names: dict[WriterId, str]) -> Iterator[ConflictLine]:
    for account in view.stock.accounts(event):
        for fault in faults(account):
            yield _of_fault(view, event, fault, names)


def _of_fault(view: View, event: EventPublished, fault: StockFault, names: dict[WriterId, str]) -> ConflictLine:
    writer: WriterId | None = None
    match fault:
        case OverStock(service, allowed, given):
            kind = ConflictKind.OVER_STOCK
        case Overdrawn(service, writer, allowed, given):
            kind = ConflictKind.OVERDRAWN
    return ConflictLine(
        kind=kind,
        event=event.event,
        service=service,
        allowed=allowed,
        given=given,
        where="" if writer is None else names.get(writer, writer.hex()[:8]),
        at_ms=wall_ms(view.stock.last_move(event, service, writer)),
    )
