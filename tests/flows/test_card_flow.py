"""Cards from the journal to the printer: what is told of them is what the printing system says."""

import pypdfium2
import pytest
import zxingcpp
from support.stations import MEMBERS

from printing.printers import JobReport, JobState, PdfFolder, Printer, Printers, PrintingProblem, PrintSystem, Reason
from printing.printers.system import Job
from station_app.flows.broadcast import Topic
from station_app.flows.card_flow import CardFlow, device_state
from station_app.flows.card_state import CardState
from station_app.home.spool import station_spool
from station_app.screens.shell.state import Device, Notice, Trouble
from station_app.station.counter import Counter
from station_app.station.settings import PRINTER_SETTING
from station_app.workers.print_worker import PrintWorker
from station_core.desk.identity import Verdict
from station_core.ids import MemberNo, PersonId
from station_core.records.people import Membership, PersonFields, PersonRegistered

WANG = MEMBERS[0]


class Jammed(PrintSystem):
    """A printer that takes a job and says that it waits for cards, until it is filled; keeps what it was given."""

    name = "jammed"

    def __init__(self) -> None:
        self.report = JobReport(JobState.SENT, Reason.OUT_OF_MEDIA)
        self.titles = []

    def discover(self):
        return (Printer(self.name, "front", "Front desk", (Reason.OUT_OF_MEDIA,)),)

    def submit(self, printer_name, document):
        if printer_name != "front":
            raise PrintingProblem(Reason.PRINTER_MISSING, printer_name)
        self.titles.append(document.title)
        return Job(self.name, printer_name, str(len(self.titles)))

    def cancel(self, job):
        pass

    def state(self, job):
        return self.report


class Cards:
    """The flow with everything it has told."""

    def __init__(self, desk, system):
        folder = desk.made.home / "cards"
        printers = Printers([system, PdfFolder(folder)])
        spool = station_spool(desk.made.home, desk.made.store_key)
        self.folder, self.worker = folder, PrintWorker(printers, spool, poll_s=0.005, patience_s=0)
        self.worker.start()
        self.flow = CardFlow(folder, printers, self.worker, desk.tasks, desk.session, desk.broadcast)
        self.told, self.states, self.devices = [], [], []
        self.flow.told.connect(self.told.append)
        self.flow.changed.connect(self.states.append)
        self.flow.printer_changed.connect(self.devices.append)

    @property
    def is_at_rest(self):
        return bool(self.states) and not self.states[-1].printing


@pytest.fixture
def system():
    return Jammed()


@pytest.fixture
def cards(desk, system):
    cards = Cards(desk, system)
    yield cards
    cards.worker.stop()


def choose_printer(desk, printer_id):
    def choose(station):
        with station.store.writing() as tx:
            tx.local.set_setting(PRINTER_SETTING, printer_id)

    desk.ask(choose)


def cards_of(desk, person):
    def ask(station):
        with station.store.reading() as view:
            return view.cards.of_people([person])

    return desk.ask(ask)


def registered(desk, **fields):
    person = PersonId(b"newcomer-with-16")
    record = PersonRegistered(person=person, fields=PersonFields(**fields), operator=desk.made.operator.id)

    def register(station):
        with station.store.writing() as tx:
            tx.append(record)

    desk.ask(register)
    return person


def test_a_card_in_the_pdf_folder_is_read_back_and_verified(cards, desk, qtbot):
    cards.flow.print_card(WANG.person)
    assert cards.states == [CardState(WANG.person, printing=True)]
    qtbot.waitUntil(lambda: cards.is_at_rest)
    (file,) = cards.folder.glob("*.pdf")
    assert cards.told == [Notice(cards.told[0].what)]
    assert (cards.told[0].what.key, cards.told[0].what.params) == ("cards.saved", {"file": str(file)})
    with pypdfium2.PdfDocument(file) as document:
        picture = document[0].render(scale=300 / 72).to_numpy()
    (code,) = zxingcpp.read_barcodes(picture)
    scan = desk.ask(lambda station: Counter(station).scan(code.text))
    assert (scan.identity.verdict, scan.identity.person) == (Verdict.VALID, WANG.person)
    assert desk.recorded == [Topic.CARDS]
    assert cards.devices == [Device.BUSY, Device.READY]


def test_a_waiting_job_is_told_with_the_printers_reason_and_never_as_printed(cards, system, desk, qtbot):
    choose_printer(desk, "jammed/front")
    cards.flow.print_card(WANG.person)
    qtbot.waitUntil(lambda: bool(cards.told))
    assert [type(one) for one in cards.told] == [Trouble]
    assert (cards.told[0].what.key, cards.told[0].remedy.key) == ("cards.waiting", "printing.reason.out_of_media")
    cards.flow.print_card(WANG.person)  # pressed again while it waits
    system.report = JobReport(JobState.PRINTED)
    qtbot.waitUntil(lambda: cards.is_at_rest)
    assert cards.told[-1].what.key == "cards.printed"
    assert len(system.titles) == 1
    assert len(cards_of(desk, WANG.person)) == 1
    qtbot.waitUntil(lambda: cards.devices[-1] is Device.MISSING)


def test_a_card_that_did_not_come_out_is_printed_again_and_stays_the_same_card(cards, system, desk, qtbot):
    choose_printer(desk, "jammed/front")
    system.report = JobReport(JobState.FAILED, Reason.JAM)
    cards.flow.print_card(WANG.person)
    qtbot.waitUntil(lambda: cards.is_at_rest)
    assert (cards.told[-1].what.key, cards.told[-1].remedy.key) == ("cards.failed", "printing.reason.jam")
    system.report = JobReport(JobState.PRINTED)
    cards.flow.print_card(WANG.person)
    qtbot.waitUntil(lambda: cards.told[-1].what.key == "cards.printed")
    assert system.titles[0] == system.titles[1]
    assert [card.revocation for card in cards_of(desk, WANG.person)] == [None]
    cards.flow.print_card(WANG.person)
    qtbot.waitUntil(lambda: len(system.titles) == 3 and cards.is_at_rest)
    assert [card.revocation for card in cards_of(desk, WANG.person)] == [None, "replaced"]


def test_a_reissue_is_a_new_card_in_any_case(cards, system, desk, qtbot):
    choose_printer(desk, "jammed/front")
    system.report = JobReport(JobState.UNKNOWN, Reason.JOB_FORGOTTEN)
    cards.flow.print_card(WANG.person)
    qtbot.waitUntil(lambda: cards.is_at_rest)
    assert cards.told[-1].what.key == "cards.unknown"
    cards.flow.reissue(WANG.person)
    qtbot.waitUntil(lambda: len(system.titles) == 2 and cards.is_at_rest)
    assert [card.revocation for card in cards_of(desk, WANG.person)] == [None, "replaced"]


def test_a_printer_that_is_gone_is_named_and_the_button_stays(cards, desk, qtbot):
    choose_printer(desk, "jammed/back")
    cards.flow.print_card(WANG.person)
    qtbot.waitUntil(lambda: cards.is_at_rest)
    assert cards.told[-1].remedy.key == "printing.reason.printer_missing"
    assert cards.states[-1] == CardState(WANG.person)


def test_a_character_that_no_font_has_stops_the_print_and_is_named(cards, desk, qtbot):
    person = registered(desk, name="王\u1820", member_no=MemberNo("SY000099"), membership=Membership.APPROVED)
    cards.flow.print_card(person)
    qtbot.waitUntil(lambda: cards.is_at_rest)
    remedy = cards.told[-1].remedy.params["words"]
    assert "U+1820" in remedy.zh
    assert cards.states[-1].problem == cards.told[-1].remedy
    assert cards_of(desk, person) == []
    assert desk.recorded == []


def test_who_has_left_gets_no_card(cards, desk, qtbot):
    person = registered(desk, name="王一", member_no=MemberNo("SY000098"), membership=Membership.LEFT)
    cards.flow.print_card(person)
    qtbot.waitUntil(lambda: cards.is_at_rest)
    assert cards.states[-1].problem.key == "cards.no_member"
    assert cards_of(desk, person) == []


def test_how_the_chosen_printer_is(system):
    discovery = Printers([system]).discover()
    front = Printer("jammed", "front", "")
    assert device_state(front, discovery) is Device.MISSING
    assert device_state(Printer("jammed", "back", ""), discovery) is Device.MISSING
    ready = type(discovery)((Printer("jammed", "front", "Front desk"),), ())
    assert device_state(front, ready) is Device.READY
