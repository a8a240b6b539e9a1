"""A member's card, from the journal by a real CUPS queue to a real IPP printer, and back through the scanner."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from support.ipp_printer import IppPrinter, ipp_printer, why_there_is_none
from support.own_cups import HAS_CUPS, Scheduler, own_scheduler, wait_until
from support.stations import MEMBERS, MadeStation, make_station

from printing.printers import Cups, Document, JobState, Medium, Printer, Printers, Reason
from station_app.home.spool import station_spool
from station_app.scanning.decoder import Decoder
from station_app.station.cards import Cards, NewCard
from station_app.station.counter import Counter
from station_app.workers.print_order import PrintNews, PrintOrder
from station_app.workers.print_worker import PrintWorker
from station_core.desk.identity import Verdict

if not HAS_CUPS:
    pytest.skip("cupsd is not installed (Debian: cups)", allow_module_level=True)
if (missing := why_there_is_none()) is not None:
    pytest.skip(missing, allow_module_level=True)

WANG = MEMBERS[0]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> MadeStation:
    return make_station(tmp_path_factory.mktemp("stations") / "station")


@pytest.fixture
def scheduler() -> Iterator[Scheduler]:
    with own_scheduler() as running:
        yield running


class Printout:
    """One card on its way, with everything that was told of it."""

    def __init__(self, scheduler: Scheduler, made: MadeStation, patience_s: float = 20) -> None:
        self.told: list[PrintNews] = []
        self.ended = threading.Event()
        spool = station_spool(made.home, made.store_key)
        self.worker = PrintWorker(Printers([Cups(scheduler.server)]), spool, poll_s=0.1, patience_s=patience_s)
        self.worker.start()
        station = made.open()
        card = Cards(station).issue(WANG.person, made.operator)
        station.close()
        assert isinstance(card, NewCard)
        document = Document(card.pdf, f"card-{card.card.hex()}", Medium(85.6, 53.98))
        self.worker.submit(PrintOrder(Printer("cups", "cards", ""), document, self._hear))

    def _hear(self, news: PrintNews) -> None:
        self.told.append(news)
        if news.is_last:
            self.ended.set()

    @property
    def states(self) -> list[JobState]:
        return [news.report.state for news in self.told if news.report]


def add_queue(scheduler: Scheduler, printer: IppPrinter) -> None:
    """Without a driver: CUPS asks the printer what it takes (IPP Everywhere)."""
    scheduler.add_queue("cards", "everywhere", device=printer.uri)
    wait_until((scheduler.folder / "root" / "ppd" / "cards.ppd").exists, "the queue's driver")


def test_a_card_arrives_and_the_scanner_knows_the_member(scheduler: Scheduler, made: MadeStation) -> None:
    with ipp_printer(("application/pdf", "image/pwg-raster")) as printer:
        add_queue(scheduler, printer)
        printout = Printout(scheduler, made)
        assert printout.ended.wait(60)
        printout.worker.stop()
        assert printout.states[-1] is JobState.PRINTED, printout.told
        (file,) = printer.arrived("pdf")
        assert_is_the_card(file, made)


def assert_is_the_card(file: Path, made: MadeStation) -> None:
    with pypdfium2.PdfDocument(file) as document:
        assert len(document) == 1
        sides = sorted(side * 25.4 / 72 for side in document[0].get_size())
        picture = document[0].render(scale=300 / 72).to_numpy()
    assert sides == pytest.approx([53.98, 85.6], abs=0.3)
    (reading,) = Decoder().read_still(picture)
    station = made.open()
    scanned = Counter(station).scan(reading.text)
    station.close()
    assert (scanned.identity.verdict, scanned.identity.person) == (Verdict.VALID, WANG.person)


def test_a_printer_pulled_away_while_it_prints_has_never_printed(scheduler: Scheduler, made: MadeStation) -> None:
    with ipp_printer(("application/pdf", "image/pwg-raster"), printing_takes_s=300) as printer:
        add_queue(scheduler, printer)
        printout = Printout(scheduler, made, patience_s=3)
        wait_until(lambda: JobState.PRINTING in printout.states, "the printer at work")
        wait_until(lambda: bool(printer.arrived("pdf")), "the document at the printer")
        printer.pull_away()
        assert printout.ended.wait(90), printout.told
        printout.worker.stop()
    last = printout.told[-1].report
    assert last is not None
    assert last.state in (JobState.FAILED, JobState.UNKNOWN)
    assert last.reason is Reason.PRINTER_OFFLINE
    assert JobState.PRINTED not in printout.states
