"""What print systems answer, put into our words: nothing is called printed that may not be."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printing.printers import (
    JobReport,
    JobState,
    Medium,
    PrintingProblem,
    Reason,
    WindowsSpooler,
    windows_status,
)
from printing.printers.cups import job_report, printer_reasons
from printing.printers.ipp import IppError, connection_to, decoded
from printing.printers.media import media_option
from printing.refusals import RefusalCode
from resources.texts import Language, catalogue

CR80 = Medium(85.6, 53.98)


@pytest.mark.parametrize("language", list(Language))
def test_every_reason_state_and_refusal_has_words(language: Language) -> None:
    texts = catalogue(language)
    keys = [f"printing.reason.{reason}" for reason in Reason]
    keys += [f"printing.state.{state}" for state in JobState] + [f"printing.refusal.{code}" for code in RefusalCode]
    assert [key for key in keys if not texts.get(key)] == []


@pytest.mark.parametrize(
    ("job_state", "state", "reason"),
    [
        (3, JobState.SENT, None),
        (4, JobState.SENT, Reason.JOB_HELD),
        (5, JobState.PRINTING, None),
        (6, JobState.SENT, Reason.PRINTER_STOPPED),
        (7, JobState.FAILED, Reason.JOB_CANCELLED),
        (8, JobState.FAILED, Reason.JOB_ABORTED),
        (9, JobState.PRINTED, None),
        (99, JobState.UNKNOWN, Reason.OTHER),
    ],
)
def test_ipp_job_states(job_state: int, state: JobState, reason: Reason | None) -> None:
    assert job_report({"job-state": (job_state,)}) == JobReport(state, reason)


def test_a_job_completed_with_errors_or_without_a_state_is_not_printed() -> None:
    with_errors = job_report({"job-state": (9,), "job-state-reasons": ("job-completed-with-errors",)})
    assert with_errors == JobReport(JobState.UNKNOWN, Reason.JOB_WITH_ERRORS)
    assert job_report({}).state is JobState.UNKNOWN


def test_printer_reasons_lose_their_severity_and_keep_their_order() -> None:
    attributes = {
        "printer-state": (5,),
        "printer-state-reasons": ("media-empty-error", "cover-open-report", "cups-waiting-for-job-completed"),
        "printer-is-accepting-jobs": (False,),
    }
    expected = (Reason.OUT_OF_MEDIA, Reason.COVER_OPEN, Reason.PRINTER_STOPPED, Reason.NOT_ACCEPTING)
    assert printer_reasons(attributes) == expected
    assert printer_reasons({"printer-state": (3,), "printer-state-reasons": ("none",)}) == ()


@pytest.mark.parametrize(
    ("supported", "option"),
    [
        ((), "Custom.85.6x53.98mm"),
        (("iso_a4_210x297mm", "custom_min_0.5x0.5in", "custom_max_8x50in"), "Custom.85.6x53.98mm"),
        (("iso_a4_210x297mm", "custom_cr80_53.98x85.6mm"), "custom_cr80_53.98x85.6mm"),
        (("om_card_2.125x3.37in", "custom_min_10x10mm", "custom_max_85.6x53.98mm"), "om_card_2.125x3.37in"),
        (("iso_a4_210x297mm", "na_letter_8.5x11in", "om_near_53x85.6mm"), None),
    ],
)
def test_a_card_is_asked_for_by_size_and_never_lands_on_a4(supported: tuple[str, ...], option: str | None) -> None:
    assert media_option(supported, CR80) == option


@pytest.mark.parametrize(
    ("server", "host", "port"),
    [
        ("localhost", "localhost", 631),
        ("10.1.2.3:8631", "10.1.2.3", 8631),
        ("[::1]:631", "::1", 631),
        ("print.example:631/version=1.1", "print.example", 631),
    ],
)
def test_a_schedulers_address_is_read_as_cups_writes_it(server: str, host: str, port: int) -> None:
    made = connection_to(server, timeout_s=1)
    assert (made.host, made.port) == (host, port)


def test_what_is_no_address_is_a_known_error() -> None:
    for server in ("", "::1:x", "host:port"):
        with pytest.raises(IppError):
            connection_to(server, timeout_s=1)


def test_ipp_answers_are_read_with_further_values() -> None:
    body = struct.pack(">BBHi", 2, 0, 0, 1) + b"\x01" + b"\x02" + item(0x23, "job-state", struct.pack(">i", 9))
    body += item(0x44, "job-state-reasons", b"one") + item(0x44, "", b"two") + item(0x22, "ok", b"\x01") + b"\x03"
    status, groups = decoded(body)
    assert status == 0
    assert groups[1] == {"job-state": (9,), "job-state-reasons": ("one", "two"), "ok": (True,)}


def item(tag: int, name: str, value: bytes) -> bytes:
    return struct.pack(">BH", tag, len(name)) + name.encode() + struct.pack(">H", len(value)) + value


@given(st.binary(max_size=80))
def test_what_is_not_ipp_is_a_known_error(answer: bytes) -> None:
    try:
        status, groups = decoded(answer)
    except IppError:
        return
    assert 0 <= status <= 0xFFFF
    assert all(isinstance(name, str) for group in groups for name in group)


@pytest.mark.parametrize(
    ("status", "state", "reason"),
    [
        (0x8, JobState.SENT, None),
        (0x10, JobState.PRINTING, None),
        (0x1000, JobState.PRINTING, None),
        (0x80, JobState.PRINTED, None),
        (0x10 | 0x40, JobState.SENT, Reason.OUT_OF_MEDIA),
        (0x20, JobState.SENT, Reason.PRINTER_OFFLINE),
        (0x80 | 0x2, JobState.SENT, Reason.OTHER),
        (0x100, JobState.FAILED, Reason.JOB_CANCELLED),
    ],
)
def test_windows_job_states(status: int, state: JobState, reason: Reason | None) -> None:
    assert windows_status.job_report(status) == JobReport(state, reason)


def test_windows_printer_reasons() -> None:
    assert windows_status.printer_reasons(0, 0) == ()
    assert windows_status.printer_reasons(0x10 | 0x400000, 0x400) == (
        Reason.OUT_OF_MEDIA,
        Reason.COVER_OPEN,
        Reason.PRINTER_OFFLINE,
    )


@pytest.mark.skipif("sys.platform == 'win32'", reason="Windows has the spooler")
def test_the_windows_spooler_says_where_it_is_not(tmp_path) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(PrintingProblem) as problem:
        WindowsSpooler(tmp_path).discover()
    assert problem.value.reason is Reason.SYSTEM_MISSING
