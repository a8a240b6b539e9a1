"""Printing through CUPS: `lp` hands documents over, IPP says what became of them.

No pycups, whose licence is the GPL. Documents go to the queues that are set up on this machine.
"""

import os
import re
import subprocess
from urllib.parse import quote

from printing.printers.ipp import Attributes, IppClient, IppError, Operation
from printing.printers.media import media_option
from printing.printers.reach import is_reached
from printing.printers.system import (
    Document,
    Job,
    JobReport,
    JobState,
    Medium,
    Printer,
    PrintingProblem,
    PrintSystem,
    Reason,
)

_PRINTER_ATTRIBUTES = (
    "printer-name",
    "printer-info",
    "printer-state",
    "printer-state-reasons",
    "printer-state-message",
    "printer-is-accepting-jobs",
    "device-uri",
)
_JOB_ATTRIBUTES = ("job-state", "job-state-reasons", "job-printer-state-message", "job-name")
_REQUEST_ID = re.compile(r"^request id is (\S+-\d+) ", re.MULTILINE)
_STOPPED_PRINTER = 5

_PRINTER_REASONS = {
    "media-empty": Reason.OUT_OF_MEDIA,
    "media-needed": Reason.OUT_OF_MEDIA,
    "input-tray-missing": Reason.OUT_OF_MEDIA,
    "media-jam": Reason.JAM,
    "cover-open": Reason.COVER_OPEN,
    "door-open": Reason.COVER_OPEN,
    "interlock-open": Reason.COVER_OPEN,
    "marker-supply-empty": Reason.OUT_OF_INK,
    "toner-empty": Reason.OUT_OF_INK,
    "offline": Reason.PRINTER_OFFLINE,
    "shutdown": Reason.PRINTER_OFFLINE,
    "timed-out": Reason.PRINTER_OFFLINE,
    "connecting-to-device": Reason.PRINTER_OFFLINE,
    "paused": Reason.PRINTER_STOPPED,
    "moving-to-paused": Reason.PRINTER_STOPPED,
    "stopped-partly": Reason.PRINTER_STOPPED,
}
"""RFC 8011 §5.4.12, without the severities -report, -warning and -error; `offline` is CUPS's own."""

_JOB_STATES = {
    3: JobReport(JobState.SENT),
    4: JobReport(JobState.SENT, Reason.JOB_HELD),
    5: JobReport(JobState.PRINTING),
    6: JobReport(JobState.SENT, Reason.PRINTER_STOPPED),
    7: JobReport(JobState.FAILED, Reason.JOB_CANCELLED),
    8: JobReport(JobState.FAILED, Reason.JOB_ABORTED),
    9: JobReport(JobState.PRINTED),
}
"""RFC 8011 §5.3.7: pending, pending-held, processing, processing-stopped, canceled, aborted, completed."""


_UNREACHED = (
    "may not exist or is unavailable",
    "not responding",
    "unable to locate printer",
    "waiting for printer",
)
"""What CUPS's own backends say while they try again. CUPS calls such a job processing; nothing of it is being
printed."""


class Cups(PrintSystem):
    """The CUPS of this machine, or the one at `server` (``host:port`` or a socket's path)."""

    name = "cups"

    def __init__(self, server: str | None = None, timeout_s: float = 15) -> None:
        self._server = server
        self._timeout_s = timeout_s

    def discover(self) -> tuple[Printer, ...]:
        try:
            found = self._ask(Operation.CUPS_GET_PRINTERS, None, _PRINTER_ATTRIBUTES)
        except IppError as error:
            raise PrintingProblem(Reason.SYSTEM_UNREACHABLE, str(error)) from error
        return tuple(self._printer(attributes) for attributes in found if attributes.get("printer-name"))

    def submit(self, printer_name: str, document: Document) -> Job:
        media = self._media_for(printer_name, document.medium)
        options = ["-d", printer_name, "-t", document.title, "-o", f"media={media}"]
        try:
            answer = self._run("lp", *options, "--", "-", stdin=document.pdf)
        except subprocess.TimeoutExpired as error:
            raise PrintingProblem(Reason.NO_ANSWER_TO_SUBMIT, "lp gave no answer") from error
        request = _REQUEST_ID.search(answer.stdout.decode(errors="replace"))
        if answer.returncode or not request:
            raise PrintingProblem(Reason.JOB_REFUSED, answer.stderr.decode(errors="replace").strip())
        return Job(self.name, printer_name, request[1], document.title)

    def cancel(self, job: Job) -> None:
        try:
            self._run("cancel", job.job_id)
        except subprocess.TimeoutExpired as error:
            raise PrintingProblem(Reason.SYSTEM_UNREACHABLE, "cancel gave no answer") from error

    def state(self, job: Job) -> JobReport:
        number = job.job_id.rpartition("-")[2]
        try:
            found = self._ask(
                Operation.GET_JOB_ATTRIBUTES, ("job-uri", f"ipp://localhost/jobs/{number}"), _JOB_ATTRIBUTES
            )
            if not found or not _is_same(job, found[0]):
                return JobReport(JobState.UNKNOWN, Reason.JOB_FORGOTTEN)
            report = job_report(found[0])
            return report if report.state is JobState.FAILED else self._as_its_printer_says(report, job.printer)
        except IppError as error:
            return JobReport(JobState.UNKNOWN, Reason.SYSTEM_UNREACHABLE, str(error))
        except PrintingProblem as problem:
            return JobReport(JobState.UNKNOWN, problem.reason, problem.detail)

    def _media_for(self, printer_name: str, medium: Medium) -> str:
        """What to ask the queue for, once it is known to be there and ready: `lp` calls a dead scheduler a
        missing printer."""
        try:
            found = self._ask_printer(printer_name, (*_PRINTER_ATTRIBUTES, "media-supported"))
        except IppError as error:
            raise PrintingProblem(Reason.SYSTEM_UNREACHABLE, str(error)) from error
        if not found:
            raise PrintingProblem(Reason.PRINTER_MISSING, printer_name)
        if Reason.NOT_ACCEPTING in printer_reasons(found[0]):
            raise PrintingProblem(Reason.NOT_ACCEPTING, printer_name)
        media = media_option(map(str, found[0].get("media-supported", ())), medium)
        if media is None:
            raise PrintingProblem(Reason.SIZE_NOT_OFFERED, f"{medium.width_mm:g} x {medium.height_mm:g} mm")
        return media

    def _ask_printer(self, name: str, wanted: tuple[str, ...]) -> list[Attributes]:
        target = ("printer-uri", f"ipp://localhost/printers/{quote(name)}")
        return self._ask(Operation.GET_PRINTER_ATTRIBUTES, target, wanted)

    def _as_its_printer_says(self, report: JobReport, printer_name: str) -> JobReport:
        """A job that waits is explained by its printer, is not being printed while that is not reached, and
        was not surely printed where that is gone when the job is said to be done."""
        found = self._ask_printer(printer_name, _PRINTER_ATTRIBUTES)
        under_way = report.state in (JobState.SENT, JobState.PRINTING)
        reasons = (printer_reasons(found[0]) if found else (Reason.PRINTER_MISSING,)) if under_way else ()
        if found and report.state is not JobState.SENT and _is_gone(found[0]):
            reasons = (Reason.PRINTER_OFFLINE, *reasons)
        if not reasons:
            return report
        if not under_way:
            return JobReport(JobState.UNKNOWN, report.reason or reasons[0], report.detail)
        unreached = {Reason.PRINTER_OFFLINE, Reason.PRINTER_STOPPED, Reason.PRINTER_MISSING} & set(reasons)
        state = JobState.SENT if unreached else report.state
        return JobReport(state, report.reason or reasons[0], report.detail)

    def _printer(self, attributes: Attributes) -> Printer:
        name = str(attributes["printer-name"][0])
        description = str(attributes.get("printer-info", (name,))[0])
        return Printer(self.name, name, description or name, printer_reasons(attributes))

    def _ask(self, operation: Operation, target: tuple[str, str] | None, wanted: tuple[str, ...]) -> list[Attributes]:
        return IppClient(self._server or self._default_server(), self._timeout_s).ask(operation, target, wanted)

    def _default_server(self) -> str:
        """Where CUPS's own tools look, which knows client.conf and CUPS_SERVER."""
        try:
            return self._run("lpstat", "-H").stdout.decode().strip()
        except subprocess.TimeoutExpired as error:
            raise PrintingProblem(Reason.SYSTEM_UNREACHABLE, "lpstat gave no answer") from error

    def _run(self, command: str, *arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        server = ("-h", self._server) if self._server else ()
        environment = {**os.environ, "LC_ALL": "C", "LANGUAGE": ""}
        try:
            return subprocess.run(
                [command, *server, *arguments],
                input=stdin,
                capture_output=True,
                timeout=self._timeout_s,
                check=False,
                env=environment,
            )
        except FileNotFoundError as error:
            raise PrintingProblem(Reason.SYSTEM_MISSING, f"{command} is not installed") from error


def _is_same(job: Job, attributes: Attributes) -> bool:
    """A scheduler that was set up anew counts from 1 again: another job may have the number."""
    return not job.title or attributes.get("job-name", (job.title,))[0] == job.title


def _is_gone(printer: Attributes) -> bool:
    return is_reached(str(printer.get("device-uri", ("",))[0])) is False


def job_report(attributes: Attributes) -> JobReport:
    """From a job's attributes alone. Completed with errors is not printed: somebody must look."""
    state = attributes.get("job-state", (0,))[0]
    detail = str(attributes.get("job-printer-state-message", ("",))[0])
    report = _JOB_STATES.get(int(state) if isinstance(state, int) else 0, JobReport(JobState.UNKNOWN, Reason.OTHER))
    if report.state is JobState.PRINTED and "job-completed-with-errors" in attributes.get("job-state-reasons", ()):
        report = JobReport(JobState.UNKNOWN, Reason.JOB_WITH_ERRORS)
    if report.state is JobState.PRINTING and any(words in detail.lower() for words in _UNREACHED):
        report = JobReport(JobState.SENT, Reason.PRINTER_OFFLINE)
    return JobReport(report.state, report.reason, detail)


def printer_reasons(attributes: Attributes) -> tuple[Reason, ...]:
    """What keeps a printer from printing, the most telling first."""
    keywords = [
        re.sub(r"-(report|warning|error)$", "", str(word)) for word in attributes.get("printer-state-reasons", ())
    ]
    reasons = [_PRINTER_REASONS[word] for word in keywords if word in _PRINTER_REASONS]
    if attributes.get("printer-state", (0,))[0] == _STOPPED_PRINTER:
        reasons.append(Reason.PRINTER_STOPPED)
    if attributes.get("printer-is-accepting-jobs", (True,))[0] is False:
        reasons.append(Reason.NOT_ACCEPTING)
    return tuple(dict.fromkeys(reasons))
