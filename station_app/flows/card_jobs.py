"""What printing cards asks of the station; all of it runs on the store's thread."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from printing.printers import Document, Printer
from station_app.station.settings import PRINTER_SETTING
from station_app.station.station import Station
from station_core.desk.refusal import Refusal, RefusalCode
from station_core.desk.staff import Staff
from station_core.ids import PersonId

if TYPE_CHECKING:
    from station_app.station.cards import NewCard

PDF_FOLDER = Printer("folder", "pdf", "")
"""Where cards go until a printer is chosen."""


@dataclass(frozen=True, slots=True)
class PreparedCard:
    """A card that stands in the journal and is to be printed. `is_new`: it was issued just now."""

    card: "NewCard"
    printer: Printer
    is_new: bool

    @property
    def instead_of(self) -> tuple[str, ...]:
        """The documents of cards that are void by this one."""
        return tuple(f"card-{old.hex()}" for old in self.card.replaced)

    @property
    def label(self) -> str:
        return self.card.face.name

    @property
    def document(self) -> Document:
        return Document(self.card.pdf, f"card-{self.card.card.hex()}", self.card.medium)


def prepare(station: Station, person: PersonId, staff: Staff, unprinted: "NewCard | None") -> PreparedCard | Refusal:
    """A new card, or the one that did not come out of the printer before, while it still stands.

    Raises PrintRefusal and CardTooLarge; nothing is issued then.
    """
    from station_app.station.cards import Cards

    with station.store.reading() as view:
        printer = printer_named(view.local.setting(PRINTER_SETTING))
        if unprinted is not None and view.cards.revocation(unprinted.card) is None:
            return PreparedCard(unprinted, printer, is_new=False)
    issued = Cards(station).issue(person, staff)
    if issued is None:
        return Refusal(RefusalCode.NOT_SERVED)
    return issued if isinstance(issued, Refusal) else PreparedCard(issued, printer, is_new=True)


def chosen_printer(station: Station) -> Printer:
    with station.store.reading() as view:
        return printer_named(view.local.setting(PRINTER_SETTING))


def printer_named(printer_id: str) -> Printer:
    """The printer with that id (see `station_app.station.settings.printer_id`), whether or not it is there today."""
    system, _, name = printer_id.partition("/")
    return Printer(system, name, name) if name else PDF_FOLDER
