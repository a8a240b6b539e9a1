"""Cards: issued on the store's thread, printed on the print worker's, and told of as the printing system tells."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from printing.printers import Discovery, JobState, Printer, Printers, PrintingProblem, Reason
from printing.refusals import PrintRefusal
from station_app.flows.broadcast import Broadcast, Topic
from station_app.flows.card_jobs import PDF_FOLDER, PreparedCard, chosen_printer, prepare
from station_app.flows.card_state import CardState
from station_app.flows.card_words import message_for_report, not_taken
from station_app.flows.session import Session
from station_app.flows.troubles import words_for
from station_app.screens.shell.state import Device, Message, Trouble
from station_app.words import Phrase
from station_app.workers.print_order import PrintNews, PrintOrder
from station_app.workers.print_worker import PrintWorker
from station_app.workers.tasks import TaskRunner
from station_core.credential.card import CardTooLarge
from station_core.desk.refusal import Refusal
from station_core.ids import PersonId

if TYPE_CHECKING:
    from station_app.station.cards import NewCard


class CardFlow(QObject):
    """Prints one card of a person at a time. A card that was issued and did not come out of the printer is kept, and
    the next try prints that one: a jam makes nobody's card void."""

    changed = Signal(object)
    """A CardState."""
    told = Signal(object)
    """A Message for above the page."""
    printer_changed = Signal(object)
    """The Device that the printer is now."""

    def __init__(
        self,
        pdf_folder: Path,
        printers: Printers,
        worker: PrintWorker,
        tasks: TaskRunner,
        session: Session,
        broadcast: Broadcast,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._pdf_folder, self._printers, self._worker = pdf_folder, printers, worker
        self._tasks, self._session, self._broadcast = tasks, session, broadcast
        self._under_way: set[PersonId] = set()
        self._unprinted: dict[PersonId, NewCard] = {}
        session.changed.connect(lambda: self._unprinted.clear())
        broadcast.changed.connect(lambda topics, _: self._unprinted.clear() if Topic.PEOPLE in topics else None)

    def print_card(self, person: PersonId) -> None:
        """A card for `person`: a new one, unless one is still waiting to be printed."""
        self._print(person, self._unprinted.get(person))

    def reissue(self, person: PersonId) -> None:
        """A new card for `person` in any case; earlier ones are void by it."""
        self._print(person, None)

    def look_at_printer(self) -> None:
        """Find out how the chosen printer is; call it when another was chosen."""
        self._tasks.on_store(chosen_printer, self._look_at)

    def _print(self, person: PersonId, unprinted: "NewCard | None") -> None:
        if person in self._under_way:
            return
        staff = self._session.require()
        self._under_way.add(person)
        self.changed.emit(CardState(person, printing=True))
        self._tasks.on_store(
            lambda station: prepare(station, person, staff, unprinted),
            lambda prepared: self._prepared(person, prepared),
            lambda error: self._not_issued(person, error),
        )

    def _prepared(self, person: PersonId, prepared: PreparedCard | Refusal) -> None:
        if isinstance(prepared, Refusal):
            why = Phrase("cards.no_member")
            self._ended(person, CardState(person, problem=why), Trouble(Phrase("common.trouble.printing"), why))
            return
        if prepared.is_new:
            self._broadcast.recorded(Topic.CARDS)
        self._unprinted[person] = prepared.card
        self.printer_changed.emit(Device.BUSY)
        on_window = self._tasks.on_window
        tell: Callable[[PrintNews], None] = lambda news: on_window(lambda: self._news(person, prepared, news))  # noqa: E731
        printer, document = prepared.printer, prepared.document
        order = PrintOrder(printer, document, tell, instead_of=prepared.instead_of, label=prepared.label)
        self._worker.submit(order)

    def _not_issued(self, person: PersonId, error: Exception) -> bool:
        """What cannot be drawn is not issued; which character or field it is stands beside the button too."""
        words = words_for(error)
        final = isinstance(error, PrintRefusal | CardTooLarge)
        problem = words[1] if words is not None and final else None
        self._ended(person, CardState(person, problem=problem), Trouble(*words) if words else None)
        return words is not None

    def _news(self, person: PersonId, prepared: PreparedCard, news: PrintNews) -> None:
        message: Message | None = None
        if isinstance(news.error, PrintingProblem):
            message = not_taken(news.error)
        elif news.error is not None:
            self._tasks.report(news.error)
        elif news.report is not None:
            message = message_for_report(news.report, self._file(news))
            if news.report.state is JobState.PRINTED and self._unprinted.get(person) is prepared.card:
                del self._unprinted[person]
        if news.is_last:
            self._ended(person, CardState(person), message)
            self._look_at(prepared.printer)
        elif message is not None:
            self.told.emit(message)

    def _file(self, news: PrintNews) -> Path | None:
        """Where a card lies that was not printed but saved."""
        saved = news.report is not None and news.report.reason is Reason.SAVED_AS_FILE
        return self._pdf_folder / news.job.job_id if saved and news.job else None

    def _ended(self, person: PersonId, state: CardState, message: Message | None) -> None:
        self._under_way.discard(person)
        self.changed.emit(state)
        if message is not None:
            self.told.emit(message)

    def _look_at(self, printer: Printer) -> None:
        if printer.system == PDF_FOLDER.system:
            self._show_printer(Device.READY)
            return
        self._tasks.in_background(
            self._printers.discover, lambda found: self._show_printer(device_state(printer, found))
        )

    def _show_printer(self, device: Device) -> None:
        self.printer_changed.emit(Device.BUSY if self._under_way else device)


def device_state(printer: Printer, found: Discovery) -> Device:
    """How `printer` is, by what the printing systems say."""
    same = (one for one in found.printers if (one.system, one.name) == (printer.system, printer.name))
    there = next(same, None)
    return Device.READY if there is not None and not there.reasons else Device.MISSING
