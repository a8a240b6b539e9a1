"""A real scheduler of the test's own, on a loopback port; its queues end at a socket of the test's own."""

import signal
from collections.abc import Callable, Iterator

import pytest
from support.own_cups import HAS_CUPS, Scheduler, own_scheduler, wait_until

from printing.card import CARD_LAYOUT, MemberCard, card_pdf
from printing.layout import load_layout
from printing.printers import Cups, Document, Job, JobReport, JobState, Medium, PrintingProblem, Reason

if not HAS_CUPS:
    pytest.skip("cupsd is not installed (Debian: cups)", allow_module_level=True)

CR80 = Medium(85.6, 53.98)


@pytest.fixture
def scheduler() -> Iterator[Scheduler]:
    with own_scheduler() as running:
        yield running


@pytest.fixture
def document(make_card: Callable[..., MemberCard]) -> Document:
    return Document(card_pdf(make_card(), load_layout(CARD_LAYOUT)), "card 7f3a", CR80)


def final(cups: Cups, job: Job) -> JobReport:
    wait_until(lambda: cups.state(job).state.is_final, "a final state")
    return cups.state(job)


def test_a_job_arrives_and_only_then_is_printed(scheduler: Scheduler, document: Document) -> None:
    cups = Cups(scheduler.server)
    scheduler.add_queue("card", "raw")
    assert [(printer.name, printer.reasons) for printer in cups.discover()] == [("card", ())]
    scheduler.admin("cupsdisable", "card")
    job = cups.submit("card", document)
    assert cups.state(job) == JobReport(JobState.SENT, Reason.PRINTER_STOPPED)
    assert scheduler.sink.arrived == []
    scheduler.admin("cupsenable", "card")
    assert final(cups, job) == JobReport(JobState.PRINTED)
    wait_until(lambda: len(scheduler.sink.arrived) == 1, "the document at the printer")
    assert scheduler.sink.arrived[0] == document.pdf


def test_a_driver_is_asked_for_the_cards_own_size(scheduler: Scheduler, document: Document) -> None:
    """PWG 5102.4 §4.3: the header has the page's size in points at offset 352, after the magic word."""
    cups = Cups(scheduler.server)
    scheduler.add_queue("raster", "drv:///cupsfilters.drv/pwgrast.ppd")
    assert final(cups, cups.submit("raster", document)).state is JobState.PRINTED
    wait_until(lambda: len(scheduler.sink.arrived) == 1, "the document at the printer")
    raster = scheduler.sink.arrived[0]
    assert raster[:4] == b"RaS2"
    sides = sorted(int.from_bytes(raster[4 + at : 8 + at], "big") for at in (352, 356))
    assert sides == pytest.approx([153, 243], abs=1)


def test_cancelled_is_failed_and_forgotten_is_unknown(scheduler: Scheduler, document: Document) -> None:
    cups = Cups(scheduler.server)
    scheduler.add_queue("card", "raw")
    scheduler.admin("cupsdisable", "card")
    job = cups.submit("card", document)
    scheduler.admin("cancel", job.job_id)
    assert final(cups, job) == JobReport(JobState.FAILED, Reason.JOB_CANCELLED)
    assert cups.state(Job("cups", "card", "card-999")) == JobReport(JobState.UNKNOWN, Reason.JOB_FORGOTTEN)


def test_a_printer_that_is_not_there_is_named_and_never_printed(scheduler: Scheduler, document: Document) -> None:
    cups = Cups(scheduler.server)
    scheduler.add_queue("gone", "raw", device="socket://127.0.0.1:9")
    job = cups.submit("gone", document)
    seen: list[JobReport] = []

    def reason_is_known() -> bool:
        seen.append(cups.state(job))
        return seen[-1].reason is not None

    wait_until(reason_is_known, "a reason")
    assert (seen[-1].state, seen[-1].reason) == (JobState.SENT, Reason.PRINTER_OFFLINE)
    assert JobState.PRINTED not in {report.state for report in seen}


def test_what_a_queue_cannot_do_is_refused_before_it_is_sent(scheduler: Scheduler, document: Document) -> None:
    cups = Cups(scheduler.server)
    scheduler.add_queue("closed", "raw")
    scheduler.admin("cupsreject", "closed")
    scheduler.add_queue("letters", "drv:///sample.drv/generic.ppd")
    for printer, reason in (
        ("closed", Reason.NOT_ACCEPTING),
        ("nowhere", Reason.PRINTER_MISSING),
        ("letters", Reason.SIZE_NOT_OFFERED),
    ):
        with pytest.raises(PrintingProblem) as problem:
            cups.submit(printer, document)
        assert problem.value.reason is reason


def test_the_systems_own_setting_and_socket_lead_to_the_scheduler(
    scheduler: Scheduler, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    scheduler.add_queue("card", "raw")
    monkeypatch.setenv("CUPS_SERVER", str(scheduler.folder / "cups.sock"))
    cups = Cups()
    assert final(cups, cups.submit("card", document)).state is JobState.PRINTED


def test_a_hung_scheduler_keeps_nobody_waiting(scheduler: Scheduler, document: Document) -> None:
    cups = Cups(scheduler.server, timeout_s=1)
    scheduler.add_queue("card", "raw")
    job = cups.submit("card", document)
    scheduler.process.send_signal(signal.SIGSTOP)
    try:
        assert cups.state(job).reason is Reason.SYSTEM_UNREACHABLE
        with pytest.raises(PrintingProblem) as problem:
            cups.submit("card", document)
    finally:
        scheduler.process.send_signal(signal.SIGCONT)
    assert problem.value.reason is Reason.SYSTEM_UNREACHABLE


def test_a_stopped_scheduler_is_a_known_problem(scheduler: Scheduler, document: Document) -> None:
    cups = Cups(scheduler.server, timeout_s=10)
    scheduler.add_queue("card", "raw")
    scheduler.admin("cupsdisable", "card")
    job = cups.submit("card", document)
    scheduler.stop()
    report = cups.state(job)
    assert (report.state, report.reason) == (JobState.UNKNOWN, Reason.SYSTEM_UNREACHABLE)
    for call in (cups.discover, lambda: cups.submit("card", document)):
        with pytest.raises(PrintingProblem) as problem:
            call()
        assert problem.value.reason is Reason.SYSTEM_UNREACHABLE
